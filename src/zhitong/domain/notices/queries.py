"""What a viewer's unit has been told and has not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.notices.models import Notice
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import Viewer


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as a page shows it: the thing's number leads to the thing."""

    id: UUID
    kind: NoticeKind
    thing_kind: str
    thing_number: str
    at: datetime


def unread_for(viewer: Viewer, *, limit: int = 20) -> list[NoticeRow]:
    """The unit's unread notices, newest first, in one query."""
    rows = Notice.objects.filter(unit_id=viewer.unit_id, read_at__isnull=True).order_by("-id")[:limit]
    return [NoticeRow(row.id, NoticeKind(row.kind), row.thing_kind, row.thing_number, row.at) for row in rows]
