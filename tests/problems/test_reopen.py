"""What had ended opens again on new facts only; what was said of it stays counted. R-F12."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Story, acting
from tests.problems.ways import Raise, acknowledged, answered, rejected, unit_id
from zhitong.domain.problems.actions.closing import End, Uphold, end, uphold
from zhitong.domain.problems.actions.leading import Reopen, reopen
from zhitong.domain.problems.actions.receiving import Dispatch, dispatch
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.verifying import findings_of, findings_of_counts
from zhitong.domain.problems.rules.kinds import Rating, SpellKind, Stage, State

pytestmark = pytest.mark.django_db
FACTS = {"new_facts": "供电公司五月起改了错峰时段"}


@pytest.fixture
def ended(raised: Raise) -> Story:
    """Twice dissatisfied, ended by the office above, a month ago."""
    story = rejected(answered(raised()))
    story.does("zone_office", uphold, Uphold, reason="方案已定")
    rejected(story).does("city_office", end, End, rule="办法第九条")
    story.now += timedelta(days=30)
    return story


def sound(story: Story) -> bool:
    with acting("province_office"):
        return findings_of([story.problem_id], now=story.now + timedelta(hours=1)) == []


def test_it_lies_on_the_desk_of_the_home_office_and_the_first_limit_is_as_it_was(ended: Story) -> None:
    before = ended.standing

    after = ended.does("park_office", reopen, Reopen, **FACTS)

    assert (after.state, after.stage, after.ended_at) == (State.ACCEPTED, Stage.DISPATCH, None)
    assert after.accountable_unit_id == unit_id("130973400-office")
    assert (after.first_due_at, after.due_at, after.accepted_at) == (before.first_due_at, before.due_at, before.accepted_at)
    assert ended.facts()[-1].words == FACTS


def test_it_stays_counted_as_dissatisfied(ended: Story) -> None:
    after = ended.does("park_office", reopen, Reopen, **FACTS)

    assert (after.rating, after.rejections) == (Rating.DISSATISFIED, 2)


def test_elapsed_time_leaves_out_the_month_in_which_it_was_over(ended: Story) -> None:
    ended.does("park_office", reopen, Reopen, **FACTS)
    ended.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="重新办理")
    acknowledged(ended)

    spells = ended.rows("problems_spell")

    reopened = next(spell for spell in spells if spell["kind"] == SpellKind.REOPENED.value)
    before = next(spell for spell in spells if spell["id"] == reopened["previous_id"])
    assert reopened["started_at"] - before["ended_at"] == timedelta(days=30, minutes=10)
    assert sound(ended)
    with acting("province_office"):
        assert findings_of_counts() == []


def test_what_is_open_is_not_opened_again(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "不能重新受理"):
        story.does("park_office", reopen, Reopen, **FACTS)


def test_the_office_above_leaves_it_to_the_home_office(ended: Story) -> None:
    with ended.unchanged(NotNow, "“重新受理”由.*办理，不是本单位"):
        ended.does("zone_office", reopen, Reopen, **FACTS)
