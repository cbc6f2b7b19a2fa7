"""Reading the facts of one thing, for the room that owns the thing and has already asked whether it may be seen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

_FACTS = """
SELECT f.id, f.at, f.kind, f.person_id, f.post_id, f.unit_id, f.via, f.body,
       coalesce(jsonb_object_agg(d.field, d.text) FILTER (WHERE d.field IS NOT NULL), '{}'::jsonb)
FROM history_fact f LEFT JOIN history_detail d ON d.fact_id = f.id
WHERE f.thing_id = %s
GROUP BY f.id, f.at, f.kind, f.person_id, f.post_id, f.unit_id, f.via, f.body
ORDER BY f.at, f.id
"""

_UNSOUND = """
SELECT coalesce(told.thing_id, kept.thing_id), coalesce(told.id, kept.fact_id),
       coalesce(told.kind, (SELECT kind FROM history_fact WHERE id = kept.fact_id)), coalesce(told.field, kept.field)
FROM (
    SELECT fact.id, fact.thing_id, fact.kind, digest.key AS field, digest.value AS digest
    FROM history_fact fact CROSS JOIN LATERAL jsonb_each_text(fact.digests) digest WHERE fact.thing_id = ANY(%(things)s)
) AS told
FULL JOIN (SELECT * FROM history_detail WHERE thing_id = ANY(%(things)s)) AS kept
    ON kept.fact_id = told.id AND kept.field = told.field
WHERE told.id IS NULL OR kept.fact_id IS NULL
   OR encode(sha256(kept.salt || convert_to(kept.text, 'UTF8')), 'hex') <> told.digest
ORDER BY 2, 4
"""


@dataclass(frozen=True, slots=True)
class ToldFact:
    """One fact with the words that still stand beside it."""

    id: UUID
    at: datetime
    kind: str
    person_id: UUID | None
    post_id: UUID | None
    unit_id: UUID | None
    via: str
    body: dict[str, Any]
    words: dict[str, str]


def facts_about(thing_id: UUID) -> list[ToldFact]:
    """Every fact about a thing, oldest first, in one query.

    The caller must have opened the thing through its own room's scope: this call names it to the second wall.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.opened', %s, true)", [str(thing_id)])
        cursor.execute(_FACTS, [thing_id])
        rows = cursor.fetchall()
        cursor.execute("SELECT set_config('zhitong.opened', '', true)")
    return [ToldFact(*row[:7], *map(_json, row[7:])) for row in rows]


@dataclass(frozen=True, slots=True)
class Mention:
    """One fact of several things' with its words, without who told it."""

    thing_id: UUID
    id: UUID
    at: datetime
    kind: str
    unit_id: UUID | None
    body: dict[str, Any]
    words: dict[str, str]


def facts_of_many(things: Mapping[UUID, datetime], kinds: Sequence[str]) -> list[Mention]:
    """The facts of some kinds about many things, each from a moment on, thing by thing, oldest first; one statement.

    The caller must have opened every thing through its own room's scope: this call names each to the second wall.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM history_facts_of(%s::uuid[], %s::timestamptz[], %s::text[])",
            [list(things), list(things.values()), list(kinds)],
        )
        return [Mention(*row[:5], *map(_json, row[5:])) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class UnsoundDetail:
    """A detail that is not what its fact was told with; `kind` is that of the fact, None where the fact is gone."""

    thing_id: UUID
    fact_id: UUID
    kind: str | None
    field: str


def details_that_do_not_verify(thing_ids: Sequence[UUID]) -> list[UnsoundDetail]:
    """Details of these things that are missing, added or changed; an erased text is none. One statement, for the worker."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSOUND, {"things": list(thing_ids)})
        return [UnsoundDetail(*row) for row in cursor.fetchall()]


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
