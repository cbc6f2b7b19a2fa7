"""Rows of an upload in batches: read, judged, written, a fixed number of statements for a thousand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.rules.texts import storable
from zhitong.domain.exchange.actions.kinds.protocol import Handler
from zhitong.domain.exchange.models import Upload, UploadRow
from zhitong.domain.exchange.rules.kinds import Verdict
from zhitong.domain.exchange.rules.reading import Judged, Kept, row_read
from zhitong.kit.ids import many_uuid7

BATCH = 1000
_ADD = """
INSERT INTO exchange_row (id, upload_id, line, original, verdict, faults, note, thing_id)
SELECT id, %s, line, original, verdict, faults, note, thing_id
FROM unnest(%s::uuid[], %s::int[], %s::jsonb[], %s::text[], %s::jsonb[], %s::text[], %s::uuid[])
    AS added (id, line, original, verdict, faults, note, thing_id)
"""
_JUDGED = """
UPDATE exchange_row row SET verdict = judged.verdict, faults = judged.faults, note = judged.note, thing_id = judged.thing_id
FROM unnest(%s::int[], %s::text[], %s::jsonb[], %s::text[], %s::uuid[]) AS judged (line, verdict, faults, note, thing_id)
WHERE row.upload_id = %s AND row.line = judged.line
"""
_KEPT = """
UPDATE exchange_row row SET thing_id = kept.thing_id, before = kept.before, version = kept.version
FROM unnest(%s::int[], %s::uuid[], %s::jsonb[], %s::int[]) AS kept (line, thing_id, before, version)
WHERE row.upload_id = %s AND row.line = kept.line
"""

Original = tuple[int, Sequence[str]]
"""(line, the cells under the heads in their order)"""


def batches(rows: Iterable[Original]) -> Iterator[list[Original]]:
    """Rows by the thousand."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def judged(handler: Handler, heads: Sequence[str], mapping: Mapping[str, str], batch: Sequence[Original]) -> list[Judged]:
    """What the rows of a batch are."""
    at = {place: mapping.get(head, "") for place, head in enumerate(heads) if mapping.get(head)}
    read = [
        row_read(line, {code: cells[place] for place, code in at.items() if place < len(cells)}, handler.columns)
        for line, cells in batch
    ]
    return handler.judge(read)


def add(upload_id: UUID, batch: Sequence[Original], found: Sequence[Judged]) -> None:
    """Keep the rows as they were sent, with what they were found to be; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [
            upload_id, many_uuid7(len(batch)), [line for line, _cells in batch],
            [_json(storable(list(cells))) for _line, cells in batch], *_told(found),
        ])


def judge_again(upload: Upload, handler: Handler) -> Counter[str]:
    """Judge every row of a kept upload anew; how many of each verdict."""
    counts: Counter[str] = Counter()
    for batch in batches(originals(upload.id)):
        found = judged(handler, upload.heads, upload.mapping, batch)
        counts.update(one.verdict.value for one in found)
        with connection.cursor() as cursor:
            cursor.execute(_JUDGED, [[one.row.line for one in found], *_told(found), upload.id])
    return counts


def remember(upload_id: UUID, kept: Sequence[Kept]) -> None:
    """Write beside the rows what they have become; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [
            [one.line for one in kept], [one.thing_id for one in kept],
            [None if one.before is None else _json(one.before) for one in kept], [one.version for one in kept], upload_id,
        ])


def learn_sizes() -> int:
    """Let the database count the tables that this transaction has filled beyond what it knew of them; how many.

    Asked after the first thousand of many: what follows is planned for tables that are not empty any more.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT exchange_learn_sizes()")
        return int(cursor.fetchone()[0])


def originals(upload_id: UUID) -> Iterator[Original]:
    """The rows as they were sent, in their order, read by the thousand."""
    last = 0
    while True:
        rows = list(
            UploadRow.objects.filter(upload_id=upload_id, line__gt=last).order_by("line").values_list("line", "original")[:BATCH]
        )
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1][0]


def _told(found: Sequence[Judged]) -> list[list[Any]]:
    return [
        [one.verdict.value for one in found], [_json(one.row.faults) for one in found], [one.note for one in found],
        [one.thing_id if one.verdict is not Verdict.NEW else None for one in found],
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
