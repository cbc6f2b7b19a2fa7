"""Carrying a course forward (R-H2): what each method does with steady, seasonal, stopped and mistyped courses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.analysis.forecasting.courses import course, steadily, when
from zhitong.domain.analysis.rules.forecasting.courses import (
    Course,
    Family,
    Point,
    Roads,
    best_rate,
    scale_of,
    without_outlier,
)
from zhitong.domain.analysis.rules.forecasting.methods import SENTENCES, Method, carried, methods_for
from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.plans.rules import CurveShape
from zhitong.domain.plans.rules.curves import points_for, share_on


@pytest.mark.parametrize("method", methods_for(Family.RISING))
def test_what_goes_steadily_goes_on_by_every_method(method: Method) -> None:
    found = carried(method, steadily(1.0, 8), when(12))

    assert found == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(("method", "least", "most"), [
    (Method.MEAN_PACE, 0.73, 0.77), (Method.IN_PROPORTION, 0.74, 0.76), (Method.SAME_GAP, 0.83, 0.84),
    (Method.RECENT_PACE, 0.73, 0.77),
])
def test_what_lags_behind_is_seen_differently(method: Method, least: float, most: float) -> None:
    assert least <= carried(method, steadily(0.75, 8), when(12)) <= most


def test_the_season_of_a_curve_is_followed_in_proportion() -> None:
    summer = Course(tuple(Point(when(month, due), due * 0.9) for month, due in ((3, 0.1), (4, 0.2), (5, 0.4))), Family.RISING)

    assert carried(Method.IN_PROPORTION, summer, when(8, 0.8)) == pytest.approx(0.72)
    assert carried(Method.MEAN_PACE, summer, when(8, 0.8)) < 0.6


def test_a_month_of_standstill_does_not_move_the_recent_pace() -> None:
    stopped = course([0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.6])

    assert carried(Method.RECENT_PACE, stopped, when(10)) == pytest.approx(0.9, abs=0.02)
    assert carried(Method.MEAN_PACE, stopped, when(10)) == pytest.approx(0.86, abs=0.02)


def test_a_trend_that_slows_is_carried_on_slowing_and_never_backwards() -> None:
    slowing = course([0.2, 0.36, 0.48, 0.56, 0.6])

    ahead = [carried(Method.DAMPED_TREND, slowing, when(month)) for month in (6, 9, 12)]

    assert ahead == sorted(ahead)
    assert 0.6 <= ahead[0] < 0.68
    assert ahead[-1] < carried(Method.MEAN_PACE, slowing, when(12))


def test_one_figure_alone_is_enough_for_every_rising_method() -> None:
    alone = course([0.25], first=3)

    assert {round(carried(method, alone, when(12)), 1) for method in methods_for(Family.RISING)} == {1.0}


def test_a_slip_of_the_pen_is_left_out_and_the_newest_figure_never() -> None:
    values = [0.1, 0.2, 0.3, 0.9, 0.5, 0.6]

    kept = without_outlier(course(values).points)

    assert [point.value for point in kept] == [0.1, 0.2, 0.3, 0.5, 0.6]
    assert len(without_outlier(course([0.1, 0.2, 0.3, 0.4, 0.5, 0.9]).points)) == 6


def test_what_is_held_stays_at_its_middle_whatever_one_month_said() -> None:
    held = course([0.97, 0.98, 0.97, 0.70], family=Family.HELD)

    assert carried(Method.LAST, held, when(12)) == 0.70
    assert carried(Method.RECENT_MEDIAN, held, when(12)) == 0.97


def test_what_sinks_goes_on_sinking_less_and_less() -> None:
    sinking = course([1.0, 0.98, 0.96, 0.94, 0.92], family=Family.HELD)

    near, far = (carried(Method.HELD_TREND, sinking, when(month)) for month in (6, 12))

    assert 0.8 < far < near < 0.92


def test_the_best_month_counts_from_the_beginning() -> None:
    assert best_rate(course([0.05, 0.30, 0.35]).points) == pytest.approx(0.25 * 30.4375 / 28)
    assert best_rate(course([0.3]).points) == pytest.approx(0.3 / when(1).gone)
    assert best_rate(()) is None


def test_parts_of_a_goal_are_counted_from_its_base() -> None:
    scale = scale_of(Decimal(500), Decimal(300))

    assert (scale.part(Decimal(400)), scale.figure(0.75)) == (0.5, Decimal(450))
    assert scale_of(Decimal(0), None).part(Decimal(3)) == 3.0


def test_curves_are_read_as_the_plan_reads_them() -> None:
    calendar = Calendar({date(2018, 5, 1): False}, frozenset({2018}))
    roads, end = Roads(calendar), date(2018, 12, 31)

    for shape in (CurveShape.LINEAR, CurveShape.S_CURVE, CurveShape.LEVEL, CurveShape.STEP):
        points = points_for(shape, date(2018, 1, 1), end, calendar)
        for day in (date(2018, 1, 1), date(2018, 5, 2), date(2018, 8, 31), date(2018, 12, 30), end, date(2019, 1, 9)):
            assert roads.due(points, day) == pytest.approx(float(share_on(points, day, calendar)), abs=2e-6), (shape, day)


def test_every_method_explains_itself() -> None:
    assert set(SENTENCES) == set(Method)
    assert all(sentence.endswith("。") for sentence in SENTENCES.values())
