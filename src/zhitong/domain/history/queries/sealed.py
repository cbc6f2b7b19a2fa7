"""Seals and the facts under them, as they are stored; for the worker, who verifies, and heads alone for auditors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.history.models import Seal
from zhitong.domain.history.rules import Actor, Fact, canonical_bytes
from zhitong.domain.history.rules.seals import BEFORE_ALL, DIGEST_BYTES, Algorithm, Batch, Head, Place, proof_of

NOWHERE = Place(0, UUID(int=0))
_BEHIND_MOVED = Place(BEFORE_ALL, UUID(int=(1 << 128) - 1))
"""Behind every fact that came over from another server: those have no place among the others."""
_HEAD = (
    "number", "first_xid", "first_id", "last_xid", "last_id", "count", "total", "root", "previous", "algorithm", "at", "digest",
)
_COLUMNS = (
    "id, at, xid::text::bigint, kind, thing_kind, thing_id, person_id, post_id, unit_id, via, request_id, body, digests"
)
_UP_TO = f"""
SELECT {_COLUMNS} FROM history_fact
WHERE (xid, id) > (%s::text::xid8, %s) AND (xid, id) <= (%s::text::xid8, %s) ORDER BY xid, id
"""
_SETTLED = f"""
SELECT {_COLUMNS} FROM history_fact
WHERE (xid, id) > (%s::text::xid8, %s) AND xid < (SELECT history_settled()) ORDER BY xid, id LIMIT %s
"""
_BY_ID = f"SELECT {_COLUMNS} FROM history_fact WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact as it stands in its table, with the digests of its details and its place."""

    id: UUID
    place: Place
    fact: Fact
    digests: dict[str, str]

    @property
    def canonical(self) -> bytes:
        """The bytes that a seal signs."""
        return canonical_bytes(self.fact, self.id, self.digests)


@dataclass(frozen=True, slots=True)
class SealedUnder:
    """Where a fact stands under its seal: its place from 0, its digest, and what leads from it to the seal's root."""

    head: Head
    place: int
    leaf: bytes
    proof: tuple[bytes, ...]


def facts_to_seal(after: Place, *, most: int) -> list[StoredFact]:
    """The facts behind a place that no older transaction can still precede, in order: one statement, no lock."""
    return _stored(_SETTLED, [str(after.xid), after.fact_id, most])


def facts_between(after: Place, until: Place) -> list[StoredFact]:
    """The facts of this server behind a place up to another, in order; one statement."""
    after = after if after.xid > BEFORE_ALL else _BEHIND_MOVED
    return _stored(_UP_TO, [str(after.xid), after.fact_id, str(until.xid), until.fact_id])


def facts_by_id(fact_ids: Sequence[UUID]) -> dict[UUID, StoredFact]:
    """Facts wherever they stand; one statement, none for none."""
    found = _stored(_BY_ID, [list(fact_ids)]) if fact_ids else []
    return {one.id: one for one in found}


def sealed_already(fact_ids: Sequence[UUID]) -> set[UUID]:
    """Which of some facts a seal names; one statement over the seals whose ids reach so far."""
    if not fact_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sealed.id FROM history_seal seal CROSS JOIN LATERAL unnest(seal.fact_ids) AS sealed(id)"
            " WHERE seal.highest_id >= %s AND seal.lowest_id <= %s AND sealed.id = ANY(%s)",
            [min(fact_ids), max(fact_ids), list(fact_ids)],
        )
        return {row[0] for row in cursor.fetchall()}


def sealed_under(fact_id: UUID) -> SealedUnder | None:
    """The seal that names a fact, its place there and its digest; None while it waits. One statement."""
    row = Seal.objects.filter(
        highest_id__gte=fact_id, lowest_id__lte=fact_id, fact_ids__contains=[fact_id]
    ).values_list(*_HEAD, "fact_ids", "leaves").first()
    if row is None:
        return None
    place, leaves = list(row[-2]).index(fact_id), _cut(bytes(row[-1]))
    head = _head(row[:-2])
    if len(leaves) != len(row[-2]):  # somebody was at the seal: nothing under it holds
        return SealedUnder(head, place, b"", ())
    return SealedUnder(head, place, leaves[place], tuple(proof_of(head.algorithm, leaves, place)))


def last_head(*, before: datetime | None = None) -> Head | None:
    """The newest seal, or the newest made before a moment; None where there is none."""
    found = Seal.objects.order_by("-number")
    if before is not None:
        found = found.filter(at__lt=before)
    row = found.values_list(*_HEAD).first()
    return _head(row) if row else None


def head_numbered(number: int) -> Head | None:
    """A seal by its number; None where there is none."""
    row = Seal.objects.filter(number=number).values_list(*_HEAD).first()
    return _head(row) if row else None


def newest_heads(most: int) -> list[Head]:
    """The newest seals, newest first."""
    return [_head(row) for row in Seal.objects.order_by("-number").values_list(*_HEAD)[:most]]


def batches(after: int, until: int) -> Iterator[Batch]:
    """The seals behind a number up to another, in order, one at a time: a statement for each."""
    number = after
    while number < until:
        row = Seal.objects.filter(number__gt=number, number__lte=until).order_by("number").values_list(
            *_HEAD, "fact_ids", "leaves"
        ).first()
        if row is None:
            return
        yield Batch(_head(row[:-2]), tuple(row[-2]), _cut(bytes(row[-1])))
        number = row[0]


def _head(row: Sequence[Any]) -> Head:
    number, first_xid, first_id, last_xid, last_id, count, total, root, previous, algorithm, at, digest = row
    return Head(
        number, Place(first_xid, first_id), Place(last_xid, last_id), count, total, bytes(root), bytes(previous),
        _algorithm(algorithm), at, bytes(digest),
    )


def _cut(leaves: bytes) -> tuple[bytes, ...]:
    return tuple(leaves[begin:begin + DIGEST_BYTES] for begin in range(0, len(leaves), DIGEST_BYTES))


def _algorithm(word: str) -> Algorithm:
    """The algorithm of a word; a word that somebody made up gives one with which the seal does not hold."""
    return next((one for one in Algorithm if one.value == word), Algorithm.SHA256)


def _stored(statement: str, values: list[Any]) -> list[StoredFact]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_fact(row) for row in cursor.fetchall()]


def _fact(row: Sequence[Any]) -> StoredFact:
    fact_id, at, xid, kind, thing_kind, thing_id, person, post, unit, via, request, body, digests = row
    told = Fact(kind, thing_kind, thing_id, Actor(person, post, unit, via, request), at, _json(body))
    return StoredFact(fact_id, Place(xid, fact_id), told, _json(digests))


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
