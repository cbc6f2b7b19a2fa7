"""Writing history: facts with their details, an act that happens once, months opened ahead."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.history.rules import Actor, Body, Fact, body_told, digest_of, plain
from zhitong.domain.history.rules.seals import BEFORE_ALL, HistoryFact
from zhitong.kit.acts import as_one
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput

KEPT_DAYS = 30


class KeyUsed(BadInput):
    """A key came a second time with another content."""


_INSERT_FACTS = """
INSERT INTO history_fact (id, at, kind, thing_kind, thing_id, person_id, post_id, unit_id, via, request_id, body,
                          digests)
SELECT * FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[],
                     %s::uuid[], %s::text[], %s::uuid[], %s::jsonb[], %s::jsonb[])
"""
_INSERT_DETAILS = """
INSERT INTO history_detail (fact_id, field, thing_id, salt, text)
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::bytea[], %s::text[])
"""

_HOW_FAR = """
SELECT name, coalesce(
    (SELECT max(id::text) FROM history_fact WHERE id < (
        SELECT min(id::text)::uuid FROM history_fact WHERE (xid, id) > (follower.xid::text::xid8, follower.fact_id))),
    CASE WHEN EXISTS (SELECT 1 FROM history_fact WHERE (xid, id) > (follower.xid::text::xid8, follower.fact_id))
         THEN %s ELSE (SELECT max(id::text) FROM history_fact) END)
FROM history_follower follower
"""


def record(
    kind: str, *, thing_kind: str, thing_id: UUID, actor: Actor, at: datetime,
    body: Body | None = None, details: Mapping[str, str] | None = None,
) -> UUID:
    """Record one fact; see `record_many`."""
    fact = Fact(kind, thing_kind, thing_id, actor, at, body or {}, details or {})
    return record_many([fact])[0]


def record_many(facts: Sequence[Fact]) -> list[UUID]:
    """Append facts and their details in two statements, in the order given; returns the facts' ids.

    Belongs inside the transaction of the act it tells of.
    """
    if not facts:
        return []
    ids = [uuid7() for _ in facts]
    details = [
        (fact_id, name, fact.thing_id, os.urandom(16), text)
        for fact_id, fact in zip(ids, facts, strict=True)
        for name, text in fact.details.items()
    ]
    digests: dict[UUID, dict[str, str]] = {fact_id: {} for fact_id in ids}
    for fact_id, name, _thing, salt, text in details:
        digests[fact_id][name] = digest_of(text, salt)
    rows = [_row(fact_id, fact, digests[fact_id]) for fact_id, fact in zip(ids, facts, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_FACTS, [list(column) for column in zip(*rows, strict=True)])
        if details:
            cursor.execute(_INSERT_DETAILS, [list(column) for column in zip(*details, strict=True)])
    return ids


def _row(fact_id: UUID, fact: Fact, digests: Mapping[str, str]) -> tuple[Any, ...]:
    actor = fact.actor
    return (
        fact_id, fact.at, fact.kind, fact.thing_kind, fact.thing_id, actor.person_id, actor.post_id, actor.unit_id,
        actor.via, actor.request_id, json.dumps(plain(body_told(fact)), ensure_ascii=False), json.dumps(digests),
    )


def once(*, actor_id: UUID, key: str, request: bytes, now: datetime, act: Callable[[], Any]) -> tuple[Any, bool]:
    """Let an act happen once for a key; returns (answer, whether it happened just now).

    The key is written first, so a twin sent at the same moment waits for the first and gets its answer. `answer` must
    be JSON. A refused act rolls back with its key and stores nothing. An outcome is its actor's own: the second wall
    shows it to nobody else, so the web acts for the viewer that `acting_as` named.

    Raises KeyUsed: the key came before with another content.
    """
    digest = hashlib.sha256(request).hexdigest()
    with as_one(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO history_outcome (actor, key, digest, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [actor_id, key, digest, now],
        )
        if cursor.rowcount:
            answer = act()
            cursor.execute(
                "UPDATE history_outcome SET answer = %s::jsonb WHERE actor = %s AND key = %s",
                [json.dumps(plain(answer), ensure_ascii=False), actor_id, key],
            )
            return answer, True
        cursor.execute("SELECT digest, answer FROM history_outcome WHERE actor = %s AND key = %s", [actor_id, key])
        stored_digest, stored = cursor.fetchone()
    if stored_digest != digest:
        raise KeyUsed("这个幂等键已用于另一份内容。请换一个新的键再提交。")
    return json.loads(stored) if isinstance(stored, str) else stored, False


def erase_details(thing_id: UUID, *, actor: Actor, at: datetime) -> int:
    """Take the texts beside the facts of a thing out of history, for good; returns how many. Facts and digests stay.

    The erasing is a fact of its own, about no thing that anybody opens: it names the facts, so that verifying tells a text
    taken out rightly from one that somebody removed. The caller must have opened the thing through its own room's scope:
    this call names it to the second wall.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.opened', %s, true)", [str(thing_id)])
        cursor.execute("SELECT fact_id, field FROM history_erase_details(%s) ORDER BY fact_id, field", [thing_id])
        erased = [[str(fact_id), field] for fact_id, field in cursor.fetchall()]
        cursor.execute("SELECT set_config('zhitong.opened', '', true)")
    if erased:
        kind = str(HistoryFact.ERASED.value)
        record(kind, thing_kind="erasure", thing_id=uuid7(), actor=actor, at=at, body={"details": erased})
    return len(erased)


def forget_outcomes(*, now: datetime) -> int:
    """Drop outcomes older than thirty days; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM history_outcome WHERE at < %s", [now - timedelta(days=KEPT_DAYS)])
        return int(cursor.rowcount)


def open_months(first: date, last: date) -> int:
    """Make the monthly partitions from `first` to `last` that are not there yet (owner or worker); returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT history_open_months(%s, %s)", [first, last])
        return int(cursor.fetchone()[0])


def settle_on_this_server() -> int:
    """Give facts told on another server (a backup that returned) places before every transaction of this one.

    Followers keep their place by transaction numbers and a new server counts from the beginning: what is told here would
    lie behind every place and never be followed. A follower may be told again what came after the first fact it had not
    seen. For the owner, before anything is written here; returns how many facts were moved, 0 where they were told.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM history_fact WHERE xid >= pg_current_xact_id())")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_HOW_FAR, [str(UUID(int=0))])
        places = [(fact_id, name) for name, fact_id in cursor.fetchall()]
        cursor.execute("SELECT set_config('zhitong.history', 'settle', true)")
        cursor.execute("UPDATE history_fact SET xid = %s::text::xid8", [str(BEFORE_ALL)])
        moved = int(cursor.rowcount)
        cursor.execute("SELECT set_config('zhitong.history', '', true)")
        cursor.executemany(f"UPDATE history_follower SET xid = {BEFORE_ALL}, fact_id = %s WHERE name = %s", places)
    return moved
