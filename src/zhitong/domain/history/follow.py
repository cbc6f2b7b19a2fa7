"""Following facts: every follower reads them in the order of their transactions, at least once, and never skips one.

A fact is read only when no older transaction of this database is still running, so nothing can appear behind the cursor.
Reactions must bear being repeated. One that fails is tried again a few times, then set aside by name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.kit.ids import uuid7

TRIES = 3
Place = tuple[int, UUID]
"""How far a follower has read: everything at or below this (transaction, fact) has been seen."""

COLUMNS = "id, at, xid::text::bigint, kind, thing_kind, thing_id, person_id, post_id, unit_id, body"
"""What `fact_of` reads a fact from."""

_NEXT = f"""
SELECT {COLUMNS} FROM history_fact
WHERE (xid, id) > (%s::text::xid8, %s) AND xid < (SELECT history_settled())
ORDER BY xid, id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact as a follower gets it."""

    id: UUID
    at: datetime
    xid: int
    kind: str
    thing_kind: str
    thing_id: UUID
    person_id: UUID | None
    post_id: UUID | None
    unit_id: UUID | None
    body: dict[str, Any]


def follow(name: str, react: Callable[[ReadFact], None], *, batch: int = 500) -> int:
    """Let `react` see the facts that came since last time; returns how many were passed.

    Locks the follower's cursor: a second process following under the same name passes nothing meanwhile.
    """
    with transaction.atomic():
        place = take_place(name)
        if place is None:
            return 0
        passed = 0
        for fact in _facts_after(place, most=batch):
            if not _react_to(name, react, fact):
                break
            place = (fact.xid, fact.id)
            passed += 1
        if passed:
            keep_place(name, *place)
        return passed


def follow_together(name: str, react: Callable[[Sequence[ReadFact]], None], *, batch: int = 500) -> int:
    """As `follow`, for a follower that takes many facts in one go; what it cannot take together it gets one by one."""
    with transaction.atomic():
        place = take_place(name)
        facts = _facts_after(place, most=batch) if place else []
        if not facts:
            return 0
        passed = len(facts) if _takes_all(react, facts) else _one_by_one(name, react, facts)
        if passed:
            keep_place(name, facts[passed - 1].xid, facts[passed - 1].id)
        return passed


def _takes_all(react: Callable[[Sequence[ReadFact]], None], facts: Sequence[ReadFact]) -> bool:
    try:
        with transaction.atomic():
            react(facts)
    except Exception:  # each fact is tried by itself next, and counted where it fails
        return False
    return True


def _one_by_one(name: str, react: Callable[[Sequence[ReadFact]], None], facts: Sequence[ReadFact]) -> int:
    passed = 0
    while passed < len(facts) and _react_to(name, lambda fact: react([fact]), facts[passed]):
        passed += 1
    return passed


def _facts_after(place: Place, *, most: int) -> list[ReadFact]:
    """The facts behind a place that no older transaction can still precede, in order: one statement, no lock."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [str(place[0]), place[1], most])
        return [fact_of(row) for row in cursor.fetchall()]


def fact_of(row: Sequence[Any]) -> ReadFact:
    """A fact from its columns."""
    return ReadFact(*row[:9], *map(_json, row[9:]))


def place_of(name: str) -> Place | None:
    """How far a named follower has come; None while it has not begun."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xid, fact_id FROM history_follower WHERE name = %s", [name])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def set_aside_of(name: str) -> list[tuple[UUID, str]]:
    """The facts that a follower could not digest: (fact id, reason), oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fact_id, reason FROM history_set_aside WHERE follower = %s AND set_aside ORDER BY id", [name]
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def take_place(name: str) -> Place | None:
    """How far a follower has come, locked until the transaction ends; None while another process holds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO history_follower (name, xid, fact_id) VALUES (%s, 0, %s) ON CONFLICT DO NOTHING",
            [name, UUID(int=0)],
        )
        cursor.execute("SELECT xid, fact_id FROM history_follower WHERE name = %s FOR UPDATE SKIP LOCKED", [name])
        row = cursor.fetchone()
        return (row[0], row[1]) if row else None


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _react_to(name: str, react: Callable[[ReadFact], None], fact: ReadFact) -> bool:
    """True when the fact is done with: reacted to, or set aside after its last try."""
    try:
        with transaction.atomic():
            react(fact)
    except Exception as error:
        return _count_try(name, fact.id, f"{type(error).__name__}: {error}")
    return True


def _count_try(name: str, fact_id: UUID, reason: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO history_set_aside (id, follower, fact_id, tries, reason, set_aside)
            VALUES (%s, %s, %s, 1, %s, false)
            ON CONFLICT (follower, fact_id) DO UPDATE
            SET tries = history_set_aside.tries + 1, reason = excluded.reason,
                set_aside = history_set_aside.tries + 1 >= %s
            RETURNING set_aside
            """,
            [uuid7(), name, fact_id, reason[:2000], TRIES],
        )
        return bool(cursor.fetchone()[0])


def keep_place(name: str, xid: int, fact_id: UUID) -> None:
    """Let a follower whose place is taken stand behind a fact."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE history_follower SET xid = %s, fact_id = %s WHERE name = %s", [xid, fact_id, name])
