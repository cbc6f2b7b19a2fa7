"""How often each unit was pressed since a day, and how often it moved within two working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.supervision.models import Urging
from zhitong.domain.supervision.queries.sight import urgings_seen
from zhitong.domain.supervision.rules.kinds import UrgingKind

UNITS_MOST = 200


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """One unit's line: times pressed in each way, and times with an act within two working days."""

    id: UUID
    unit: str
    region: str
    reminded: int
    supervised: int
    instructed: int
    pressed: int
    acted: int
    waiting: int


def effects_by_unit(viewer: Viewer, *, since: datetime, now: datetime) -> list[UnitEffect]:
    """The units of the viewer's territory, or the viewer's own, the most pressed first, at most 200; one query.

    Urgings count that the viewer may see; one whose two days still run is `waiting` and neither moved nor not.
    """
    rows = (
        _within(viewer).filter(at__gte=since).values("unit_id")
        .annotate(
            pressed=Count("id"), acted=Count("id", filter=Q(effect_at__isnull=False)),
            waiting=Count("id", filter=Q(effect_at__isnull=True, effect_due_at__gte=now)),
            reminded=_of_kind(UrgingKind.REMIND), supervised=_of_kind(UrgingKind.SUPERVISE),
            instructed=_of_kind(UrgingKind.INSTRUCT),
        )
        .order_by("-pressed", "unit_id")[:UNITS_MOST]
    )
    here = directory()
    return [
        UnitEffect(
            row["unit_id"], unit.name, here.regions[unit.region_id].name, row["reminded"], row["supervised"],
            row["instructed"], row["pressed"], row["acted"], row["waiting"],
        )
        for row in rows if (unit := here.units.get(row["unit_id"])) is not None
    ]


def _of_kind(kind: UrgingKind) -> Count:
    return Count("id", filter=Q(kind=kind.value))


def _within(viewer: Viewer) -> QuerySet[Urging]:
    found = urgings_seen(viewer)
    if not first_wall_stands():
        return found
    if viewer.reach is not Reach.SUBTREE:
        return found.filter(unit_id=viewer.unit_id)
    if viewer.is_root:
        return found
    below = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    return found.filter(unit__region_id__in=below)
