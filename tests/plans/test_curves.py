"""The curve of expected progress: shapes, monthly plans, the floor of the gates (R-C4, R-C8)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.plans.rules import Aggregation, CurveShape, IndicatorKind
from zhitong.domain.plans.rules.curves import (
    Points,
    default_shape,
    floored,
    given_trouble,
    month_ends,
    points_for,
    points_trouble,
    read,
    share_on,
    stretched,
    written,
)

BEGIN, END = date(2018, 1, 1), date(2018, 12, 31)
WEEKDAYS = Calendar({}, frozenset({2018}))
"""No holidays: 260 working days after 1 January 2018."""


def tenths(*numbers: int) -> list[Decimal]:
    return [Decimal(number) / 10 for number in numbers]


def linear(begin: date = BEGIN, deadline: date = END) -> Points:
    return points_for(CurveShape.LINEAR, begin, deadline, WEEKDAYS)


@pytest.mark.parametrize(
    ("kind", "aggregation", "shape"),
    [
        (IndicatorKind.COUNT, Aggregation.SUM, CurveShape.LINEAR),
        (IndicatorKind.INCREMENT, Aggregation.SUM, CurveShape.LINEAR),
        (IndicatorKind.COUNT, Aggregation.EACH, CurveShape.LINEAR),
        (IndicatorKind.RATE, Aggregation.WEIGHTED, CurveShape.LEVEL),
        (IndicatorKind.GROWTH_RATE, Aggregation.WEIGHTED, CurveShape.LEVEL),
        (IndicatorKind.STANDARD, Aggregation.EACH, CurveShape.LEVEL),
        (IndicatorKind.DEADLINE, Aggregation.EACH, CurveShape.STEP),
    ],
)
def test_what_adds_up_comes_evenly_and_what_is_a_rate_is_held(
    kind: IndicatorKind, aggregation: Aggregation, shape: CurveShape
) -> None:
    assert default_shape(kind, aggregation) is shape


@pytest.mark.parametrize(
    ("day", "worked"),
    [(date(2017, 12, 31), 0), (BEGIN, 0), (date(2018, 1, 31), 22), (date(2018, 2, 3), 24), (date(2018, 2, 4), 24),
     (END, 260), (date(2019, 3, 1), 260)],
)
def test_an_even_curve_counts_working_days_and_stands_still_on_weekends(day: date, worked: int) -> None:
    assert share_on(linear(), day, WEEKDAYS) == (Decimal(worked) / 260).quantize(Decimal("0.000001"))


def test_holidays_ask_for_nothing() -> None:
    closed = Calendar({date(2018, 1, 1) + timedelta(days=n): False for n in range(31)}, frozenset({2018}))

    assert share_on(linear(), date(2018, 1, 31), closed) == 0


def test_a_span_without_a_working_day_is_shared_by_calendar_days() -> None:
    points = points_for(CurveShape.LINEAR, date(2018, 1, 5), date(2018, 1, 7), WEEKDAYS)

    assert share_on(points, date(2018, 1, 6), WEEKDAYS) == Decimal("0.5")


def test_a_level_curve_asks_for_all_from_the_first_day_and_a_step_only_on_the_last() -> None:
    level, step = (points_for(shape, BEGIN, END, WEEKDAYS) for shape in (CurveShape.LEVEL, CurveShape.STEP))

    assert [share_on(level, day, WEEKDAYS) for day in (BEGIN, date(2018, 6, 1), END)] == [1, 1, 1]
    assert [share_on(step, day, WEEKDAYS) for day in (BEGIN, date(2018, 12, 30), END)] == [0, 0, 1]


def test_an_s_curve_is_slow_then_fast_then_slow() -> None:
    points = points_for(CurveShape.S_CURVE, BEGIN, END, WEEKDAYS)
    gained = [share_on(points, day, WEEKDAYS) for day in month_ends(BEGIN, END)]
    months = [after - before for before, after in pairwise(gained)]

    assert months[0] < months[4] > months[-1]
    assert points[-1] == (END, 1)


def test_a_monthly_plan_is_reached_at_each_months_end() -> None:
    begin, end = date(2018, 3, 15), date(2018, 6, 20)
    points = points_for(CurveShape.MONTHLY, begin, end, WEEKDAYS, tenths(1, 2, 7, 10))

    assert [day.isoformat() for day in month_ends(begin, end)] == ["2018-03-31", "2018-04-30", "2018-05-31", "2018-06-20"]
    assert [share_on(points, day, WEEKDAYS) for day in month_ends(begin, end)] == tenths(1, 2, 7, 10)


def test_a_seasonal_plan_gives_each_month_its_part() -> None:
    points = points_for(CurveShape.SEASONAL, date(2018, 3, 15), date(2018, 6, 20), WEEKDAYS, tenths(0, 3, 5, 2))

    assert [share for _, share in points] == [0, *tenths(0, 3, 8, 10)]


@pytest.mark.parametrize(
    ("shape", "given", "months", "said"),
    [
        (CurveShape.MONTHLY, tenths(1, 2, 10), 3, ""),
        (CurveShape.MONTHLY, tenths(3, 2, 10), 3, "不能比上个月低"),
        (CurveShape.MONTHLY, tenths(1, 2, 9), 3, "应为100%，现在是90%"),
        (CurveShape.MONTHLY, tenths(1, 10), 3, "逐月填写3个数，现在是2个"),
        (CurveShape.MONTHLY, tenths(-1, 2, 10), 3, "不能是负数"),
        (CurveShape.SEASONAL, tenths(5, 2, 3), 3, ""),
        (CurveShape.SEASONAL, tenths(5, 2, 4), 3, "现在是110%"),
        (CurveShape.LINEAR, [], 3, ""),
    ],
)
def test_what_makes_no_curve_is_said(shape: CurveShape, given: list[Decimal], months: int, said: str) -> None:
    trouble = given_trouble(shape, given, months)

    assert (said in trouble) if said else trouble == ""


def test_points_come_by_day_never_fall_and_end_at_the_whole() -> None:
    assert points_trouble(linear()) == ""
    assert "不能下降" in points_trouble(((BEGIN, Decimal("0.5")), (END, Decimal("0.4"))))
    assert "先后" in points_trouble(((END, Decimal(0)), (BEGIN, Decimal(1))))
    assert "100%" in points_trouble(((BEGIN, Decimal(0)), (END, Decimal("0.9"))))
    assert "至少" in points_trouble(())


def test_no_curve_asks_for_less_than_a_gate_from_its_day_on() -> None:
    gates = [(date(2018, 10, 31), Decimal("0.8"))]
    step = points_for(CurveShape.STEP, BEGIN, END, WEEKDAYS)

    asked = [floored(share_on(step, day, WEEKDAYS), day, gates) for day in (date(2018, 10, 30), date(2018, 10, 31), END)]

    assert asked == [0, Decimal("0.8"), 1]


def test_a_later_deadline_spreads_what_is_left_and_keeps_what_was_due() -> None:
    since = date(2018, 7, 1)
    longer = stretched(linear(), since, date(2019, 6, 30), WEEKDAYS)

    assert share_on(longer, date(2018, 6, 30), WEEKDAYS) == share_on(linear(), date(2018, 6, 30), WEEKDAYS)
    assert share_on(longer, END, WEEKDAYS) < 1
    assert longer[-1] == (date(2019, 6, 30), 1)
    assert points_trouble(longer) == ""


@drawn(
    shape=st.sampled_from([CurveShape.LINEAR, CurveShape.S_CURVE, CurveShape.STEP, CurveShape.LEVEL]),
    begin=st.dates(date(2018, 1, 1), date(2018, 12, 1)), days=st.integers(1, 500),
    steps=st.lists(st.integers(0, 600), min_size=2, max_size=8),
)
def test_what_is_due_never_falls_and_ends_at_the_whole(shape: CurveShape, begin: date, days: int, steps: list[int]) -> None:
    points = points_for(shape, begin, begin + timedelta(days=days), WEEKDAYS)
    due = [share_on(points, begin + timedelta(days=step), WEEKDAYS) for step in sorted(steps)]

    assert points_trouble(points) == ""
    assert due == sorted(due)
    assert share_on(points, begin + timedelta(days=days), WEEKDAYS) == 1
    assert read(written(points)) == points
