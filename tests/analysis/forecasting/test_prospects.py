"""What a forecast comes to (R-H2): interval, chance, prospect, what would have to come each month."""

from __future__ import annotations

import pytest

from tests.analysis.forecasting.courses import course, steadily, when
from zhitong.domain.analysis.rules.forecasting.courses import Family
from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect, foretell, per_month, prospect_of, severity
from zhitong.domain.analysis.rules.forecasting.testing import Chosen, Tried

NARROW = tuple(place / 200 for place in range(-10, 11))
"""Errors within a twentieth of a step."""


def chosen(method: Method = Method.MEAN_PACE) -> Chosen:
    return Chosen(method, NARROW, 0.02, Tried.INDICATOR, len(NARROW))


@pytest.mark.parametrize(("pace", "prospect"), [
    (1.15, Prospect.REACHES), (1.0, Prospect.IN_DOUBT), (0.85, Prospect.MISSES),
])
def test_the_chance_of_reaching_the_goal_gives_the_word(pace: float, prospect: Prospect) -> None:
    found = foretell(steadily(pace, 6), chosen(), when(12), 1.0)

    assert prospect_of(found.chance) is prospect
    assert found.low < found.value < found.high


def test_what_must_not_be_exceeded_is_judged_the_other_way_round() -> None:
    wasteful, thrifty = (course([pace * month / 12 for month in range(1, 7)], falling=True) for pace in (1.2, 0.8))

    assert prospect_of(foretell(wasteful, chosen(), when(12), 1.0).chance) is Prospect.MISSES
    assert prospect_of(foretell(thrifty, chosen(), when(12), 1.0).chance) is Prospect.REACHES


def test_what_adds_up_is_not_expected_to_fall_and_what_has_come_is_sure() -> None:
    there = course([0.3, 0.9, 1.01])

    found = foretell(there, Chosen(Method.LAST, tuple(place / 10 for place in range(-20, 1)), 0.5, Tried.PLAN, 21), when(12), 1.0)

    assert (found.low, found.chance) == (1.01, 1.0)


def test_a_limit_already_passed_is_missed_for_sure() -> None:
    assert foretell(course([0.5, 1.2], falling=True), chosen(), when(12), 1.0).chance == 0.0


def test_what_is_held_may_fall_again() -> None:
    held = course([1.01, 1.01, 1.01], family=Family.HELD)

    found = foretell(held, chosen(Method.LAST), when(12), 1.0)

    assert found.low < 1.0 < found.value
    assert found.chance is not None
    assert 0.4 < found.chance < 0.9


def test_a_day_that_asks_nothing_has_no_chance_and_no_word() -> None:
    found = foretell(steadily(1.0, 6), chosen(), when(12), None)

    assert (found.chance, prospect_of(found.chance)) == (None, Prospect.UNKNOWN)


def test_what_has_to_come_each_month_is_what_is_left_over_what_remains() -> None:
    half = steadily(1.0, 6)

    assert per_month(half, when(12), 1.0) == pytest.approx(0.5 / (184 / 30.4375))
    assert per_month(half, when(12), 0.4) == 0.0
    assert per_month(course([0.5, 1.2], falling=True), when(12), 1.0) < 0
    assert per_month(course([0.2, 0.3], falling=True), when(12), 1.0) == 0.0


def test_the_worst_stands_first() -> None:
    order = [
        severity(Prospect.MISSES, 0.01), severity(Prospect.MISSES, 0.15), severity(Prospect.IN_DOUBT, 0.3),
        severity(Prospect.UNKNOWN, None), severity(Prospect.REACHES, 0.85), severity(Prospect.REACHES, 1.0),
    ]

    assert order == sorted(order, reverse=True)
    assert len(set(order)) == len(order)
