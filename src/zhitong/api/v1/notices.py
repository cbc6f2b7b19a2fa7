"""Notices: what the unit of this post has been told, and marking it read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, reads, writes
from zhitong.api.pages import Limit
from zhitong.api.words import Labelled, Said, Shape, labelled
from zhitong.domain.notices.actions import mark_notices_read
from zhitong.domain.notices.queries import NoticeRow, count_unread, read_by, unread_for

router = Router()
MOST_MARKED = 1000


class Notice(Shape):
    """A notice: what happened, to which thing, when, and when the unit read it."""

    id: UUID
    kind: Labelled
    thing_kind: str
    thing_id: UUID
    thing: str
    at: datetime
    read_at: datetime | None


class Notices(Shape):
    """Unread ones, newest first, and those read; `next` is that after which the next page of those begins."""

    count: int
    unread: list[Notice]
    read: list[Notice]
    next: UUID | None


class NoticesRead(Said):
    """Which are read; none named: all."""

    ids: list[UUID] | None = Field(None, max_length=MOST_MARKED)


class Marked(Shape):
    """How many were not read before."""

    count: int


@reads(router, "/notices", answer=Notices, summary="站内消息：未读在前，已读的翻页")
def notices(request: Request, after: UUID | None = None, limit: Limit = 50) -> Notices:
    """What the viewer's unit has been told."""
    read = read_by(request.viewer, after=after, limit=limit)
    return Notices(
        count=count_unread(request.viewer), unread=[_notice(one) for one in unread_for(request.viewer, limit=limit)],
        read=[_notice(one) for one in read], next=read[-1].id if len(read) == limit else None,
    )


@writes(router, "/notices/read", answer=Marked, summary="标为已读；不指明的全部标为已读")
def mark(request: Request, said: NoticesRead) -> Marked:
    """Mark notices of the viewer's unit as read."""
    return Marked(count=mark_notices_read(request.viewer, said.ids, now=request.now))


def _notice(one: NoticeRow) -> Notice:
    return Notice(
        id=one.id, kind=labelled(one.kind), thing_kind=one.thing_kind, thing_id=one.thing_id, thing=one.thing_number,
        at=one.at, read_at=one.read_at,
    )
