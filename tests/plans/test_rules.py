"""What can be said of a target without asking anybody."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhitong.domain.plans.rules import (
    Aggregation,
    Comparator,
    Direction,
    Goal,
    IndicatorKind,
    aggregation_of,
    direction_of,
    goal_in_words,
    is_reached,
)


@pytest.mark.parametrize(
    ("comparator", "value", "upper", "unit", "words"),
    [
        (">=", "500000", None, "户", "≥50万户"),
        ("=", "93000", None, "户", "9.3万户"),
        ("=", "10613", None, "家", "10613家"),
        ("=", "6563", None, "家", "6563家"),
        (">=", "96.600000", None, "%", "≥96.6%"),
        ("=", "5000000000", None, "元", "50亿元"),
        ("range", "1", "2", "家", "1–2家"),
        ("<=", "0", None, "起", "≤0起"),
    ],
)
def test_a_goal_is_written_as_an_official_writes_it(
    comparator: str, value: str, upper: str | None, unit: str, words: str
) -> None:
    goal = Goal(Comparator(comparator), Decimal(value), Decimal(upper) if upper else None, unit)

    assert goal_in_words(goal) == words


@pytest.mark.parametrize(
    ("comparator", "actual", "reached"),
    [(">=", 100, True), (">=", 99, False), ("=", 101, True), ("=", 99, False), (">", 100, False), (">", 101, True),
     ("<=", 100, True), ("<=", 101, False), ("<", 100, False), ("<", 99, True), ("range", 100, True)],
)
def test_a_goal_is_reached_as_its_comparator_says(comparator: str, actual: int, reached: bool) -> None:
    assert is_reached(Goal(Comparator(comparator), Decimal(100), Decimal(200)), Decimal(actual)) is reached


def test_numbers_add_up_rates_are_weighed_standards_hold_everywhere() -> None:
    assert aggregation_of(IndicatorKind.COUNT) is Aggregation.SUM
    assert aggregation_of(IndicatorKind.RATE) is Aggregation.WEIGHTED
    assert aggregation_of(IndicatorKind.STANDARD) is Aggregation.EACH


def test_a_ceiling_is_better_when_lower() -> None:
    assert direction_of(Comparator.AT_MOST) is Direction.DOWN
    assert direction_of(Comparator.EQUAL) is Direction.UP
