"""Telling units, and marking what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.notices.models import Notice
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import Viewer


@dataclass(frozen=True, slots=True)
class Telling:
    """One unit to be told of one fact."""

    unit_id: UUID
    kind: NoticeKind
    thing_kind: str
    thing_id: UUID
    thing_number: str
    fact_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class GoingOut:
    """A notice that is to be told outside."""

    id: UUID
    unit_id: UUID
    kind: NoticeKind
    thing_kind: str
    thing_number: str
    fact_id: UUID
    at: datetime


def tell(tellings: Sequence[Telling]) -> None:
    """Give units their notices; telling the same fact again adds nothing (a follower may repeat itself)."""
    Notice.objects.bulk_create(
        [Notice(unit_id=one.unit_id, kind=one.kind.value, thing_kind=one.thing_kind, thing_id=one.thing_id,
                thing_number=one.thing_number, fact_id=one.fact_id, at=one.at, goes_out=True) for one in tellings],
        ignore_conflicts=True,
    )


def mark_notices_read(viewer: Viewer, ids: Sequence[UUID] | None = None, *, now: datetime) -> int:
    """Mark notices of the unit as read, all of them where none is named; returns how many were not read before."""
    unread = Notice.objects.filter(unit_id=viewer.unit_id, read_at__isnull=True)
    return (unread if ids is None else unread.filter(id__in=ids)).update(read_at=now)


def mark_read(viewer: Viewer, thing_id: UUID, *, now: datetime) -> int:
    """Mark the unit's notices about a thing as read, when somebody of the unit opens it; returns how many."""
    unread = Notice.objects.filter(unit_id=viewer.unit_id, thing_id=thing_id, read_at__isnull=True)
    return unread.update(read_at=now)


def hand_out(*, limit: int) -> list[GoingOut]:
    """Notices that are to be told outside, the oldest first; they are handed out once. Inside the caller's transaction.

    Another process at the same work gets others.
    """
    rows = list(Notice.objects.select_for_update(skip_locked=True).filter(goes_out=True).order_by("id")[:limit])
    Notice.objects.filter(id__in=[row.id for row in rows]).update(goes_out=False)
    return [
        GoingOut(row.id, row.unit_id, NoticeKind(row.kind), row.thing_kind, row.thing_number, row.fact_id, row.at) for row in rows
    ]
