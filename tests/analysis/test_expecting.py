"""Hot spots: what came held against what firms and categories would let expect; small numbers stay small (R-H3)."""

from __future__ import annotations

from math import isclose, sqrt
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.domain.analysis.rules.hurting.expecting import (
    LEAST_CAME,
    LEAST_FIRMS,
    Z_HOT,
    Basis,
    Cell,
    deviate,
    hot_spots,
)

NORTH, SOUTH = UUID(int=1), UUID(int=2)
FIRMS = {(NORTH, "医药制造业"): 10, (SOUTH, "医药制造业"): 30}


def cell(region: UUID, came: int, category: str = "land", *, firms: int | None = None, industry: str = "医药制造业") -> Cell:
    return Cell(region, industry, "industry", category, came, came if firms is None else firms)


def spread(category: str = "energy", came: int = 10) -> list[Cell]:
    return [cell(NORTH, came, category), cell(SOUTH, 3 * came, category)]


def test_the_deviate_is_the_one_the_page_prints() -> None:
    assert isclose(deviate(9, 4.0), sqrt(9) + sqrt(10) - sqrt(17))
    assert deviate(0, 0.0) == 0


def test_more_than_the_share_of_firms_lets_expect_is_hot() -> None:
    spots = hot_spots([cell(NORTH, 16), cell(SOUTH, 4), *spread()], FIRMS)

    assert [(one.cell.region_id, one.cell.category, one.basis) for one in spots] == [(NORTH, "land", Basis.MIX)]
    assert isclose(spots[0].expected, 26 * 20 / 60)
    assert spots[0].registered == 10


def test_the_larger_expectation_counts() -> None:
    energy = [cell(NORTH, 2, "energy"), cell(SOUTH, 200, "energy")]

    spots = hot_spots([cell(NORTH, 30), cell(SOUTH, 40), *energy], FIRMS)

    assert [(one.cell.region_id, one.basis, one.expected) for one in spots] == [(NORTH, Basis.FIRMS, 70 * 10 / 40)]


def test_a_share_as_expected_is_no_spot() -> None:
    assert hot_spots(spread() + spread("land", 5), FIRMS) == []


@pytest.mark.parametrize(("came", "firms"), [(LEAST_CAME - 1, LEAST_FIRMS), (12, LEAST_FIRMS - 1)])
def test_few_problems_or_few_firms_are_no_spot(came: int, firms: int) -> None:
    assert hot_spots([cell(NORTH, came, firms=firms), *spread(came=30)], FIRMS) == []


def test_what_stands_alone_has_nothing_to_be_held_against() -> None:
    assert hot_spots([cell(NORTH, 40)], {(NORTH, "医药制造业"): 10}) == []


def test_a_trade_without_registered_firms_is_held_against_the_mix() -> None:
    spots = hot_spots([cell(NORTH, 20, industry="重点项目"), cell(NORTH, 1, "energy", industry="重点项目"), *spread(came=30)], FIRMS)

    assert [(one.cell.industry, one.basis, one.registered) for one in spots] == [("重点项目", Basis.MIX, 0)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([NORTH, SOUTH]), st.sampled_from(["land", "energy", "funds"]), st.integers(1, 60)), max_size=6))
def test_every_spot_lies_beyond_its_expectation(drawn: list[tuple[UUID, str, int]]) -> None:
    cells = list({(region, category): cell(region, came, category) for region, category, came in drawn}.values())

    for spot in hot_spots(cells, FIRMS):
        assert spot.z >= Z_HOT
        assert spot.cell.came > spot.expected
