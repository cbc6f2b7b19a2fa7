"""Reading a feed: what falls due now, held against what was shown before, written as a calendar."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from zhitong.domain.feeds.models import Feed, FeedEvent
from zhitong.domain.feeds.queries.due import entries_for
from zhitong.domain.feeds.queries.feeds import reader_of
from zhitong.domain.feeds.rules.entries import Shown, what_became
from zhitong.domain.feeds.rules.writing import written
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.organisations.scope import Viewer, acting_as

_FIELDS = ("summary", "at", "on", "sequence", "changed_at", "gone_at")


def read_by_secret(secret: str, *, now: datetime) -> bytes:
    """The calendar at a secret address, empty where its person no longer holds the post.

    Raises NotFound: no feed has this address, or no longer.
    """
    feed_id, viewer = reader_of(secret, now)
    if viewer is None:
        return written(feed_id, [], alarm_minutes=None, site="")
    with acting_as(viewer):
        Feed.objects.filter(id=feed_id).update(read_at=now)
        return _read(viewer, Feed.objects.select_for_update().get(id=feed_id), now)


@transaction.atomic
def read_own(viewer: Viewer, *, now: datetime) -> bytes:
    """The viewer's own calendar in this post, for who is signed in."""
    Feed.objects.bulk_create([Feed(person_id=viewer.person_id, post_id=viewer.post_id)], ignore_conflicts=True)
    return _read(viewer, Feed.objects.select_for_update().get(person_id=viewer.person_id, post_id=viewer.post_id), now)


def _read(viewer: Viewer, feed: Feed, now: datetime) -> bytes:
    """Inside the viewer's transaction, the feed locked: two readings at once count no change twice."""
    rows = {row.key: row for row in FeedEvent.objects.filter(feed_id=feed.id)}
    before = {key: _shown(row) for key, row in rows.items()}
    with_titles = feed.shows_titles and bool(settings.CALENDAR_TITLES)
    after = what_became(before, entries_for(viewer, now=now), now, with_titles=with_titles)
    _keep(feed.id, rows, before, after)
    return written(feed.id, after, alarm_minutes=feed.alarm_minutes, site=wires_in_force().site)


def _keep(feed_id: UUID, rows: dict[str, FeedEvent], before: dict[str, Shown], after: list[Shown]) -> None:
    """Write what is new, what has changed, and drop what was cancelled long ago; three statements at most."""
    changed = [one for one in after if before.get(one.key) is not one]
    for one in changed:
        if one.key in rows:
            for field in _FIELDS:
                setattr(rows[one.key], field, getattr(one, field))
    FeedEvent.objects.bulk_update([rows[one.key] for one in changed if one.key in rows], list(_FIELDS))
    FeedEvent.objects.bulk_create([
        FeedEvent(feed_id=feed_id, key=one.key, **{field: getattr(one, field) for field in _FIELDS})
        for one in changed if one.key not in rows
    ])
    over = before.keys() - {one.key for one in after}
    if over:
        FeedEvent.objects.filter(feed_id=feed_id, key__in=over).delete()


def _shown(row: FeedEvent) -> Shown:
    return Shown(row.key, row.summary, row.at, row.on, row.sequence, row.changed_at, row.gone_at)
