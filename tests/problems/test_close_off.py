"""The office strikes a confirmed matter off the ledger."""

from __future__ import annotations

import pytest

from tests.cast import acting
from tests.problems.ways import Raise, answered, confirmed, confirmed_as, of_safety
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Outcome, Rating, State

pytestmark = pytest.mark.django_db


def test_nobody_is_accountable_any_more(raised: Raise) -> None:
    story = confirmed(raised())

    standing = story.does("zone_office", close_off, CloseOff)

    assert (standing.state, standing.accountable_unit_id, standing.ended_at) == (State.CLOSED, None, story.now)
    assert (standing.stage, standing.stage_due_at) == (None, None)
    assert all(row["ended_at"] for row in story.rows("problems_spell"))


def test_silence_is_not_confirmation(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotNow, "现在是“待企业确认”，不能销号"):
        story.does("park_office", close_off, CloseOff)


def test_the_office_of_the_firms_own_region_closes(raised: Raise) -> None:
    story = of_safety(raised)
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)

    with story.unchanged(NotNow, "“销号”由南大港产业园区.*办理，不是本单位"):
        story.does("zone_office", close_off, CloseOff)
    with story.unchanged(NotYours):
        story.does("firm", close_off, CloseOff)
    assert story.does("park_office", close_off, CloseOff).state is State.CLOSED


def test_what_the_host_of_the_office_answered_is_closed_by_the_office_above(raised: Raise) -> None:
    story = confirmed(raised())  # 经发局 hosts the park's office

    with story.unchanged(NotNow, "“销号”由渤海新区.*办理，不是本单位"):
        story.does("park_office", close_off, CloseOff)
    assert story.does("zone_office", close_off, CloseOff).state is State.CLOSED


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.SOLVED])
def test_what_was_not_simply_solved_is_checked_first(raised: Raise, outcome: Outcome) -> None:
    story = confirmed_as(raised, outcome)

    with story.unchanged(NotNow, f"办理结果是“{outcome.label}”，须先核查属实再销号"):
        story.does("park_office", close_off, CloseOff)


def test_a_batch_is_closed_in_the_order_given(raised: Raise) -> None:
    stories = [confirmed(raised()) for _ in range(3)]
    now = stories[-1].now

    with acting("zone_office") as actor:
        closed = close_off([CloseOff(problem_id=one.problem_id, actor=actor, now=now) for one in reversed(stories)])

    assert [one.id for one in closed] == [one.problem_id for one in reversed(stories)]
    assert {one.state for one in closed} == {State.CLOSED}
