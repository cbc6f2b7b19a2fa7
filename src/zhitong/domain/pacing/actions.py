"""Taking from a bucket, exact across processes, and forgetting buckets that are full."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection

from zhitong.domain.pacing.models import Bucket
from zhitong.domain.pacing.rules import TOGETHER, Asker, Asking, Pace

MOST_KNOWN = 20_000
"""Askers that one process remembers; those who asked longest ago are forgotten first."""
_KEPT_FOR = timedelta(minutes=1)

Held = TypeVar("Held")

# The bucket as one moment: it is emptied by moving that moment on, and refused when the moment would lie too far ahead.
_TAKE = """
INSERT INTO pacing_bucket AS held (key, full_at) VALUES (%(key)s, %(now)s + %(cost)s)
ON CONFLICT (key) DO UPDATE SET full_at = greatest(held.full_at, %(now)s) + %(cost)s
WHERE greatest(held.full_at, %(now)s) + %(cost)s <= %(now)s + %(room)s
RETURNING full_at
"""


def take(key: str, pace: Pace, *, now: datetime, several: int = 1) -> timedelta:
    """Take one or several from a bucket; zero when they were there, else how long until they are, and nothing is taken.

    One statement when there is room, two when there is not. Call it outside the transaction of the work it lets in.
    """
    cost = pace.each * several
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"key": key, "now": now, "cost": cost, "room": pace.room}
        cursor.execute(_TAKE, asked)
        if cursor.fetchone():
            return timedelta()
        cursor.execute("SELECT full_at FROM pacing_bucket WHERE key = %s", [key])
        row = cursor.fetchone()
    return max(row[0] + cost - pace.room - now, timedelta(milliseconds=1)) if row else timedelta()


def forget_full(now: datetime) -> int:
    """Drop the buckets that are full: who has none has a full one. For the worker; returns how many."""
    return Bucket.objects.filter(full_at__lt=now).delete()[0]


class Purse:
    """What one process holds of the buckets: looks taken in advance, and who has to wait, so that a flood costs no statement."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._shut: OrderedDict[str, datetime] = OrderedDict()

    def spend(self, asker: Asker, name: str, asking: Asking, pace: Pace, *, now: datetime) -> timedelta:
        """Let one request in, or tell how long it has to wait."""
        key = hashlib.sha256(f"{asker} {asking} {name}".encode()).hexdigest()
        with self._lock:
            until = self._shut.get(key)
            if until is not None and now < until:
                return until - now
            if self._has_held(key, now):
                return timedelta()
        several = min(TOGETHER, pace.at_once) if asking is Asking.READ else 1
        wait = take(key, pace, now=now, several=several)
        with self._lock:
            if wait:
                _remember(self._shut, key, now + wait)
            elif several > 1:
                _remember(self._held, key, (several - 1, now + _KEPT_FOR))
        return wait

    def _has_held(self, key: str, now: datetime) -> bool:
        left, until = self._held.pop(key, (0, now))
        if not left or until < now:
            return False
        self._held[key] = (left - 1, until)
        return True


def _remember(kept: OrderedDict[str, Held], key: str, held: Held) -> None:
    kept[key] = held
    kept.move_to_end(key)
    while len(kept) > MOST_KNOWN:
        kept.popitem(last=False)
