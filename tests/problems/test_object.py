"""A firm objects, once, to its matter's being declined; the office above looks at it, and may have it accepted. R-F9."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, unit_id, waiting
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.receiving import Decline, Dispatch, decline, dispatch
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sorting import Judge, Object, object_to_decline, overrule, uphold_decline
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import DeclineReason, SpellKind, Stage, State
from zhitong.domain.problems.rules.way import Act

pytestmark = pytest.mark.django_db


@pytest.fixture
def declined(raised: Raise) -> Story:
    """Declined, three days ago."""
    story = waiting(raised)
    story.does("park_office", decline, Decline, reason=DeclineReason.UNCLEAR, rule="条例第三条", channel="请到服务大厅咨询")
    story.now += timedelta(days=3)
    return story


@pytest.fixture
def objected(declined: Story) -> Story:
    declined.does("firm", object_to_decline, Object, words="已写明编号和日期")
    return declined


def sound(story: Story) -> bool:
    with acting("province_office"):
        return findings_of([story.problem_id], now=story.now + timedelta(hours=1)) == []


def test_it_comes_to_the_office_above_with_a_limit(objected: Story) -> None:
    standing = objected.standing

    assert (standing.state, standing.stage, standing.objections) == (State.OBJECTED, Stage.OBJECTION, 1)
    assert standing.accountable_unit_id == unit_id("130973-office")
    assert (standing.ended_at, standing.accepted_at) == (None, None)
    assert standing.stage_due_at is not None
    assert objected.facts()[-1].words == {"words": "已写明编号和日期"}


def test_the_spells_follow_with_a_gap_in_which_nobody_was_accountable(objected: Story) -> None:
    intake, objection = objected.rows("problems_spell")

    assert (objection["kind"], objection["previous_id"]) == (SpellKind.OBJECTION.value, intake["id"])
    assert objection["started_at"] - intake["ended_at"] == timedelta(days=3, minutes=10)
    assert sound(objected)


def test_it_waits_at_the_desk_of_the_office_above(objected: Story) -> None:
    with acting_as(viewer("zone_office")) as here:
        duties = duties_for(here, now=objected.now)

    assert [(duty.act, duty.problem.id) for duty in duties] == [(Act.OVERRULE, objected.problem_id)]


def test_overruled_it_is_accepted_on_the_desk_of_the_home_office(objected: Story) -> None:
    standing = objected.does("zone_office", overrule, Judge, reason="事项清楚，应当受理")

    assert (standing.state, standing.accepted_at, standing.decline_reason) == (State.ACCEPTED, objected.now, "")
    assert standing.accountable_unit_id == unit_id("130973400-office")
    objected.now += timedelta(days=1)
    objected.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="由其承办")
    assert sound(objected)


def test_upheld_it_stays_declined_and_ends_again(objected: Story) -> None:
    standing = objected.does("zone_office", uphold_decline, Judge, reason="确属信访事项")

    assert (standing.state, standing.decline_reason, standing.ended_at) == (State.DECLINED, "unclear", objected.now)
    assert standing.level_region_id == standing.region_id
    assert sound(objected)


def test_a_second_objection_is_refused(objected: Story) -> None:
    objected.does("zone_office", uphold_decline, Judge, reason="确属信访事项")

    with objected.unchanged(NotNow, "已提出过一次异议，上级已复核。有新的情况，请重新反映"):
        objected.does("firm", object_to_decline, Object, words="还是不服")


def test_what_was_not_declined_is_not_objected_to(raised: Raise) -> None:
    story = raised()

    with story.unchanged(NotNow, "不能提出异议"):
        story.does("firm", object_to_decline, Object, words="为什么")


def test_the_office_that_declined_does_not_judge_its_own_decline(objected: Story) -> None:
    for act in (overrule, uphold_decline):
        with objected.unchanged(NotNow, "由渤海新区.*办理，不是本单位"):
            objected.does("park_office", act, Judge, reason="我们说了算")
