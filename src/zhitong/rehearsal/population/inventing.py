"""Inventing the served one by one: names, codes, places, and revenues that fall just where the tier rules want them. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, PlatformKind, ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.rehearsal.chance import MARK, chance
from zhitong.rehearsal.population.demand import Wanted
from zhitong.rehearsal.population.names import Namer
from zhitong.rehearsal.population.places import Geography, Place, Trade, shares

TEN_THOUSAND = 10_000  # figures are reported in 万元
LARGEST_TIMES_LOWEST = 8  # where no higher tier ends a range
TECH_REVENUE = (5_000_000, 80_000_000)
INVESTMENT = (100_000_000, 9_000_000_000)
_PLATFORM_WORDS = {PlatformKind.DEMONSTRATION_BASE: "双创示范基地"}


@dataclass(frozen=True, slots=True)
class Invented:
    """One of the served, before it is registered; `rank` is the tier that the rules shall give it by revenue or marks."""

    kind: SubjectKind
    sub_kind: str
    stage: ProjectStage | None
    name: str
    code: str
    region: str
    industry: str
    revenue_cny: int | None
    investment_cny: int | None
    rank: Rank
    marks: frozenset[str] = frozenset()
    force: str = ""


def invent(wanted: Sequence[Wanted], here: Geography, rules: Sequence[TierRule], *, year: int) -> list[Invented]:
    """Everybody that is wanted, place by place; the same wish gives the same population."""
    draw = chance("population")
    maker = _Maker(draw, Namer(draw), rules, here, year)
    local = {one.region for one in wanted if one.region}
    counted = {one.kind for one in wanted if one.region}
    return [made for one in wanted for made in maker.make(one, _places_of(one, here, local, counted))]


def _places_of(one: Wanted, here: Geography, local: set[str], counted: set[SubjectKind]) -> list[Place]:
    """Where these may stand: what the local plan counts stands in its region, and no other of that kind does."""
    if one.region:
        return [place for place in here.places if one.region in place.within]
    return [place for place in here.places if one.kind not in counted or not local & place.within]


class _Maker:
    def __init__(
        self, draw: random.Random, namer: Namer, rules: Sequence[TierRule], here: Geography, year: int
    ) -> None:
        self.draw, self.namer, self.rules, self.here, self.year = draw, namer, rules, here, year

    def make(self, one: Wanted, places: Sequence[Place]) -> Iterator[Invented]:
        if one.kind is SubjectKind.WORK:
            code = f"MXGC{self.year}{int(one.force):04d}"
            yield Invented(one.kind, "", None, f"{MARK}{one.title}", code, self.here.root, "", None, None, one.rank,
                           force=one.force)
            return
        spread = shares(one.count, places)
        for place in places:
            for _turn in range(spread[place.code]):
                yield self._one(one, place)

    def _one(self, one: Wanted, place: Place) -> Invented:
        if one.kind is SubjectKind.PLATFORM:
            return self._platform(one, place)
        trade = self.draw.choice(self._trades(one, place))
        word = self.draw.choice(trade.words)
        is_project = one.kind is SubjectKind.PROJECT
        return Invented(
            one.kind, one.sub_kind, one.stage,
            self.namer.project(place.called, word) if is_project else self.namer.firm(place.called, word),
            self.namer.project_code(place.division, self.year) if is_project else self.namer.credit_code(place.division),
            place.code, trade.industry, self._revenue(one) if one.kind in ENTERPRISES else None,
            self._between(*INVESTMENT) if is_project else None, one.rank, self._marks(one),
        )

    def _platform(self, one: Wanted, place: Place) -> Invented:
        kind = PlatformKind(one.sub_kind)
        name = self.namer.platform(place.called, _PLATFORM_WORDS.get(kind, kind.label))
        code = self.namer.credit_code(place.division)
        return Invented(one.kind, one.sub_kind, None, name, code, place.code, "", None, None, one.rank, force=one.force)

    def _trades(self, one: Wanted, place: Place) -> Sequence[Trade]:
        if one.kind is SubjectKind.SERVICES:
            return [trade for trade in self.here.services if trade.sub_kind == one.sub_kind]
        if one.kind is SubjectKind.TECH_SME:
            return self.here.tech
        return self.here.projects if one.kind is SubjectKind.PROJECT else place.trades

    def _marks(self, one: Wanted) -> frozenset[str]:
        """The marks that give the tier where it does not follow from a revenue."""
        rule = self._rules_of(one)[one.rank]
        return frozenset(part.mark for part in rule.conditions if part.mark and not _over(rule))

    def _revenue(self, one: Wanted) -> int:
        """Above the tier's own threshold and not above the next higher one's."""
        rules = self._rules_of(one)
        lowest = _over(rules[one.rank])
        if not lowest:
            return self._between(*TECH_REVENUE)
        higher = [over for rule in rules.values() if (over := _over(rule)) > lowest]
        return self._between(lowest, min(higher, default=lowest * LARGEST_TIMES_LOWEST))

    def _rules_of(self, one: Wanted) -> dict[Rank, TierRule]:
        return {
            rule.rank: rule for rule in self.rules if rule.kind is one.kind and rule.sub_kind in ("", one.sub_kind)
        }

    def _between(self, lowest: int, highest: int) -> int:
        """An amount in whole 万元 above `lowest` and not above `highest`, small ones being common."""
        drawn = lowest * (highest / lowest) ** (self.draw.random() ** 1.6)
        return min(highest, max(lowest + TEN_THOUSAND, int(drawn) // TEN_THOUSAND * TEN_THOUSAND))


def _over(rule: TierRule) -> int:
    """The threshold of a rule in yuan; 0 when it asks for marks alone."""
    return next((part.over for part in rule.conditions if part.over), 0)
