"""An office above takes a matter to its own level; the answer comes back through the level below. R-F4."""

from __future__ import annotations

import pytest

from tests.cast import Story, acting
from tests.problems.ways import Raise, acknowledged, answered, proposed, unit_id, waiting
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.climbing import PassDown, Rule, pass_down, rule_own_level
from zhitong.domain.problems.actions.leading import TakeOver, advise, take_over
from zhitong.domain.problems.actions.receiving import Accept, accept
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import EscalationState, State

pytestmark = pytest.mark.django_db
WHY = {"reason": "涉及全市错峰方案"}


def sound(story: Story) -> bool:
    with acting("province_office"):
        return findings_of([story.problem_id], now=story.now) == []


def test_the_keeper_of_the_line_at_that_level_has_it_and_every_level_passed_counts(raised: Raise) -> None:
    story = acknowledged(raised())
    first = story.standing.first_due_at

    standing = story.does("city_office", take_over, TakeOver, **WHY)

    assert (standing.state, standing.climbs) == (State.DISPATCHED, 2)
    assert (standing.accountable_unit_id, standing.first_due_at) == (unit_id("1309-development"), first)
    [step] = story.rows("problems_escalation")
    assert (step["state"], step["from_unit_id"], step["levels"]) == (
        EscalationState.TAKEN_OVER.value, unit_id("130973400-economy"), 2
    )
    assert {"zone_office", "park_office", "city_office", "city", "park"} <= set(story.parties())
    assert sound(story)


def test_the_answer_comes_back_through_the_unit_below(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("city_office", take_over, TakeOver, **WHY)

    assert answered(story, "city").standing.state is State.RETURNING
    assert story.standing.relay_unit_id == unit_id("130973400-economy")
    assert story.does("park", pass_down, PassDown).state is State.ANSWERED
    assert sound(story)


def test_without_a_line_it_lies_on_the_desk_of_the_office_that_took_it(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", accept, Accept)

    standing = story.does("zone_office", take_over, TakeOver, **WHY)

    assert (standing.state, standing.accountable_unit_id) == (State.ACCEPTED, unit_id("130973-office"))
    assert sound(story)


def test_a_proposal_that_waited_is_the_step_that_was_taken(raised: Raise) -> None:
    story = proposed(raised())

    story.does("zone_office", take_over, TakeOver, **WHY)

    [step] = story.rows("problems_escalation")
    assert (step["state"], step["tried"], step["ruling"]) == (EscalationState.TAKEN_OVER.value, "已协商两次", WHY["reason"])
    assert sound(story)


def test_what_was_taken_goes_back_only_with_advice_and_by_all_its_levels(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("city_office", take_over, TakeOver, **WHY)

    with story.unchanged(NotNow, "是上级提级办理的，不是下级提请上来的"):
        story.does("city", rule_own_level, Rule, reason="还是你们办")
    standing = acknowledged(story, "city").does("city", advise, Rule, reason="按市里方案办")

    assert (standing.climbs, standing.accountable_unit_id) == (0, unit_id("130973400-economy"))
    assert sound(story)


def test_the_levels_own_office_has_nothing_to_take_over(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "“提级办理”由.*办理，不是本单位"):
        story.does("park_office", take_over, TakeOver, **WHY)


def test_a_department_takes_nothing_over(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotYours):
        story.does("city", take_over, TakeOver, **WHY)


def test_what_is_answered_is_no_longer_taken_over(raised: Raise) -> None:
    story = answered(raised())

    with story.unchanged(NotNow, "不能提级办理"):
        story.does("city_office", take_over, TakeOver, **WHY)
