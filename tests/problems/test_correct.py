"""The office corrects how a matter is registered: what was said before stays, and running limits do not move. R-F9."""

from __future__ import annotations

import pytest

from tests.cast import Story, acting
from tests.problems.ways import Raise, unit_id, waiting
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.actions.raising import NoSuchCategory
from zhitong.domain.problems.actions.receiving import Dispatch, Supply, dispatch
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sorting import Correct, correct
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import Nature, State, Urgency

pytestmark = pytest.mark.django_db
FUNDS = {"nature": Nature.REQUEST, "category": "funds", "urgency": Urgency.ORDINARY, "reason": "企业来电说明是拖欠账款"}


@pytest.fixture
def returned(raised: Raise) -> Story:
    """Sent by rule as 能源保障, dispatched, and sent back to the office's desk."""
    story = raised()
    story.does("park", send_back, SendBack, rule="三定方案第二条", whose="财政局")
    return story


def test_the_register_says_the_new_and_the_fact_keeps_the_old(returned: Story) -> None:
    standing = returned.does("park_office", correct, Correct, **FUNDS)

    assert (standing.state, standing.category, standing.corrected_at) == (State.ACCEPTED, "funds", returned.now)
    fact = returned.facts()[-1]
    assert fact.words == {"changed": "类别由“能源保障”更正为“资金需求”", "reason": "企业来电说明是拖欠账款"}


def test_the_suggested_line_follows_the_category(returned: Story) -> None:
    before = returned.standing

    after = returned.does("park_office", correct, Correct, **FUNDS)

    assert after.line_id != before.line_id
    assert after.line_id is not None
    assert directory().lines[after.line_id].name in after.routing_words
    assert after.rule_code != before.rule_code


def test_limits_that_run_stay_and_those_to_come_are_the_new_ones(returned: Story) -> None:
    before = returned.standing

    urgent = returned.does("park_office", correct, Correct, **{**FUNDS, "category": "energy", "urgency": Urgency.URGENT})

    assert (urgent.stage_due_at, urgent.first_due_at, urgent.due_at) == (
        before.stage_due_at, before.first_due_at, before.due_at
    )
    sent = returned.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-finance"), reason="紧急")
    assert sent.spell is not None
    assert sent.spell.first_due_at is not None
    assert before.first_due_at is not None
    assert sent.spell.first_due_at < before.first_due_at
    assert sent.first_due_at == before.first_due_at
    with acting("province_office"):
        assert findings_of([returned.problem_id], now=returned.now) == []


def test_a_submitted_matter_may_be_corrected_too(raised: Raise) -> None:
    story = waiting(raised)

    standing = story.does("park_office", correct, Correct, nature=Nature.INQUIRY, category="other",
                          urgency=Urgency.ORDINARY, reason="只是询问政策")

    assert (standing.state, standing.nature, standing.corrected_at) == (State.SUBMITTED, Nature.INQUIRY, None)


def test_a_category_of_other_subjects_is_refused(returned: Story) -> None:
    with returned.unchanged(NoSuchCategory, "所选问题类别不适用于这类服务对象"):
        returned.does("park_office", correct, Correct, **{**FUNDS, "category": "logistics"})


def test_what_changes_nothing_is_refused(returned: Story) -> None:
    with returned.unchanged(NotNow, "与现在的相同，无需更正"):
        returned.does("park_office", correct, Correct, **{**FUNDS, "category": "energy"})


def test_what_is_under_way_is_not_corrected(raised: Raise) -> None:
    story = raised()

    with story.unchanged(NotNow, "不能更正登记"):
        story.does("park_office", correct, Correct, **FUNDS)


def test_another_office_is_refused(returned: Story) -> None:
    with returned.unchanged(NotNow, "“更正登记”由.*办理，不是本单位"):
        returned.does("zone_office", correct, Correct, **FUNDS)


def test_a_correction_after_a_supplement_leaves_the_clock_of_the_supplement(raised: Raise) -> None:
    from zhitong.domain.problems.actions.receiving import AskMore, ask_more, supply

    story = waiting(raised)
    story.does("park_office", ask_more, AskMore, question="请补充编号")
    since = story.does("firm", supply, Supply, text="编号是 12").stage_since

    corrected = story.does("park_office", correct, Correct, nature=Nature.INQUIRY, category="other",
                           urgency=Urgency.ORDINARY, reason="只是询问政策")

    assert corrected.stage_since == since
    with acting("province_office"):
        assert findings_of([story.problem_id], now=story.now) == []
