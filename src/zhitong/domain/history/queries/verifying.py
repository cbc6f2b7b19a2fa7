"""Verifying: everything under the seals recomputed from what stands in the tables, and each fault named; for the worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.history.follow import place_of
from zhitong.domain.history.queries.archives import archived_places, archives_that_do_not_hold
from zhitong.domain.history.queries.sealed import (
    NOWHERE,
    StoredFact,
    batches,
    facts_between,
    facts_by_id,
    head_numbered,
    last_head,
    sealed_already,
)
from zhitong.domain.history.rules.facts import digest_of
from zhitong.domain.history.rules.faults import Fault, FaultKind, Reading, made_at, out_of_order
from zhitong.domain.history.rules.seals import (
    BEFORE_ALL,
    BEGINNING,
    SEALER,
    Batch,
    Head,
    Place,
    digest_of_head,
    leaf_of,
    root_of,
)

NAMED_MOST = 1000

_DETAILS = "SELECT fact_id, field, salt, text FROM history_detail WHERE fact_id = ANY(%s)"
_UNRECORDED = """
SELECT fact_id, field FROM history_detail WHERE text IS NULL
EXCEPT
SELECT (named ->> 0)::uuid, named ->> 1 FROM history_fact fact CROSS JOIN LATERAL jsonb_array_elements(fact.body -> 'details') named
WHERE fact.kind = 'history.erased'
ORDER BY 1, 2 LIMIT %s
"""
_ORPHANS = """
SELECT fact_id, field FROM history_detail detail
WHERE NOT EXISTS (SELECT 1 FROM history_fact fact WHERE fact.id = detail.fact_id) ORDER BY 1, 2 LIMIT %s
"""
_MOVED = """
SELECT id FROM history_fact WHERE xid = %s::text::xid8 AND (xid, id) <= (%s::text::xid8, %s)
EXCEPT SELECT sealed.id FROM history_seal CROSS JOIN LATERAL unnest(fact_ids) AS sealed(id) LIMIT %s
"""
_UNSEALED = "SELECT count(*) FROM history_fact WHERE (xid, id) > (%s::text::xid8, %s)"


def readings(*, after: int, until: int) -> Iterator[tuple[Head, Reading]]:
    """Each seal behind a number up to another with what its verifying found: some four statements for each."""
    previous = head_numbered(after) if after else None
    for batch in batches(after, until):
        yield batch.head, _read(batch, previous)
        previous = batch.head


def loose_ends() -> tuple[Fault, ...]:
    """What hangs on no single seal: texts erased without a fact of it, texts of no fact, facts that no seal took, archives.

    At most a thousand of each are named. Reads the details once.
    """
    found = [
        *(Fault(kind=FaultKind.DETAIL_ERASED, fact_id=one, field=field) for one, field in _rows(_UNRECORDED, [NAMED_MOST])),
        *(Fault(kind=FaultKind.DETAIL_ADDED, fact_id=one, field=field) for one, field in _rows(_ORPHANS, [NAMED_MOST])),
    ]
    facts = facts_by_id([one.fact_id for one in found if one.fact_id])
    return (*(_told(one, facts) for one in found), *_never_sealed(), *archives_that_do_not_hold())


def unsealed() -> int:
    """How many facts have come since the last sealing."""
    place = place_of(SEALER) or (NOWHERE.xid, NOWHERE.fact_id)
    return int(_rows(_UNSEALED, [str(place[0]), place[1]])[0][0])


def seal_before(since: datetime) -> int:
    """The number of the last seal made before a moment; 0 before the first."""
    head = last_head(before=since)
    return head.number if head else 0


def last_number() -> int:
    """The number of the newest seal; 0 where there is none."""
    head = last_head()
    return head.number if head else 0


def against(number: int, digest: bytes) -> tuple[Fault, ...]:
    """Whether the chain still holds a seal as a daily file has it; a fault when it does not."""
    head = head_numbered(number)
    holds = head is not None and head.digest == digest and digest_of_head(head) == digest
    return () if holds else (Fault(kind=FaultKind.CUT_OFF, seal=number),)


def _read(batch: Batch, previous: Head | None) -> Reading:
    stored = _stored_under(batch, previous)
    places = archived_places(batch.head.number)
    archived = {one for place, one in enumerate(batch.fact_ids) if place in places and one not in stored.by_id}
    details, of_details = _details_of(batch, stored)
    of_facts = (one for one in _of_facts(batch, stored) if one.fact_id not in archived)
    faults = (*_of_seal(batch, previous), *of_facts, *of_details, *_inserted(batch, previous, stored))
    return Reading(1, len(batch.fact_ids), details, faults, len(archived))


def _of_seal(batch: Batch, previous: Head | None) -> Iterator[Fault]:
    head, number = batch.head, batch.head.number
    before = previous.number if previous else 0
    if number != before + 1:
        yield Fault(kind=FaultKind.SEAL_MISSING, seal=before + 1)
        return
    if head.previous != (previous.digest if previous else BEGINNING):
        yield Fault(kind=FaultKind.SEAL_ALTERED, seal=number)
        return
    is_whole = 0 < head.count == len(batch.fact_ids) == len(batch.leaves)
    is_whole = is_whole and head.total == head.count + (previous.total if previous else 0)
    if not is_whole or root_of(head.algorithm, batch.leaves) != head.root or digest_of_head(head) != head.digest:
        yield Fault(kind=FaultKind.SEAL_ALTERED, seal=number)


@dataclass(frozen=True, slots=True)
class _Under:
    """What stands where a seal's facts should, in order, and those of its facts that stand elsewhere."""

    in_range: Sequence[StoredFact]
    by_id: Mapping[UUID, StoredFact]


def _stored_under(batch: Batch, previous: Head | None) -> _Under:
    in_range = facts_between(previous.last if previous else NOWHERE, batch.head.last)
    near = {one.id: one for one in in_range}
    elsewhere = facts_by_id([one for one in batch.fact_ids if one not in near])
    return _Under(in_range, {**near, **elsewhere})


def _of_facts(batch: Batch, stored: _Under) -> Iterator[Fault]:
    moved = _moved_in(batch, stored)
    for fact_id, leaf in zip(batch.fact_ids, batch.leaves, strict=False):
        one = stored.by_id.get(fact_id)
        if one is None:
            yield Fault(kind=FaultKind.MISSING, seal=batch.head.number, fact_id=fact_id, at=made_at(fact_id))
        elif not _holds(one, leaf, batch.head):
            yield _fault(FaultKind.ALTERED, batch, one)
        elif fact_id in moved:
            yield _fault(FaultKind.REORDERED, batch, one)


def _holds(one: StoredFact, leaf: bytes, head: Head) -> bool:
    try:
        return leaf_of(head.algorithm, one.canonical) == leaf
    except (TypeError, AttributeError):  # a body that no act of ours can have written
        return False


def _moved_in(batch: Batch, stored: _Under) -> set[UUID]:
    """Facts out of the order in which they were sealed; those that came over from another server have lost theirs."""
    places = [
        one.place for fact_id in batch.fact_ids
        if (one := stored.by_id.get(fact_id)) is not None and one.place.xid != BEFORE_ALL
    ]
    first, last = _key(batch.head.first), _key(batch.head.last)
    outside = {place.fact_id for place in places if not first <= _key(place) <= last}
    return outside | out_of_order([place for place in places if place.fact_id not in outside])


def _inserted(batch: Batch, previous: Head | None, stored: _Under) -> Iterator[Fault]:
    own = set(batch.fact_ids)
    extra = [one for one in stored.in_range if one.id not in own]
    known = sealed_already([one.id for one in extra])
    place = place_of(SEALER) or (NOWHERE.xid, NOWHERE.fact_id)
    for one in extra:
        if one.id not in known and _key(one.place) <= place:
            yield _fault(FaultKind.INSERTED, batch, one)


def _details_of(batch: Batch, stored: _Under) -> tuple[int, list[Fault]]:
    rows = _rows(_DETAILS, [list(batch.fact_ids)])
    kept = {(fact_id, field): (bytes(salt), text) for fact_id, field, salt, text in rows}
    faults: list[Fault] = []
    for fact_id in batch.fact_ids:
        one = stored.by_id.get(fact_id)
        for field, told in (one.digests if one else {}).items():
            fault = _of_detail(kept.pop((fact_id, field), None), told)
            if one is not None and fault is not None:
                faults.append(replace(_fault(fault, batch, one), field=field))
    added = (_fault(FaultKind.DETAIL_ADDED, batch, stored.by_id[one], field) for one, field in kept if one in stored.by_id)
    return len(rows), [*faults, *added]


def _of_detail(kept: tuple[bytes, str | None] | None, told: str) -> FaultKind | None:
    if kept is None:
        return FaultKind.DETAIL_MISSING
    salt, text = kept
    return None if text is None or digest_of(text, salt) == told else FaultKind.DETAIL_ALTERED


def _never_sealed() -> Iterator[Fault]:
    """Facts that the sealer has passed and no seal names: behind the last seal, or among those from another server."""
    place, last = place_of(SEALER), last_head()
    if place is None:
        return
    after = last.last if last else NOWHERE
    beyond = facts_between(after, Place(*place)) if _key(after) < place else []
    known = sealed_already([one.id for one in beyond])
    for one in [one for one in beyond if one.id not in known][:NAMED_MOST]:
        yield _told(Fault(kind=FaultKind.INSERTED, fact_id=one.id), {one.id: one})
    moved = facts_by_id([row[0] for row in _rows(_MOVED, [str(BEFORE_ALL), str(place[0]), place[1], NAMED_MOST])])
    for fact_id in sorted(moved):
        yield _told(Fault(kind=FaultKind.INSERTED, fact_id=fact_id), moved)


def _fault(kind: FaultKind, batch: Batch, one: StoredFact, field: str = "") -> Fault:
    return _told(Fault(kind=kind, seal=batch.head.number, fact_id=one.id, field=field), {one.id: one})


def _told(fault: Fault, facts: Mapping[UUID, StoredFact]) -> Fault:
    """A fault with what its fact says of itself."""
    one = facts.get(fault.fact_id) if fault.fact_id else None
    if one is None:
        return fault
    return replace(fault, fact_kind=one.fact.kind, at=one.fact.at, unit_id=one.fact.actor.unit_id)


def _key(place: Place) -> tuple[int, UUID]:
    return place.xid, place.fact_id


def _rows(statement: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Any] = cursor.fetchall()
    return found
