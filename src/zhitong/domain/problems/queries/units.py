"""To whom an office may hand a problem: the units between the problem's region and the office's own, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.kinds import SpellKind
from zhitong.domain.problems.rules.routing import nearest_keeper
from zhitong.domain.problems.rules.sharing import is_of_same_level
from zhitong.domain.problems.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class ChargeableUnit:
    """A unit as an office chooses it. `through` names the contact unit of a body that can only be consulted."""

    id: UUID
    name: str
    region: str
    is_suggested: bool = False
    through: str = ""


def units_to_charge(viewer: Viewer, standing: Standing) -> list[ChargeableUnit]:
    """The units of each region on the way from the problem's region up to the viewer's, lowest region first.

    Where the matter has a line, the nearest unit that keeps it comes first as the suggestion. The unit that handles it
    now is left out. No query of its own.
    """
    here = directory()
    path = here.path(standing.region_id)
    within = path[next((place for place, one in enumerate(path) if one.id == viewer.region_id), len(path)):]
    holder = standing.accountable_unit_id if standing.spell and standing.spell.kind is SpellKind.HANDLING else None
    suggested = _suggested(standing, within, holder, here)
    found = [
        _choice(unit, region, here)
        for region in reversed(within)
        for unit in sorted(_working(region, here), key=lambda unit: (unit.is_consulted, unit.code))
        if unit.id not in (holder, suggested.id if suggested else None)
    ]
    if suggested is None:
        return found
    first = ChargeableUnit(suggested.id, suggested.name, here.regions[suggested.region_id].name, is_suggested=True)
    return [first, *found]


def units_to_offer(standing: Standing) -> list[ChargeableUnit]:
    """The other units of the level where a matter stands, to whom its unit may offer it. No query of its own."""
    here, spell = directory(), standing.spell
    if spell is None:
        return []
    found = [
        unit for unit in here.units.values()
        if unit.id != spell.unit_id and not unit.is_consulted and _works(unit)
        and is_of_same_level(unit, spell.region_id, here)
    ]
    return [_choice(unit, here.regions[unit.region_id], here) for unit in sorted(found, key=lambda unit: unit.code)]


def units_to_invite(standing: Standing) -> list[ChargeableUnit]:
    """The units between the problem's region and its level's office that may be asked to take part. No query of its own."""
    here = directory()
    office, path = here.office(standing.level_region_id), here.path(standing.region_id)
    within = path[next((place for place, one in enumerate(path) if office and one.id == office.region_id), len(path)):]
    taken = {standing.accountable_unit_id, *standing.asked_unit_ids}
    return [
        _choice(unit, region, here)
        for region in reversed(within)
        for unit in sorted(_working(region, here), key=lambda unit: unit.code)
        if unit.id not in taken and not unit.is_consulted
    ]


def bodies_to_consult(standing: Standing) -> list[ChargeableUnit]:
    """The bodies outside the territory chain whose contact unit has the matter. No query of its own."""
    here = directory()
    found = [unit for unit in here.units.values()
             if unit.is_consulted and unit.contact_unit_id == standing.accountable_unit_id]
    return [ChargeableUnit(unit.id, unit.name, here.regions[unit.region_id].name)
            for unit in sorted(found, key=lambda unit: unit.code)]


def _suggested(standing: Standing, within: list[RegionEntry], holder: UUID | None, here: Directory) -> UnitEntry | None:
    if standing.line_id is None or not within:
        return None
    unit = nearest_keeper(here, standing.region_id, standing.line_id)
    is_within = unit is not None and unit.region_id in {region.id for region in within}
    is_free = unit is not None and not unit.is_consulted and unit.id != holder
    return unit if is_within and is_free else None


def _working(region: RegionEntry, here: Directory) -> list[UnitEntry]:
    """The units of a region whose officers may handle problems."""
    return [unit for unit in here.units.values() if unit.region_id == region.id and _works(unit)]


def _works(unit: UnitEntry) -> bool:
    return Permission.HANDLE in permissions_of(unit.kind, PostKind.OFFICER)


def _choice(unit: UnitEntry, region: RegionEntry, here: Directory) -> ChargeableUnit:
    contact = here.units.get(unit.contact_unit_id) if unit.is_consulted and unit.contact_unit_id else None
    through = contact.name if contact else "对口联系单位" if unit.is_consulted else ""
    return ChargeableUnit(unit.id, unit.name, region.name, through=through)
