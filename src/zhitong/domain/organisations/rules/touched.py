"""Where something happened: the regions and units whose desks, meters and lists it changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory


@dataclass(frozen=True, slots=True)
class Touched:
    """Regions and units by id, as the rooms name them: a region stands for itself alone here."""

    regions: frozenset[UUID] = frozenset()
    units: frozenset[UUID] = frozenset()

    def __or__(self, other: Touched) -> Touched:
        """Both together."""
        return Touched(self.regions | other.regions, self.units | other.units)


def touched_by(rows: Iterable[tuple[UUID | None, Iterable[UUID | None]]]) -> Touched:
    """All that rows of (region, units) name; None names nothing."""
    regions: set[UUID] = set()
    units: set[UUID] = set()
    for region_id, unit_ids in rows:
        regions |= {region_id} if region_id else set()
        units |= {unit_id for unit_id in unit_ids if unit_id}
    return Touched(frozenset(regions), frozenset(units))


def with_those_above(region_ids: Iterable[UUID], here: Directory) -> set[UUID]:
    """The regions, all they report through, and those in which one of them is shown beside."""
    found: set[UUID] = set()
    for region_id in region_ids:
        if region_id in here.regions:
            found |= {region.id for region in here.path(region_id)}
    return found | {parent_id for parent_id, shown in here.shown.items() if not found.isdisjoint(shown)}
