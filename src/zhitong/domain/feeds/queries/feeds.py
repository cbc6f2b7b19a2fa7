"""Whose feed an address is, and how one's own stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from zhitong.domain.feeds.models import Feed
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """How one's feed stands: since when it has an address (None: it has none), when it was last read by it."""

    opened_at: datetime | None
    read_at: datetime | None
    alarm_minutes: int | None
    shows_titles: bool
    may_show_titles: bool


def own_feed(viewer: Viewer) -> OwnFeed:
    """The feed of the viewer in this post; one query."""
    row = Feed.objects.filter(person_id=viewer.person_id, post_id=viewer.post_id).first()
    allowed = bool(settings.CALENDAR_TITLES)
    if row is None:
        return OwnFeed(None, None, None, False, allowed)
    return OwnFeed(row.opened_at if row.digest else None, row.read_at, row.alarm_minutes, row.shows_titles and allowed, allowed)


@transaction.atomic
def reader_of(secret: str, now: datetime) -> tuple[UUID, Viewer | None]:
    """The feed behind the secret of an address, and its person as he is in that post today: None where he no longer is.

    Raises NotFound: no feed has this address, or no longer.
    """
    digest = digest_of(secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.feed', %s, true)", [digest])
    row = Feed.objects.filter(digest=digest).first()
    if row is None:
        raise NotFound
    return row.id, viewer_for(row.person_id, row.post_id, day_of(now))


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
