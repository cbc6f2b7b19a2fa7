"""Parking (挂账): granted above, back on its day with a whole limit; a promise not kept is counted (R-F3, R-F5)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from tests.cast import Story, acting
from tests.problems.timing import LATE_MAY, PARK, UNIT, at, handled, is_sound, parked, schedule_runs
from tests.problems.ways import Raise, unit_id
from zhitong.domain.problems.actions.deciding import Grant, grant_park
from zhitong.domain.problems.actions.handling import Complete, complete
from zhitong.domain.problems.actions.requesting import ask_park
from zhitong.domain.problems.actions.resuming import Resume, resume
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Outcome, Stage, State

pytestmark = pytest.mark.django_db


def test_even_the_first_is_decided_above(raised: Raise) -> None:
    story = handled(raised)

    standing = story.done_by(UNIT, ask_park, **PARK)

    assert standing.decider_unit_id == unit_id("130973-office")
    with story.unchanged(NotNow, "“同意挂账”由渤海新区.*办理，不是本单位"):
        story.does("park_office", grant_park, Grant)


def test_granted_it_waits_for_its_day(raised: Raise) -> None:
    story = parked(raised)

    standing = story.standing

    assert (standing.state, standing.returns_on, standing.stage) == (State.PARKED, LATE_MAY, None)
    assert is_sound(story)


def test_on_its_day_it_comes_back_to_its_unit_with_a_whole_limit(raised: Raise) -> None:
    story = parked(raised)

    assert schedule_runs(story, at(5, 20)) == []
    [standing] = schedule_runs(story, at(5, 21, 0, 1))

    assert standing.spell is not None
    assert (standing.state, standing.returns_on, standing.stage) == (State.HANDLING, None, Stage.COMPLETE)
    assert standing.accountable_unit_id == unit_id(UNIT)
    assert standing.spell.due_at == standing.stage_due_at == standing.due_at == at(6, 11)
    assert (standing.first_due_at, standing.broken_dates) == (at(5, 21), 0)
    *_, first, second = story.rows("problems_spell")
    assert (second["previous_id"], second["acknowledged_at"]) == (first["id"], story.now)
    assert "停表 15 个工作日" in story.facts()[-1].words["arithmetic"]
    assert is_sound(story)


def test_the_unit_may_go_on_before(raised: Raise) -> None:
    story = parked(raised)
    story.now = at(5, 3, 9, 0)

    standing = story.done_by(UNIT, resume, Resume, text="改造提前")

    assert (standing.state, standing.stage_due_at) == (State.HANDLING, at(5, 24))
    assert is_sound(story)


def test_it_may_be_answered_from_where_it_is_parked(raised: Raise) -> None:
    story = parked(raised)
    story.now = at(5, 3, 9, 0)

    standing = story.done_by(UNIT, complete, Complete, outcome=Outcome.SOLVED, text="已改造完成。")

    assert (standing.state, standing.returns_on, standing.due_at) == (State.ANSWERED, None, at(5, 24))
    assert story.rows("problems_request")[0]["resumed_at"] == story.now
    assert schedule_runs(story, at(5, 21)) == []
    assert is_sound(story)


def planned_until(story: Story, day: date) -> Story:
    """Answered as planned and parked until the planned day, as the office's check leaves it."""
    story.done_by(UNIT, complete, Complete, outcome=Outcome.PLANNED, text="列入改造计划。", planned_on=day)
    with acting("park_office"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE problems_problem SET state = 'parked', stage = '', returns_on = %s WHERE id = %s",
            [day, story.problem_id],
        )
    return story


def test_a_planned_day_that_passes_unfulfilled_is_counted(raised: Raise) -> None:
    story = planned_until(handled(raised), LATE_MAY)

    [standing] = schedule_runs(story, at(5, 21, 0, 1))

    assert (standing.state, standing.broken_dates) == (State.HANDLING, 1)
    assert (standing.outcome, standing.answered_at, standing.stage_due_at) == (None, None, at(6, 11))


def test_one_that_goes_on_before_its_day_breaks_no_promise(raised: Raise) -> None:
    story = planned_until(handled(raised), LATE_MAY)

    standing = story.done_by(UNIT, resume, Resume, text="提前办理")

    assert standing.broken_dates == 0
