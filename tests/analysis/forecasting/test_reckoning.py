"""A target's forecast from its grounds (R-H2): every form of target, its base, its own day, and grounds that have a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.analysis.forecasting.courses import end_of
from zhitong.domain.analysis.rules.forecasting.courses import Course, Family, Roads
from zhitong.domain.analysis.rules.forecasting.grounds import Gate, Ground, aheads_of, course_of
from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect, Unknown
from zhitong.domain.analysis.rules.forecasting.reckoning import Made, actual_of, expected_of, goal_of, make
from zhitong.domain.analysis.rules.forecasting.testing import Chosen, Tried
from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.plans.rules import Comparator, CurveShape, Direction, Goal, TargetForm
from zhitong.domain.plans.rules.curves import points_for
from zhitong.domain.plans.rules.timetable import Step
from zhitong.domain.progress.rules.standings import Aim, Told

WEEKDAYS = Calendar({}, frozenset({2018}))
BEGIN, END, TODAY = date(2018, 1, 1), date(2018, 12, 31), date(2018, 9, 17)
OCTOBER = Gate("october", "10月份完成80%左右", date(2018, 10, 31), Decimal("0.8"))
CLOSE = tuple(place / 500 for place in range(-10, 11))


def ground(
    values: dict[int, int | str], *, goal: int = 1200, comparator: Comparator = Comparator.AT_LEAST, base: int | None = None,
    form: TargetForm = TargetForm.NUMBER, direction: Direction = Direction.UP, shape: CurveShape = CurveShape.LINEAR,
    deadline: date = END, basis: dict[int, int] | None = None, steps: tuple[Step, ...] = (), stage: str = "",
) -> Ground:
    """A target with what was told by the ends of months; `basis` is the figure that a formula rests on, twice of which is asked."""
    aim = Aim(
        uuid4(), uuid4(), uuid4(), uuid4(), "demo", "city", form, direction, "户", None if base is None else Decimal(base),
        Decimal(2) if basis else None,
    )
    told = tuple(
        Told(
            aim.target_id, f"2018-{month:02}", end_of(month), None, True, False, None, None if stage else Decimal(value), stage,
            of_value=Decimal(basis[month]) if basis else None,
        )
        for month, value in values.items()
    )
    points = points_for(shape, BEGIN, deadline, WEEKDAYS)
    return Ground(aim, Goal(comparator, Decimal(goal), None, "户"), shape, points, deadline, told, (OCTOBER,), steps)


def made(one: Ground, method: Method = Method.MEAN_PACE) -> Made:
    chosen = Chosen(method, CLOSE, 0.01, Tried.INDICATOR, len(CLOSE))
    return make(one, chosen, Roads(WEEKDAYS), late=((0,) * 10, Tried.NOTHING), today=TODAY)


def evenly(pace: int, *, of: int = 8) -> dict[int, int | str]:
    """So much a month, from February on."""
    return {month: pace * month for month in range(2, of + 1)}


def value_of(found: Made) -> Decimal:
    assert found.last is not None
    return found.last.value


def test_a_total_is_counted_from_its_base() -> None:
    found = made(ground({month: 1000 + 20 * month for month in range(2, 9)}, goal=1240, base=1000))

    assert (found.prospect, round(value_of(found), -1)) == (Prospect.IN_DOUBT, Decimal(1240))
    assert found.best_month is not None
    assert 19 < found.best_month < 23


def test_what_must_fall_to_a_value_is_carried_on_falling() -> None:
    falling = ground({month: 100 - 5 * month for month in range(2, 9)}, goal=45, base=100, comparator=Comparator.AT_MOST,
                     direction=Direction.DOWN)

    found = made(falling)

    assert (found.prospect, round(value_of(found))) == (Prospect.REACHES, Decimal(40))


def test_a_rate_that_must_not_be_exceeded_is_held() -> None:
    rate = ground(dict.fromkeys(range(2, 9), 30), goal=28, comparator=Comparator.AT_MOST, direction=Direction.DOWN,
                  shape=CurveShape.LEVEL)

    found = made(rate, Method.LAST)

    assert (found.prospect, value_of(found)) == (Prospect.MISSES, Decimal(30))
    assert found.last is not None
    assert (found.last.per_month, found.best_month) == (None, None)


def test_a_formula_is_held_against_the_figure_it_rests_on() -> None:
    values: dict[int, int | str] = {month: 20 * month for month in range(2, 9)}
    half = ground(values, form=TargetForm.FORMULA, basis={month: 20 * month for month in range(2, 9)}, shape=CurveShape.LEVEL)

    found = made(half, Method.LAST)

    assert goal_of(half) == 320
    assert (found.prospect, value_of(found)) == (Prospect.MISSES, Decimal(160))


def test_a_formula_without_its_basis_cannot_be_foretold() -> None:
    lost = ground(evenly(10), form=TargetForm.FORMULA, basis=dict.fromkeys(range(2, 9), 0))

    assert made(lost).unknown is Unknown.NO_BASIS


@pytest.mark.parametrize(("one", "unknown"), [
    (ground({}), Unknown.NO_FIGURE), (ground({6: "0"}, stage="advancing", form=TargetForm.QUALITATIVE), Unknown.QUALITATIVE),
    (ground(evenly(0), shape=CurveShape.STEP), Unknown.ONCE), (ground({}, form=TargetForm.MILESTONE), Unknown.NO_MILESTONES),
])
def test_what_cannot_be_carried_forward_says_why(one: Ground, unknown: Unknown) -> None:
    found = made(one)

    assert (found.prospect, found.unknown, found.steps) == (Prospect.UNKNOWN, unknown, ())


@pytest.mark.parametrize("one", [
    ground({6: "0"}, stage="done", form=TargetForm.QUALITATIVE), ground({6: 1200}, shape=CurveShape.STEP),
])
def test_what_is_done_at_once_is_reached_once_it_is_done(one: Ground) -> None:
    assert (made(one).prospect, made(one).chance) == (Prospect.REACHES, 1)


def test_a_timetable_is_foretold_in_parts_of_the_way() -> None:
    steps = (
        Step(uuid4(), "演示", date(2018, 6, 1), date(2018, 6, 1), done_on=date(2018, 6, 1)),
        Step(uuid4(), "演示", date(2018, 11, 1), date(2018, 11, 1)),
    )
    one = ground({}, form=TargetForm.MILESTONE, steps=steps)

    found = made(one)

    assert (found.prospect, found.method) == (Prospect.REACHES, Method.TIMETABLE)
    assert next((step.code, step.value, step.needed_share) for step in found.steps) == ("october", Decimal("0.5"), found.steps[0].needed)
    assert (actual_of(one, TODAY), expected_of(one, Roads(WEEKDAYS), TODAY), goal_of(one)) == (Decimal("0.5"), Decimal("0.5"), 1)


def test_days_ahead_end_with_the_targets_own_day() -> None:
    early = ground(evenly(100, of=6), deadline=date(2018, 9, 30))

    found = [(one.code, one.when.day) for one in aheads_of(early, Roads(WEEKDAYS))]

    assert found == [("next", date(2018, 7, 31)), ("deadline", date(2018, 9, 30))]


def test_a_gate_asks_for_its_share_or_the_curves_whichever_is_more() -> None:
    [_next, gate, deadline] = made(ground(evenly(100))).steps

    assert (gate.code, gate.needed_share, deadline.needed) == ("october", gate.needed_share.max(Decimal("0.8")), Decimal(1200))
    assert gate.needed == (1200 * gate.needed_share).quantize(Decimal("0.000001"))


def test_the_course_counts_in_goals_and_keeps_the_days() -> None:
    course = course_of(ground(evenly(100, of=3)), Roads(WEEKDAYS))

    assert isinstance(course, Course)
    assert (course.family, [round(point.value, 4) for point in course.points]) == (Family.RISING, [0.1667, 0.25])
    assert [point.when.day for point in course.points] == [end_of(2), end_of(3)]


def test_the_same_grounds_have_the_same_name_until_something_or_the_month_changes() -> None:
    one = ground(evenly(100))
    more = replace(one, told=(*one.told, replace(one.told[-1], period="2018-09", period_end=end_of(9))))
    other = replace(one, goal=Goal(Comparator.AT_LEAST, Decimal(1300), None, "户"))

    names = [one.digest(TODAY), more.digest(TODAY), other.digest(TODAY), one.digest(date(2018, 10, 1))]

    assert len(set(names)) == 4
    assert one.digest(date(2018, 9, 30)) == names[0]
    assert ground({}).digest(TODAY) != names[0]


def test_what_nothing_is_known_of_is_not_foretold_anew_each_month() -> None:
    silent = ground({})

    assert silent.digest(TODAY) == silent.digest(date(2018, 10, 1))
