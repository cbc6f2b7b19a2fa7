"""The invented population: the plan's numbers to the one, the same every time, and marked as invented."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.rehearsal.conftest import Packages, everybody
from zhitong.domain.subjects.package import rules_of
from zhitong.domain.subjects.rules.codes import doubt_about
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import Facts, tier_of
from zhitong.rehearsal.population.demand import Wanted
from zhitong.rehearsal.population.inventing import Invented
from zhitong.rehearsal.population.places import Place, geography, shares

# 冀发〔2018〕7号 三（二）7–9, 三（三）10; 三（一）2–6.
PLAN = {
    ("industry", ""): (216, 600, 5747),
    ("services", "service"): (72, 449, 1014),
    ("services", "wholesale"): (15, 83, 174),
    ("services", "retail"): (19, 55, 169),
    ("tech_sme", ""): (100, 500, 1400),
    ("platform", "demonstration_base"): (24, 0, 0),
    ("platform", "incubator"): (20, 0, 0),
    ("platform", "maker_space"): (80, 0, 0),
    ("platform", "job_incubator"): (0, 30, 130),
    ("platform", "small_firm_base"): (15, 35, 0),
    ("work", ""): (20, 0, 0),
}


def tiers_of(population: list[Invented], kind: str, sub_kind: str) -> tuple[int, ...]:
    counted = Counter(str(one.rank) for one in population if (str(one.kind), one.sub_kind) == (kind, sub_kind))
    return tuple(counted[rank] for rank in ("province", "city", "county"))


@pytest.mark.parametrize(("sort", "numbers"), PLAN.items(), ids=lambda value: str(value))
def test_each_tier_holds_as_many_as_the_plan_says(
    population: list[Invented], sort: tuple[str, str], numbers: tuple[int, ...]
) -> None:
    assert tiers_of(population, *sort) == numbers


def test_projects_are_counted_by_stage(population: list[Invented]) -> None:
    stages = Counter(str(one.stage) for one in population if one.stage)

    assert stages == {"preparation": 1143, "construction": 1882, "completion": 525}


def test_the_local_plan_counts_its_own(population: list[Invented], shipped_packages: Packages) -> None:
    order = shipped_packages[0].organisation
    assert order is not None
    inside = {place.code for place in geography(order.regions).places if "130973" in place.within}
    kinds = Counter((str(one.kind), str(one.rank)) for one in population if one.region in inside)

    assert kinds["industry", "county"] == 29
    assert kinds["services", "city"] == 19
    assert kinds["tech_sme", "county"] == 5
    assert (kinds["project", "province"], kinds["project", "city"]) == (13, 35)
    assert not {("industry", "city"), ("services", "county"), ("industry", "province")} & set(kinds)
    assert {"130973400", "130973401", "130973403"} <= {one.region for one in population}


def test_the_same_wish_gives_the_same_population(
    population: list[Invented], shipped_packages: Packages, wanted: list[Wanted]
) -> None:
    assert everybody(shipped_packages, wanted) == population


def test_every_name_is_marked_and_given_once(population: list[Invented]) -> None:
    names = Counter(one.name for one in population)

    assert [name for name in names if not name.startswith("演示")] == []
    assert max(names.values()) == 1


def test_every_credit_code_holds_and_is_given_once(population: list[Invented]) -> None:
    codes = [one.code for one in population if one.kind not in (SubjectKind.PROJECT, SubjectKind.WORK)]

    assert [code for code in codes if doubt_about(code)] == []
    assert len({one.code for one in population}) == len(population)


def test_revenues_alone_give_the_tiers_of_firms(population: list[Invented], shipped_packages: Packages) -> None:
    rules = rules_of(shipped_packages[0].tiers)
    firms = [one for one in population if one.kind in (SubjectKind.INDUSTRY, SubjectKind.SERVICES)]

    assert [one.rank for one in firms] == [
        tier_of(Facts(one.kind, one.sub_kind, one.revenue_cny), rules).rank for one in firms
    ]
    assert not any(one.marks for one in firms)


def test_marks_give_the_tiers_where_revenue_does_not(
    population: list[Invented], shipped_packages: Packages
) -> None:
    rules = rules_of(shipped_packages[0].tiers)
    marked = [one for one in population if one.kind in (SubjectKind.TECH_SME, SubjectKind.PROJECT)]

    assert [one.rank for one in marked] == [
        tier_of(Facts(one.kind, one.sub_kind, one.revenue_cny, one.marks), rules).rank for one in marked
    ]


def test_every_county_has_firms_of_its_own(population: list[Invented], shipped_packages: Packages) -> None:
    order = shipped_packages[0].organisation
    assert order is not None
    served = {one.region for one in population if one.kind is SubjectKind.INDUSTRY}

    assert {place.code for place in geography(order.regions).places} == served


@pytest.mark.parametrize("total", [0, 1, 7, 100])
def test_shares_add_up_to_the_whole(total: int) -> None:
    places = [Place(str(n), "130000", "", weight, (), frozenset()) for n, weight in enumerate((1, 2.5, 0.1, 7))]

    assert sum(shares(total, places).values()) == total
