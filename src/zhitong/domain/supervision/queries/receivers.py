"""The units that an instruction may be given to, as a form offers them: one's own region's, and the offices just below."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.organisations.scope import Viewer

Group = tuple[str, list[tuple[str, str]]]


def units_to_instruct(viewer: Viewer) -> list[Group]:
    """Groups of (unit id, name): the working units of the viewer's region that are not merely consulted, and the campaign
    offices of the regions directly below. No query of its own."""
    here = directory()
    own = [unit for unit in here.units.values() if unit.region_id == viewer.region_id and _works(unit)]
    groups = [(here.regions[viewer.region_id].name, _named(sorted(own, key=lambda unit: unit.code)))]
    below = _named(_offices_below(viewer.region_id, here))
    return [*groups, ("下级活动办公室", below)] if below else groups


def _works(unit: UnitEntry) -> bool:
    return not unit.is_consulted and Permission.HANDLE in permissions_of(unit.kind, PostKind.OFFICER)


def _offices_below(region_id: UUID, here: Directory) -> list[UnitEntry]:
    offices = {unit.region_id: unit for unit in here.units.values() if unit.kind is UnitKind.CAMPAIGN_OFFICE}
    return [offices[region.id] for region in here.children(region_id) if region.id in offices]


def _named(units: list[UnitEntry]) -> list[tuple[str, str]]:
    return [(str(unit.id), unit.name) for unit in units]
