"""Who may approve a plan, who may be looked at, and how often each was looked at this year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from zhitong.domain.inspections.models import Inspection
from zhitong.domain.inspections.rules.kinds import InspectionState
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer

_LOOKED_AT = frozenset({
    UnitKind.GOVERNMENT, UnitKind.CAMPAIGN_OFFICE, UnitKind.DEPARTMENT, UnitKind.PARTY_BODY, UnitKind.WORK_GROUP, UnitKind.TASK_FORCE,
})


def approvers_for(viewer: Viewer) -> list[UnitEntry]:
    """The inspection offices of the viewer's region, or of the nearest above that has any; by code."""
    here = directory()
    for region in reversed(here.path(viewer.region_id)):
        found = [one for one in here.units.values() if one.kind is UnitKind.INSPECTION_OFFICE and one.region_id == region.id]
        if found:
            return sorted(found, key=lambda one: one.code)
    return []


def objects_for(viewer: Viewer) -> list[UnitEntry]:
    """The units that the viewer's unit may look at: those that do the work in its territory, its own region's first."""
    here = directory()
    places = {region: place for place, region in enumerate(here.within(viewer.region_id))}
    units = (one for one in here.units.values() if one.kind in _LOOKED_AT and one.region_id in places and one.id != viewer.unit_id)
    return sorted(units, key=lambda one: (places[one.region_id], one.code))


def times_looked_at(viewer: Viewer, unit_ids: Collection[UUID], *, on: date) -> Mapping[UUID, int]:
    """How often each unit is an object of an approved inspection that begins in the year of `on`, from the viewer's level
    or below as far as he sees (one query)."""
    year = Q(since_on__year=on.year, state__in=[InspectionState.APPROVED.value, InspectionState.ENDED.value])
    counts = dict.fromkeys(unit_ids, 0)
    for objects in Inspection.objects.filter(year, objects_of__overlap=list(unit_ids)).values_list("objects_of", flat=True):
        for one in objects:
            if one in counts:
                counts[one] += 1
    return counts
