"""Where a problem goes first: category × kind × tier × rank to a line of work, and from the line to a unit. Pure.

What no rule matches, and what matches a line that nobody keeps nearby, goes to the desk of the region's campaign
office. Every routing says why, in words that are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank

Traits = Mapping[str, frozenset[str]]
"""What is known of a matter, by name: kind, sub_kind, category, stage, tier, rank, and region with all above it."""


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One row: it fits when every trait it asks for is there; what it does not name is not asked.

    The first line leads (主办), the joint ones lead with it (共同牵头). `direct` names the rank whose keeper gets the matter
    at once (直办), past the levels below.
    """

    code: str
    line_id: UUID
    support_line_ids: tuple[UUID, ...]
    asks: Traits
    words: str
    joint_line_ids: tuple[UUID, ...] = ()
    direct: Rank | None = None

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
    joint_unit_ids: tuple[UUID, ...] = ()


def route(*, traits: Traits, region_id: UUID, rules: Sequence[RoutingRule], directory: Directory) -> Route:
    """Find the unit that keeps the matter's line at the lowest level, from the region up to its county."""
    rule = next((row for row in rules if row.fits(traits)), None)
    if rule is None:
        return Route(None, None, (), "", "没有适用的分发规则，转属地活动办公室人工交办。")
    line = directory.lines[rule.line_id]
    keeper = _keeper(directory, region_id, rule.line_id, rule.direct)
    unit = charged_for(keeper, region_id, directory) if keeper else None
    if keeper is None or unit is None:
        where = f"{rule.direct.label}没有" if rule.direct else "本地没有"
        words = f"{rule.words}；{where}承担“{line.name}”条线的单位，转属地活动办公室。"
        return Route(None, rule.line_id, (), rule.code, words)
    leads = [_keeper(directory, region_id, line_id, rule.direct) for line_id in rule.joint_line_ids]
    joint = _ids((one for one in leads if one and not one.is_consulted), {unit.id})
    helpers = (nearest_keeper(directory, region_id, line_id) for line_id in rule.support_line_ids)
    support = _ids(helpers, {unit.id, *joint})
    return Route(unit, rule.line_id, support, rule.code, _words(rule, keeper, unit, joint, directory), joint)


def charged_for(keeper: UnitEntry, region_id: UUID, directory: Directory) -> UnitEntry | None:
    """The unit that is charged where a line is kept by `keeper`: itself, or the contact unit of a body that is consulted.

    None when nobody of the problem's own territory asks that body. Source: R-B8.
    """
    if not keeper.is_consulted:
        return keeper
    contact = directory.units.get(keeper.contact_unit_id) if keeper.contact_unit_id else None
    within = {region.id for region in directory.path(region_id)}
    return contact if contact and not contact.is_consulted and contact.region_id in within else None


def _keeper(directory: Directory, region_id: UUID, line_id: UUID, direct: Rank | None) -> UnitEntry | None:
    """The unit keeping a line near the region; where a rule goes direct, in the nearest region of that rank above it."""
    if direct is None:
        return nearest_keeper(directory, region_id, line_id)
    keepers = (
        directory.keeper(region.id, line_id) for region in reversed(directory.path(region_id)) if region.rank is direct
    )
    return next((unit for unit in keepers if unit is not None), None)


def _ids(units: Iterable[UnitEntry | None], known: Set[UUID]) -> tuple[UUID, ...]:
    """The ids of units, each once, but for those that take part already."""
    return tuple(dict.fromkeys(unit.id for unit in units if unit and unit.id not in known))


def _words(
    rule: RoutingRule, keeper: UnitEntry, unit: UnitEntry, joint: Sequence[UUID], directory: Directory
) -> str:
    """Why the unit is charged, and who leads with it."""
    line = directory.lines[rule.line_id].name
    why = f"{keeper.name}承担“{line}”条线"
    if keeper.id != unit.id:
        why += f"，不在属地管理序列，由对口联系单位{unit.name}承办并商请"
    if rule.direct is not None:
        why += f"，按规则由{rule.direct.label}直办"
    if joint:
        why += f"；{'、'.join(directory.units[one].name for one in joint)}共同牵头，{unit.name}主办"
    return f"{rule.words}；{why}。"


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
