"""Testing methods on what has come (R-H2): the one that missed least is taken, and its errors make the interval."""

from __future__ import annotations

import pytest

from tests.analysis.forecasting.courses import course, steadily, when
from zhitong.domain.analysis.rules.forecasting.courses import Course, Family, Point
from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.domain.analysis.rules.forecasting.testing import (
    ENOUGH,
    USUAL,
    Chosen,
    Tried,
    choose,
    errors_of,
    joined,
    results_of,
    step,
)


def summers(number: int) -> list[Course]:
    """Regions that follow a curve that asks for most in summer, each at a pace of its own."""
    dues = [0.02, 0.05, 0.08, 0.2, 0.4, 0.6, 0.75, 0.85]
    return [
        Course(tuple(Point(when(month, due), due * (0.7 + 0.05 * place)) for month, due in enumerate(dues, 1)), Family.RISING)
        for place in range(number)
    ]


def test_the_method_that_fits_an_indicator_is_found_by_testing() -> None:
    chosen = choose(Family.RISING, results_of(errors_of(summers(6))), None)

    assert (chosen.method, chosen.tried) == (Method.IN_PROPORTION, Tried.INDICATOR)
    assert chosen.mean_error == pytest.approx(0.0, abs=1e-9)
    assert chosen.trials == 6 * (4 + 3 + 2 + 1)


def test_every_later_figure_is_one_trial_from_every_point_of_the_later_half() -> None:
    pool = errors_of([steadily(1.0, 4)])

    assert {len(errors.steps) for errors in pool.values()} == {2 + 1}
    assert set(pool) == {Method.IN_PROPORTION, Method.MEAN_PACE, Method.RECENT_PACE, Method.SAME_GAP, Method.DAMPED_TREND}


def test_a_single_figure_gives_no_trial() -> None:
    assert errors_of([course([0.2], first=3)]) == {}


def test_too_few_trials_of_its_own_borrow_those_of_the_plan_and_then_the_usual() -> None:
    few, many = errors_of(summers(1)), errors_of(summers(9))

    assert len(few[Method.MEAN_PACE].steps) < ENOUGH
    assert results_of(few) is None
    assert choose(Family.RISING, None, results_of(joined([few, many]))).tried is Tried.PLAN
    nothing = choose(Family.RISING, None, None)
    assert (nothing.tried, nothing.mean_error, nothing.steps) == (Tried.NOTHING, None, USUAL[Family.RISING])


def test_errors_are_read_as_quantiles_and_chances() -> None:
    chosen = Chosen(Method.LAST, tuple(place / 10 for place in range(-5, 6)), 0.1, Tried.INDICATOR, 11)

    assert chosen.quantile(0.5) == pytest.approx(0.0)
    assert chosen.quantile(0.1) < -0.4 < 0.4 < chosen.quantile(0.9)
    assert (chosen.share_from(-9), chosen.share_from(9)) == (11.5 / 12, 0.5 / 12)
    assert chosen.share_from(0.0) == pytest.approx(6.5 / 12)


def test_a_step_grows_with_the_distance_and_shrinks_with_what_is_known() -> None:
    last = steadily(1.0, 6).last

    assert step(Family.RISING, last, 6, when(7)) < step(Family.RISING, last, 6, when(12))
    assert step(Family.RISING, last, 6, when(12)) < step(Family.RISING, last, 1, when(12))
    assert step(Family.HELD, last, 6, when(7)) < step(Family.HELD, last, 6, when(12))
