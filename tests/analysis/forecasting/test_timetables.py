"""Targets reached by milestones are foretold by the timetable's own days and by how late milestones are (R-H2, R-C3)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from tests.analysis.forecasting.courses import when
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect, prospect_of
from zhitong.domain.analysis.rules.forecasting.testing import Tried
from zhitong.domain.analysis.rules.forecasting.timetables import USUAL, foretell_steps, known_by, lateness
from zhitong.domain.plans.rules.timetable import Step, Wait

TODAY = date(2018, 9, 17)
PUNCTUAL = (0,) * 10


def milestone(due: date, *, done: date | None = None, begin: date | None = None, step_id: UUID | None = None) -> Step:
    return Step(step_id or uuid4(), "演示节点", due, due, begin_on=begin, done_on=done)


def chance_of(steps: list[Step], late: tuple[int, ...] = PUNCTUAL, waits: tuple[Wait, ...] = ()) -> Prospect:
    found = foretell_steps(steps, waits, late, today=TODAY, ahead=when(12), needed=1.0)
    assert found is not None
    return prospect_of(found.chance)


def test_a_timetable_on_its_way_reaches_its_day() -> None:
    steps = [milestone(date(2018, 6, 1), done=date(2018, 6, 1)), milestone(date(2018, 11, 1))]

    found = foretell_steps(steps, (), PUNCTUAL, today=TODAY, ahead=when(10), needed=0.5)

    assert found is not None
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)
    assert chance_of(steps) is Prospect.REACHES


def test_one_that_waits_for_a_late_one_misses_it() -> None:
    first, second = uuid4(), uuid4()
    steps = [
        milestone(date(2018, 7, 1), begin=date(2018, 4, 1), step_id=first),
        milestone(date(2018, 12, 20), begin=date(2018, 7, 1), step_id=second),
    ]

    assert chance_of(steps, waits=(Wait(first, second),)) is Prospect.MISSES


def test_usual_lateness_makes_a_near_day_doubtful() -> None:
    steps = [milestone(date(2018, 12, 20))]

    assert chance_of(steps, late=(0, 0, 0, 0, 0, 20, 20, 30, 30, 60)) is Prospect.IN_DOUBT


def test_what_is_done_is_sure_and_what_was_never_planned_unknown() -> None:
    assert chance_of([milestone(date(2018, 6, 1), done=date(2018, 7, 1))], late=(90,) * 10) is Prospect.REACHES
    assert foretell_steps([], (), PUNCTUAL, today=TODAY, ahead=when(12), needed=1.0) is None


def test_lateness_is_learned_from_enough_that_is_done() -> None:
    done = [milestone(date(2018, 5, 1), done=date(2018, 5, 1 + place)) for place in range(12)]

    assert lateness([done]) == (tuple(range(12)), Tried.PLAN)
    assert lateness([done[:3]]) == (USUAL, Tried.NOTHING)


def test_as_of_a_day_what_was_done_later_is_still_open() -> None:
    [one] = known_by([milestone(date(2018, 6, 1), done=date(2018, 6, 3))], date(2018, 6, 2))

    assert one.is_open
