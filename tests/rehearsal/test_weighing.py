"""What the demonstration divides by (R-C5): firms where firms stand, works where people live, railways not everywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rehearsal.conftest import Packages
from zhitong.domain.organisations.package import RegionRow
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.rehearsal.population.places import geography
from zhitong.rehearsal.weighing import Weighing, weighing


@pytest.fixture(scope="module")
def regions(shipped_packages: Packages) -> tuple[RegionRow, ...]:
    order = shipped_packages[0].organisation
    assert order is not None
    return tuple(one for one in order.regions if one.rank is not Rank.TOWNSHIP)


@pytest.fixture(scope="module")
def weighed(shipped_packages: Packages, regions: tuple[RegionRow, ...]) -> Weighing:
    return weighing(regions, shipped_packages[0].weights[0].values, geography(regions))


def values(weighed: Weighing, code: str) -> dict[str, Decimal]:
    return next(one.values for one in weighed.sets if one.code == code)


def test_whoever_has_a_part_of_something_can_give_it_on(weighed: Weighing, regions: tuple[RegionRow, ...]) -> None:
    parents = {one.reporting_parent for one in regions if one.reporting_parent}

    for each in weighed.sets:
        given = {one.reporting_parent for one in regions if each.values.get(one.code)}
        assert parents == given, each.code
        assert all(weight > 0 for weight in each.values.values())


def test_a_park_has_firms_but_no_roads_or_villages(weighed: Weighing) -> None:
    park, zone_with_towns = "130971", "130973"

    assert park in values(weighed, "demo_firms")
    assert all(park not in values(weighed, code) for code in ("demo_towns", "demo_villages", "demo_railways"))
    assert zone_with_towns in values(weighed, "demo_towns")


def test_what_few_regions_have_is_not_shared_out_to_all(weighed: Weighing, regions: tuple[RegionRow, ...]) -> None:
    cities = [one.code for one in regions if one.reporting_parent == "13"]

    assert [one for one in cities if one in values(weighed, "demo_metro")] == ["1301"]
    assert 3 <= sum(one in values(weighed, "demo_railways") for one in cities) < len(cities)
    assert all(one in values(weighed, "demo_towns") for one in cities)


def test_every_indicator_named_is_one_of_the_plan_and_stands_in_one_set(
    weighed: Weighing, shipped_packages: Packages
) -> None:
    plan = shipped_packages[0].plan
    assert plan is not None
    named = [code for one in weighed.sets for code in one.row.texts("indicators")]

    assert len(named) == len(set(named)) == len(weighed.by_indicator)
    assert set(named) <= {one.code for one in plan.indicators}
    tasks = {one.code: one.task for one in plan.indicators}
    together = [(one.code, whole) for one in plan.indicators for whole in one.part_of if tasks[one.code] == tasks[whole]]
    assert together
    usual = weighed.usual
    assert all(weighed.by_indicator.get(part, usual) == weighed.by_indicator.get(whole, usual) for part, whole in together)
