"""Where a problem goes first: category × kind × tier × rank to a line of work, and from the line to a unit. Pure.

What no rule matches, and what matches a line that nobody keeps nearby, goes to the desk of the region's campaign
office. Every routing says why, in words that are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank

Traits = Mapping[str, frozenset[str]]
"""What is known of a matter, by name: kind, sub_kind, category, stage, tier, rank, and region with all above it."""


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One row: it fits when every trait it asks for is there; what it does not name is not asked."""

    code: str
    line_id: UUID
    support_line_ids: tuple[UUID, ...]
    asks: Traits
    words: str

    def fits(self, traits: Traits) -> bool:
        """Whether this row speaks of such a problem."""
        return all(wanted & traits.get(name, frozenset()) for name, wanted in self.asks.items())


@dataclass(frozen=True, slots=True)
class Route:
    """The decision and its reading in words; `unit` is None when the office must decide by hand."""

    unit: UnitEntry | None
    line_id: UUID | None
    support_unit_ids: tuple[UUID, ...]
    rule_code: str
    words: str


def route(*, traits: Traits, region_id: UUID, rules: Sequence[RoutingRule], directory: Directory) -> Route:
    """Find the unit that keeps the matter's line at the lowest level, from the region up to its county."""
    rule = next((row for row in rules if row.fits(traits)), None)
    if rule is None:
        return Route(None, None, (), "", "没有适用的分发规则，转属地活动办公室人工交办。")
    line = directory.lines[rule.line_id]
    unit = nearest_keeper(directory, region_id, rule.line_id)
    if unit is None or unit.is_consulted:
        words = f"{rule.words}；本地没有承担“{line.name}”条线的单位，转属地活动办公室。"
        return Route(None, rule.line_id, (), rule.code, words)
    helpers = (nearest_keeper(directory, region_id, line_id) for line_id in rule.support_line_ids)
    support = tuple(dict.fromkeys(helper.id for helper in helpers if helper and helper.id != unit.id))
    return Route(unit, rule.line_id, support, rule.code, f"{rule.words}；{unit.name}承担“{line.name}”条线。")


def traits_of(
    *, kind: str, sub_kind: str, stage: str, category: str, tier: str, path: Sequence[RegionEntry]
) -> Traits:
    """What is known of a matter by name; `path` are its region and all above it, root first."""
    return {
        "kind": frozenset({kind}), "sub_kind": frozenset({sub_kind}), "stage": frozenset({stage}),
        "category": frozenset({category}), "tier": frozenset({tier}), "rank": frozenset({str(path[-1].rank.value)}),
        "region": frozenset(region.code for region in path),
    }


def nearest_keeper(directory: Directory, region_id: UUID, line_id: UUID) -> UnitEntry | None:
    """The unit keeping a line in the region, or in the nearest region above within the same county or city."""
    for region in reversed(directory.path(region_id)):
        if region.rank in (Rank.CITY, Rank.PROVINCE) and region.id != region_id:
            return None
        unit = directory.keeper(region.id, line_id)
        if unit is not None:
            return unit
    return None
