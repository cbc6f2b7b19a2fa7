"""Watching facts: each as soon as it is committed, whatever older transaction is still running, and in no lasting order.

For who only wants to know that something has happened and may begin anew. A follower, who must not miss a fact over the
end of its process and wants them in order, follows by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.history.follow import COLUMNS, Place, ReadFact, fact_of

NOWHERE: Place = (0, UUID(int=0))

_BETWEEN = f"""
SELECT {COLUMNS} FROM history_fact
WHERE (xid = ANY(%(ended)s::text[]::xid8[]) OR xid >= %(since)s::text::xid8 AND xid < %(until)s::text::xid8)
    AND NOT xid = ANY(%(running)s::text[]::xid8[]) AND (xid, id) > (%(xid)s::text::xid8, %(id)s)
ORDER BY xid, id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a moment could see: transactions from `end` on had not begun, and those in `running` had not ended."""

    end: int
    running: frozenset[int]


class Watch:
    """What is committed from the making of this on; keeps in memory how far it has read."""

    def __init__(self) -> None:
        self._seen = self._until = _now()
        self._place = NOWHERE

    def read(self, *, most: int) -> list[ReadFact]:
        """The next facts, at most so many; fewer when there are no more for now. One small statement when there are none."""
        if self._until == self._seen:
            self._until = _now()
        if self._until == self._seen:
            return []
        facts = self._between(most)
        if len(facts) < most:
            self._seen, self._place = self._until, NOWHERE
        else:
            self._place = (facts[-1].xid, facts[-1].id)
        return facts

    def _between(self, most: int) -> list[ReadFact]:
        """The facts that the later snapshot sees and the earlier one does not, behind the place, in order."""
        asked: dict[str, Any] = {
            "ended": _texts(self._seen.running - self._until.running), "running": _texts(self._until.running),
            "since": str(self._seen.end), "until": str(self._until.end), "most": most,
            "xid": str(self._place[0]), "id": self._place[1],
        }
        with connection.cursor() as cursor:
            cursor.execute(_BETWEEN, asked)
            return [fact_of(row) for row in cursor.fetchall()]


def _now() -> Snapshot:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        _oldest, end, running = cursor.fetchone()[0].split(":")
    return Snapshot(int(end), frozenset(map(int, filter(None, running.split(",")))))


def _texts(transactions: frozenset[int]) -> list[str]:
    return [str(one) for one in transactions]
