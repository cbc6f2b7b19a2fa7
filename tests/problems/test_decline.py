"""The office declines a matter: listed reason, rule, right channel."""

from __future__ import annotations

import pytest

from tests.problems.ways import Raise, waiting
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.receiving import Decline, decline
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import DeclineReason, Stage, State

pytestmark = pytest.mark.django_db
IN_COURT = {"reason": DeclineReason.IN_COURT, "rule": "信访条例第十四条", "channel": "请向受理法院反映"}


def test_nobody_is_accountable_any_more_and_the_firm_reads_why(raised: Raise) -> None:
    story = waiting(raised)

    standing = story.does("park_office", decline, Decline, **IN_COURT)

    assert (standing.state, standing.decline_reason) == (State.DECLINED, "in_court")
    assert (standing.accountable_unit_id, standing.stage, standing.ended_at) == (None, None, story.now)
    assert story.facts()[-1].words == {"rule": "信访条例第十四条", "channel": "请向受理法院反映"}
    assert [row["ended_at"] for row in story.rows("problems_spell")] == [story.now]


def test_a_matter_under_way_is_not_declined(raised: Raise) -> None:
    story = raised()
    assert story.standing.stage is Stage.ACKNOWLEDGE

    with story.unchanged(NotNow, "由南大港产业园区.*交办，现在是“待签收”，不能不予受理"):
        story.does("park_office", decline, Decline, **IN_COURT)


def test_an_ended_matter_takes_no_act(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", decline, Decline, **IN_COURT)

    with story.unchanged(NotNow, "现在是“不予受理”，不能不予受理"):
        story.does("park_office", decline, Decline, **IN_COURT)


def test_a_firm_cannot_decline(raised: Raise) -> None:
    story = waiting(raised)

    with story.unchanged(NotYours):
        story.does("firm", decline, Decline, **IN_COURT)
