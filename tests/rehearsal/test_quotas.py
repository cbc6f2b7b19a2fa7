"""The plan's quotas held against two populations: the shipped one fits exactly, one drawn blind to tiers does not (R-D2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

import pytest

from tests.rehearsal.conftest import Packages
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.package import rules_of
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import Facts
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace
from zhitong.domain.tiering.rules.running import Candidate, Outcome, judge
from zhitong.domain.tiering.rules.standards import standard_of
from zhitong.rehearsal.population.blind import blindly
from zhitong.rehearsal.population.inventing import Invented

Outcomes = dict[SubjectKind, Outcome]
TIERED = (SubjectKind.INDUSTRY, SubjectKind.SERVICES, SubjectKind.TECH_SME, SubjectKind.PROJECT)


def judged(packages: Packages, population: Iterable[Invented], *, trims: bool = False) -> Outcomes:
    """Every kind by the standard that ships; a candidate's id is its place in the population."""
    found: dict[SubjectKind, list[Candidate]] = {kind: [] for kind in TIERED}
    for place, one in enumerate(population):
        if one.kind in found:
            facts = Facts(one.kind, one.sub_kind, one.revenue_cny, one.marks)
            size = one.investment_cny if one.kind is SubjectKind.PROJECT else one.revenue_cny
            found[one.kind].append(Candidate(UUID(int=place), facts, str(one.stage or ""), one.rank, size_cny=size))
    tiers = {one.kind: standard_of(one) for one in packages[0].tiers}
    return {kind: judge(candidates, tiers[kind], trims=trims) for kind, candidates in found.items()}


@pytest.fixture(scope="module")
def blind(shipped_packages: Packages, population: list[Invented]) -> list[Invented]:
    """The population with sizes that know nothing of tiers."""
    return blindly(population, rules_of(shipped_packages[0].tiers), seed=1)


@pytest.fixture(scope="module")
def outcomes(shipped_packages: Packages, blind: list[Invented]) -> Outcomes:
    """The blind population judged."""
    return judged(shipped_packages, blind)


def test_the_provincial_numbers_come_out_exactly(shipped_packages: Packages, population: list[Invented]) -> None:
    found = judged(shipped_packages, population)

    for outcome in found.values():
        assert {line.quota.key: line.difference for line in outcome.lines if line.difference} == {}
        assert [one for one in outcome.judged if one.place or one.conflicts or one.is_move] == []
        assert outcome.total == outcome.standard.total
    assert [line.given for line in found[SubjectKind.INDUSTRY].lines] == [216, 600, 5747]  # 三（二）7
    assert sum(line.given for line in found[SubjectKind.SERVICES].lines) == 2050  # 三（二）8
    assert [line.given for line in found[SubjectKind.TECH_SME].lines] == [100, 500, 1400]  # 三（二）9
    assert [line.given for line in found[SubjectKind.PROJECT].lines if line.quota.stage] == [1143, 1882, 525]  # 三（三）10


def test_a_population_drawn_blind_shows_every_quota_over_or_under_by_name(outcomes: Outcomes) -> None:
    for outcome in outcomes.values():
        named = Counter((one.line, one.place) for one in outcome.judged if one.place)
        over = {line.quota.key: line.difference for line in outcome.lines if (line.difference or 0) > 0}
        assert {key: named[key, QuotaPlace.OVER] for key in over} == over
    industry = outcomes[SubjectKind.INDUSTRY]
    province, city, county = (line.difference or 0 for line in industry.lines)
    assert province > 0
    assert city > 0
    assert county < 0
    beneath = [one for one in industry.judged if one.place is QuotaPlace.NEXT]
    assert {one.line for one in beneath} == {"county"}
    assert {one.conflicts for one in beneath} == {(Conflict.BELOW,)}
    assert {Conflict.NO_FIGURE, Conflict.BELOW} == set(industry.conflicts)


def test_over_are_the_smallest_of_their_tier(outcomes: Outcomes) -> None:
    province = [one for one in outcomes[SubjectKind.INDUSTRY].judged if one.tier is Rank.PROVINCE]
    over = [one.candidate.size_cny or 0 for one in province if one.place is QuotaPlace.OVER]
    within = [one.candidate.size_cny or 0 for one in province if one.place is None]

    assert len(within) == 216
    assert max(over) <= min(within)


def test_trimmed_no_tier_holds_more_than_its_quota(shipped_packages: Packages, blind: list[Invented]) -> None:
    for outcome in judged(shipped_packages, blind, trims=True).values():
        assert [line.quota.key for line in outcome.lines if line.quota.rank and (line.difference or 0) > 0] == []


def test_the_blind_draw_is_the_same_every_time_and_another_by_another_seed(
    shipped_packages: Packages, population: list[Invented], blind: list[Invented]
) -> None:
    rules = rules_of(shipped_packages[0].tiers)

    assert blindly(population, rules, seed=1) == blind
    assert blindly(population, rules, seed=2) != blind
    assert [one.name for one in blind] == [one.name for one in population]
