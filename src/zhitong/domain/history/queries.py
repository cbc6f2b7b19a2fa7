"""Reading the facts of one thing, for the room that owns the thing and has already asked whether it may be seen."""

from __future__ import annotations

import json
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


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
