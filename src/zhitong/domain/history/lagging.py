"""How far followers are behind the facts: for whoever keeps the installation running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

MOST_COUNTED = 10_000

_LAGS = """
SELECT follower.name, unread.number, unread.oldest_at,
       (SELECT count(*) FROM history_set_aside WHERE history_set_aside.follower = follower.name AND set_aside)
FROM history_follower follower CROSS JOIN LATERAL (
    SELECT count(*) AS number, min(at) AS oldest_at FROM (
        SELECT at FROM history_fact WHERE (xid, id) > (follower.xid::text::xid8, follower.fact_id)
        ORDER BY xid, id LIMIT %s
    ) AS next
) AS unread ORDER BY follower.name
"""


@dataclass(frozen=True, slots=True)
class Lag:
    """What a follower has not read yet, counted up to MOST_COUNTED, and what it could not digest."""

    follower: str
    behind: int
    oldest_at: datetime | None
    set_aside: int


def lags() -> list[Lag]:
    """Every follower that has begun, by name; one query, asked as the worker, who sees all facts."""
    with connection.cursor() as cursor:
        cursor.execute(_LAGS, [MOST_COUNTED])
        return [Lag(*row) for row in cursor.fetchall()]
