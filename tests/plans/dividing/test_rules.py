"""Sharing out is exact, says its ties, and knows what comes in wholes (R-C5)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.plans.rules import Aggregation, Comparator, Direction, IndicatorKind, TargetForm
from zhitong.domain.plans.rules.coherence import Claim, worked_out
from zhitong.domain.plans.rules.dividing import (
    Divisible,
    DivisionMethod,
    Standing,
    balance_of,
    divided,
    fitting_methods,
    is_beyond,
    share_trouble,
    why_not_divided,
)
from zhitong.domain.plans.rules.sharing import NothingToWeighBy, is_whole, share_out, step_for

CITIES = range(14)
ONE = Decimal(1)


def asks(value: int | str, measure: str = "家", kind: IndicatorKind = IndicatorKind.COUNT, **changes: object) -> Divisible:
    """A target to be divided."""
    aggregation = {
        IndicatorKind.RATE: Aggregation.WEIGHTED, IndicatorKind.GROWTH_RATE: Aggregation.WEIGHTED,
        IndicatorKind.STANDARD: Aggregation.EACH,
    }.get(kind, Aggregation.SUM)
    values = {"direction": Direction.UP, "comparator": Comparator.EQUAL, **changes}
    return Divisible(kind=kind, aggregation=aggregation, measure=measure, value=Decimal(value), **values)  # type: ignore[arg-type]


def test_26_hospitals_among_14_regions_give_some_two_and_some_one() -> None:
    shared = share_out(Decimal(26), dict.fromkeys(CITIES, ONE), ONE)

    assert sorted(shared.parts.values()) == [1, 1, *[2] * 12]
    assert sum(shared.parts.values()) == 26
    assert (len(shared.tied), shared.spare) == (14, 12)
    assert shared.empty == ()


def test_5_among_14_leave_some_with_none_and_say_which() -> None:
    shared = share_out(Decimal(5), dict.fromkeys(CITIES, ONE), ONE)

    assert [shared.parts[city] for city in CITIES] == [1] * 5 + [0] * 9
    assert shared.empty == tuple(range(5, 14))


def test_a_place_without_a_weight_gets_nothing_and_is_not_told_as_left_out() -> None:
    shared = share_out(Decimal(3), {"a": Decimal(2), "b": Decimal(0), "c": ONE}, ONE)

    assert shared.parts == {"a": 2, "b": 0, "c": 1}
    assert (shared.empty, shared.tied) == ((), ())


def test_nothing_is_shared_where_nobody_has_a_weight() -> None:
    with pytest.raises(NothingToWeighBy):
        share_out(Decimal(3), {"a": Decimal(0)}, ONE)


@given(
    st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any), st.sampled_from(["1", "0.01"]),
)
def test_parts_always_add_up_and_none_is_a_piece_away_from_its_due(pieces: int, weights: list[int], step: str) -> None:
    whole, total = pieces * Decimal(step), sum(weights)

    shared = share_out(whole, {place: Decimal(weight) for place, weight in enumerate(weights)}, Decimal(step))

    assert sum(shared.parts.values()) == whole
    for place, weight in enumerate(weights):
        assert abs(shared.parts[place] * total - whole * weight) < Decimal(step) * total


@pytest.mark.parametrize(
    ("measure", "kind", "whole"),
    [("家", IndicatorKind.COUNT, True), ("户", IndicatorKind.INCREMENT, True), ("个(条)", IndicatorKind.COUNT, True),
     ("人次", IndicatorKind.COUNT, True), ("", IndicatorKind.COUNT, True), ("公里", IndicatorKind.AMOUNT, False),
     ("元", IndicatorKind.AMOUNT, False), ("公顷", IndicatorKind.AMOUNT, False), ("%", IndicatorKind.RATE, False)],
)
def test_what_is_counted_by_heads_comes_in_wholes(measure: str, kind: IndicatorKind, whole: bool) -> None:
    assert is_whole(measure, kind) is whole


def test_the_smallest_piece_is_as_fine_as_the_whole_is() -> None:
    assert step_for(Decimal("500"), "公里", IndicatorKind.AMOUNT) == Decimal("0.01")
    assert step_for(Decimal("12.345"), "公里", IndicatorKind.AMOUNT) == Decimal("0.001")
    assert step_for(Decimal("26"), "家", IndicatorKind.COUNT) == 1


def test_a_rate_is_the_same_for_all_and_its_mean_names_its_weight() -> None:
    rate = asks("94", "%", IndicatorKind.RATE)

    shared = divided(rate, DivisionMethod.SAME, {"a": ONE, "b": ONE})
    balance = balance_of(rate, {"a": Decimal(98), "b": Decimal(86)}, {"a": Decimal(2), "b": Decimal(1)})

    assert fitting_methods(rate) == (DivisionMethod.SAME,)
    assert shared.parts == {"a": 94, "b": 94}
    assert (balance.given, balance.standing) == (94, Standing.EXACT)


def test_what_the_plan_asks_of_each_place_is_no_sum() -> None:
    one_each = asks(1, "个", per="每市")

    balance = balance_of(one_each, {"a": ONE, "b": Decimal(0)}, {})

    assert one_each.makes_whole is Aggregation.EACH
    assert (balance.given, balance.standing) == (0, Standing.SHORT)


@pytest.mark.parametrize(
    ("direction", "parts", "standing"),
    [(Direction.UP, (10, 9), Standing.SHORT), (Direction.UP, (10, 10), Standing.EXACT), (Direction.UP, (10, 11), Standing.BEYOND),
     (Direction.DOWN, (10, 9), Standing.BEYOND), (Direction.DOWN, (10, 11), Standing.SHORT), (Direction.UP, (10, None), Standing.UNFILLED)],
)
def test_parts_are_short_or_beyond_in_the_direction_that_is_better(
    direction: Direction, parts: tuple[int | None, ...], standing: Standing
) -> None:
    values = {place: None if part is None else Decimal(part) for place, part in enumerate(parts)}

    assert balance_of(asks(20, direction=direction), values, {}).standing is standing


@pytest.mark.parametrize(
    ("target", "value", "words"),
    [(asks(26), "-1", "负数"), (asks(26), "1.5", "整数"), (asks("94", "%", IndicatorKind.RATE), "100.5", "100%"),
     (asks("500", "公里", IndicatorKind.AMOUNT), "0.0000001", "六位小数"), (asks(26), "1" + "0" * 20, "太大")],
)
def test_a_share_that_cannot_be_is_told(target: Divisible, value: str, words: str) -> None:
    assert words in share_trouble(target, Decimal(value))


def test_a_share_that_can_be_is_not_remarked_upon() -> None:
    assert share_trouble(asks("10", "%", IndicatorKind.GROWTH_RATE), Decimal("-2.5")) == ""
    assert share_trouble(asks("500", "公里", IndicatorKind.AMOUNT), Decimal("35.71")) == ""


def test_only_numbers_are_divided() -> None:
    assert "推算" in why_not_divided(asks(26, form=TargetForm.FORMULA))
    assert "节点" in why_not_divided(asks(26, form=TargetForm.MILESTONE))
    assert "取消" in why_not_divided(asks(26, is_cancelled=True))
    assert why_not_divided(asks(26)) == ""


def test_a_local_target_beyond_its_share_is_marked() -> None:
    assert is_beyond(Direction.UP, Decimal(15), Decimal(10))
    assert not is_beyond(Direction.DOWN, Decimal(15), Decimal(10))


def test_divided_together_the_parts_of_a_whole_add_up_in_every_place() -> None:
    weights = {place: Decimal(weight) for place, weight in enumerate((264, 251, 102, 16, 36))}
    values = {"whole": (106, ("a", "b", "c")), "a": (72, ()), "b": (15, ()), "c": (19, ())}
    asked = {key: Claim(asks(value), DivisionMethod.WEIGHT, weights, parts) for key, (value, parts) in values.items()}

    given = worked_out(asked)

    for place in weights:
        assert given["whole"].parts[place] == sum(given[key].parts[place] for key in "abc")
    assert sum(given["whole"].parts.values()) == 106
