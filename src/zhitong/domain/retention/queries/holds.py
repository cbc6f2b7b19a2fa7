"""Holds of the viewer's territory, and who was erased there under which number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from zhitong.domain.organisations.queries import directory, person_names
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.retention.models import Erasure, Hold
from zhitong.domain.retention.queries.terms import require_keeper
from zhitong.domain.retention.rules.words import HoldKind
from zhitong.kit.refusals import NotFound

MOST = 500
Row = TypeVar("Row", Hold, Erasure)


@dataclass(frozen=True, slots=True)
class HoldTold:
    """A hold that runs: `name` is a person's name, or a firm's code; `region` its place."""

    id: UUID
    kind: HoldKind
    thing_id: UUID
    name: str
    region: str
    reason: str
    until: date
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class ErasureTold:
    """Somebody erased, or about to be: `done_at` is None until the worker has been there."""

    id: UUID
    number: int
    region: str
    asked_by: str
    asked_at: datetime
    done_at: datetime | None
    rows: int


def holds_for(viewer: Viewer, today: date) -> list[HoldTold]:
    """The holds that run in the viewer's territory, the newest first, some hundred at most; three queries. Raises NotYours."""
    require_keeper(viewer)
    return _told(_within(Hold.objects.filter(ended_at__isnull=True, until__gte=today), viewer))


def hold_opened(viewer: Viewer, hold_id: UUID, today: date) -> HoldTold:
    """One hold that runs. Raises NotYours. Raises NotFound: it is over, or lies elsewhere."""
    require_keeper(viewer)
    found = _told(_within(Hold.objects.filter(id=hold_id, ended_at__isnull=True, until__gte=today), viewer))
    if not found:
        raise NotFound
    return found[0]


def erasures_for(viewer: Viewer) -> list[ErasureTold]:
    """Who was erased in the viewer's territory, the newest first, some hundred at most; two queries. Raises NotYours."""
    require_keeper(viewer)
    rows = list(_within(Erasure.objects.all(), viewer).order_by("-number")[:MOST])
    names, regions = person_names({row.asked_by_id for row in rows}), directory().regions
    return [
        ErasureTold(
            row.id, row.number, regions[row.region_id].name, names.get(row.asked_by_id, ""), row.asked_at, row.done_at, row.rows
        )
        for row in rows
    ]


def is_held(kind: HoldKind, thing_id: UUID, today: date) -> bool:
    """Whether a hold runs on a thing; one query. Whose business it is the caller asks."""
    return Hold.objects.filter(kind=kind.value, thing_id=thing_id, ended_at__isnull=True, until__gte=today).exists()


def _within(rows: QuerySet[Row], viewer: Viewer) -> QuerySet[Row]:
    return rows.filter(region_id__in=directory().within(viewer.region_id)) if first_wall_stands() else rows


def _told(rows: QuerySet[Hold]) -> list[HoldTold]:
    found = list(rows.order_by("-set_at", "id")[:MOST])
    names = person_names({row.set_by_id for row in found} | {row.thing_id for row in found if row.kind == str(HoldKind.PERSON)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, code FROM retention_codes_held()")
        codes = dict(cursor.fetchall())
    regions = directory().regions
    return [
        HoldTold(
            row.id, HoldKind(row.kind), row.thing_id,
            names.get(row.thing_id, "") if row.kind == str(HoldKind.PERSON) else codes.get(row.thing_id, ""),
            regions[row.region_id].name, row.reason, row.until, names.get(row.set_by_id, ""), row.set_at,
        )
        for row in found
    ]
