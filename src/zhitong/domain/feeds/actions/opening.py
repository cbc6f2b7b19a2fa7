"""Giving a feed an address of its own, and taking it away."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from zhitong.domain.feeds.models import Feed
from zhitong.domain.feeds.queries.feeds import digest_of
from zhitong.domain.feeds.rules.entries import ALARMS, FeedFact
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import BadInput, NotFound


@transaction.atomic
def open_feed(
    viewer: Viewer, *, alarm_minutes: int | None, shows_titles: bool, actor: Actor, now: datetime
) -> str:
    """Give the viewer's feed in this post a new secret address; one it had before no longer works. The secret is told once.

    Titles are shown only where the installation allows them. Raises BadInput: no such alarm can be chosen.
    """
    if alarm_minutes is not None and alarm_minutes not in ALARMS:
        sentence = "请从列出的提前时间中选择。"
        raise BadInput(sentence, {"alarm_minutes": sentence})
    secret = secrets.token_urlsafe(32)
    row, _is_new = Feed.objects.update_or_create(person_id=viewer.person_id, post_id=viewer.post_id, defaults={
        "digest": digest_of(secret), "opened_at": now, "read_at": None, "alarm_minutes": alarm_minutes,
        "shows_titles": shows_titles and bool(settings.CALENDAR_TITLES),
    })
    record(FeedFact.OPENED.value, thing_kind="feed", thing_id=row.id, actor=actor, at=now, body={"titles": row.shows_titles})
    return secret


@transaction.atomic
def close_feed(viewer: Viewer, *, actor: Actor, now: datetime) -> None:
    """Let the address of the viewer's feed lead nowhere. Raises NotFound: it has none."""
    row = Feed.objects.select_for_update().filter(person_id=viewer.person_id, post_id=viewer.post_id).exclude(digest="").first()
    if row is None:
        raise NotFound
    Feed.objects.filter(id=row.id).update(digest="", opened_at=None)
    record(FeedFact.CLOSED.value, thing_kind="feed", thing_id=row.id, actor=actor, at=now)
