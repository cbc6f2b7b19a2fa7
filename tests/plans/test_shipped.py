"""The two shipped plans and the shipped standing order fit: every unit, region and parent that is named is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import packages
from zhitong.domain.organisations import package as organisations
from zhitong.domain.plans.package import PlanRecord, check, parse


@pytest.fixture(scope="module")
def order() -> organisations.OrganisationPackage:
    return organisations.parse(packages.shipped("hebei-2018"))[0]


def names_of(order: organisations.OrganisationPackage) -> Iterator[str]:
    for unit in order.units:
        yield from (unit.name, unit.short, *unit.aliases)


@pytest.mark.parametrize("code", ["hebei-2018", "bohai-2018"])
def test_every_unit_region_and_parent_is_kept(order: organisations.OrganisationPackage, code: str) -> None:
    plans: dict[str, PlanRecord | None] = {one: parse(packages.shipped(one))[0] for one in ("hebei-2018", "bohai-2018")}
    plan = plans[code]
    assert plan is not None

    findings = check(
        plan, unit_names=set(names_of(order)), regions={region.code for region in order.regions}, upper=plans.get
    )

    assert list(map(str, findings)) == []
