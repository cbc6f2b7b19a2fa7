"""Sealing: the follower that closes facts into the chain, a batch at a time, behind the acts and never on their way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhitong.domain.history.follow import keep_place, take_place
from zhitong.domain.history.models import Seal
from zhitong.domain.history.queries.sealed import StoredFact, facts_to_seal, last_head, sealed_already
from zhitong.domain.history.rules.seals import BATCH, SEALER, Algorithm, Batch, Place, leaf_of, sealed


@transaction.atomic
def seal_next(*, algorithm: Algorithm, now: datetime, most: int = BATCH) -> int:
    """Seal the next facts, at most so many, and return how many were passed; 0 when all are sealed.

    Facts that are passed a second time (a backup that returned) are not sealed twice. A second process passes nothing
    meanwhile. For the worker. Raises DigestUnknown.
    """
    place = take_place(SEALER)
    if place is None:
        return 0
    facts = facts_to_seal(Place(*place), most=most)
    if not facts:
        return 0
    known = sealed_already([one.id for one in facts])
    new = [one for one in facts if one.id not in known]
    if new:
        _keep(_batch_of(new, algorithm, now))
    keep_place(SEALER, facts[-1].place.xid, facts[-1].id)
    return len(facts)


def _batch_of(facts: Sequence[StoredFact], algorithm: Algorithm, now: datetime) -> Batch:
    leaves = [leaf_of(algorithm, one.canonical) for one in facts]
    return sealed([one.place for one in facts], leaves, previous=last_head(), algorithm=algorithm, at=now)


def _keep(batch: Batch) -> None:
    head = batch.head
    Seal.objects.create(
        number=head.number, first_xid=head.first.xid, first_id=head.first.fact_id, last_xid=head.last.xid,
        last_id=head.last.fact_id, lowest_id=min(batch.fact_ids), highest_id=max(batch.fact_ids), count=head.count,
        total=head.total, root=head.root, previous=head.previous, digest=head.digest, algorithm=str(head.algorithm.value), at=head.at,
        fact_ids=list(batch.fact_ids), leaves=b"".join(batch.leaves),
    )
