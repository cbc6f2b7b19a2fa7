"""What a viewer's unit has been told: what it has not read, and all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.notices.models import Notice
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as a page shows it: the thing's number leads to the thing."""

    id: UUID
    kind: NoticeKind
    thing_kind: str
    thing_number: str
    at: datetime
    thing_id: UUID
    read_at: datetime | None = None


def unread_for(viewer: Viewer, *, limit: int = 20) -> list[NoticeRow]:
    """The unit's unread notices, newest first, in one query."""
    rows = Notice.objects.filter(unit_id=viewer.unit_id, read_at__isnull=True).order_by("-id")[:limit]
    return [_row(row) for row in rows]


def notice(viewer: Viewer, notice_id: UUID) -> NoticeRow:
    """One notice of the unit's. Raises NotFound: there is none such."""
    row = Notice.objects.filter(id=notice_id, unit_id=viewer.unit_id).first()
    if row is None:
        raise NotFound
    return _row(row)


def read_by(viewer: Viewer, *, after: UUID | None = None, limit: int = 50) -> list[NoticeRow]:
    """What the unit has read, newest first, after a notice where one is named; one query."""
    rows = Notice.objects.filter(unit_id=viewer.unit_id, read_at__isnull=False).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [_row(row) for row in rows[:limit]]


def count_unread(viewer: Viewer, *, most: int = 1000) -> int:
    """How many the unit has not read, counted up to `most`; one query."""
    return len(Notice.objects.filter(unit_id=viewer.unit_id, read_at__isnull=True).values_list("id")[:most])


def units_told_of(fact_ids: Sequence[UUID]) -> set[UUID]:
    """The units that have been told of these facts; one query, for the worker's login."""
    return set(Notice.objects.filter(fact_id__in=fact_ids).values_list("unit_id", flat=True))


def read_among(notice_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these notices that have been read; one query, for the worker's login."""
    return set(Notice.objects.filter(id__in=notice_ids, read_at__isnull=False).values_list("id", flat=True))


def _row(row: Notice) -> NoticeRow:
    return NoticeRow(row.id, NoticeKind(row.kind), row.thing_kind, row.thing_number, row.at, row.thing_id, row.read_at)
