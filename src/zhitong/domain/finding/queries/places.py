"""Regions and units found by name, pinyin and initials."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from zhitong.domain.finding.queries.asking import Asked, Group, Hit, grouped, notes_of
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.organisations.queries import directory, search_territory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry, UnitEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.rules.names import initials_of

_initials = cache(initials_of)


def place_groups(viewer: Viewer, asked: Asked, limit: int) -> tuple[Group, Group]:
    """Regions and units, the highest first, inside the region asked for (three queries).

    Raises NotFound: the viewer is no official.
    """
    here = directory()
    found = search_territory(viewer, asked.words.strip())
    regions = [one for one in (*found.regions, *_by_initials(asked, here, found.regions)) if _inside(one.id, asked, here)]
    units = [one for one in found.units if _inside(one.region_id, asked, here)]
    return (
        grouped(FoundKind.REGION, (_region(one, here) for one in regions), limit),
        grouped(FoundKind.UNIT, (_unit(one, here) for one in units), limit),
    )


def _by_initials(asked: Asked, here: Directory, known: tuple[RegionEntry, ...]) -> list[RegionEntry]:
    letters = "".join(asked.phrases)
    if not letters.isascii():
        return []
    every = sorted(here.regions.values(), key=lambda one: one.position)
    return [one for one in every if one not in known and letters in (_initials(one.name), _initials(one.short))]


def _inside(region_id: UUID, asked: Asked, here: Directory) -> bool:
    return asked.region_id is None or asked.region_id in {one.id for one in here.path(region_id)}


def _region(one: RegionEntry, here: Directory) -> Hit:
    above = here.regions[one.parent_id].name if one.parent_id else ""
    return Hit(FoundKind.REGION, one.code, one.name, notes_of(one.rank.label, one.kind.label, above))


def _unit(one: UnitEntry, here: Directory) -> Hit:
    return Hit(FoundKind.UNIT, one.code, one.name, notes_of(one.kind.label, here.regions[one.region_id].name))
