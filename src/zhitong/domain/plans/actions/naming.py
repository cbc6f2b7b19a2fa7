"""Which unit a paper means by a printed name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.models import RegionWithin, Unit, UnitAlias
from zhitong.domain.organisations.rules.kinds import UnitKind


def units_by_name(names: Collection[str], region_id: UUID) -> dict[str, UUID]:
    """The unit that each printed name means in a region's paper: one of the region, else of one above, else below.

    A name that nobody bears, or that two units bear equally near, is left out. Three queries.
    """
    standing = Unit.objects.filter(ended_on__isnull=True).exclude(kind=UnitKind.SERVED.value)
    found: dict[str, set[tuple[UUID, UUID]]] = defaultdict(set)
    for unit_id, region, name, short in standing.filter(Q(name__in=names) | Q(short__in=names)).values_list(
        "id", "region_id", "name", "short"
    ):
        found[name].add((unit_id, region))
        found[short].add((unit_id, region))
    for unit_id, region, name in UnitAlias.objects.filter(name__in=names, unit__in=standing).values_list(
        "unit_id", "unit__region_id", "name"
    ):
        found[name].add((unit_id, region))
    far = _steps_from(region_id)
    chosen = {name: _nearest(units, far) for name, units in found.items() if name in names}
    return {name: unit_id for name, unit_id in chosen.items() if unit_id}


def _steps_from(region_id: UUID) -> dict[UUID, int]:
    """How near regions stand to one: itself 0, those above 1, 2, …, those below after all above."""
    rows = RegionWithin.objects.filter(Q(region_id=region_id) | Q(ancestor_id=region_id))
    return {
        (ancestor if region == region_id else region): depth if region == region_id else 100 + depth
        for region, ancestor, depth in rows.values_list("region_id", "ancestor_id", "depth")
    }


def _nearest(units: Collection[tuple[UUID, UUID]], far: Mapping[UUID, int]) -> UUID | None:
    by_steps: dict[int, list[UUID]] = defaultdict(list)
    for unit_id, region in units:
        by_steps[far.get(region, 1000)].append(unit_id)
    nearest = by_steps[min(by_steps)]
    return nearest[0] if len(nearest) == 1 else None
