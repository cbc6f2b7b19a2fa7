"""Who receives a complaint: a designated body of the region above those it is about, never they themselves. Pure.

Regions climb by the edge they report through. Where the region above has no such body, the next one above receives;
above the root there is nobody, so what is said against a body of the root goes to another designated body of the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of


@dataclass(frozen=True, slots=True)
class Accused:
    """Whom a complaint is about: a unit, or somebody named in words; in either case the region it belongs to."""

    region_id: UUID
    unit_id: UUID | None = None


def receiver_of(accused: Accused, slugs: Sequence[str], here: Directory) -> UnitEntry | None:
    """The body that receives a complaint; None only where the package names nobody fit (its check refuses such a one).

    `slugs` are the designated bodies in the order of the package; a unit's code is its region's code and its slug.
    """
    for region in regions_above(accused.region_id, here):
        for slug in slugs:
            unit = here.unit_coded(f"{region.code}-{slug}")
            if unit is not None and not is_bound_to(unit, accused, here):
                return unit
    return None


def regions_above(region_id: UUID, here: Directory) -> list[RegionEntry]:
    """The regions that may receive what is said against a region's people, the nearest first; of the root, itself."""
    path = here.path(region_id)
    return path[-2::-1] if len(path) > 1 else path


def is_bound_to(unit: UnitEntry, accused: Accused, here: Directory) -> bool:
    """Whether a body is the accused itself, or one stands in the other's house."""
    about = here.units.get(accused.unit_id) if accused.unit_id else None
    return about is not None and (unit.id == about.id or unit.host_id == about.id or about.host_id == unit.id)


def may_unseal(unit: UnitEntry) -> bool:
    """Whether a body is of a kind whose officers may hold sealed complaints at all."""
    return not unit.is_consulted and Permission.UNSEAL in permissions_of(unit.kind, PostKind.OFFICER)


def bodies_to_refer_to(accused: Accused, holder_id: UUID, here: Directory) -> list[UnitEntry]:
    """The bodies in the system that a complaint may be referred to, the nearest level first: above the accused, not the
    accused, not the holder.
    """
    levels = [region.id for region in regions_above(accused.region_id, here)]
    bodies = [
        unit for unit in here.units.values()
        if unit.region_id in levels and unit.id != holder_id and may_unseal(unit) and not is_bound_to(unit, accused, here)
    ]
    return sorted(bodies, key=lambda unit: (levels.index(unit.region_id), unit.code))
