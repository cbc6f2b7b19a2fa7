"""Correcting many of the register at once, each only if it is still as it was seen; and taking back what was a mistake."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.rules.cuts import cell_of
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import SubjectEnd
from zhitong.domain.tallies.actions import post
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound, Refused

REVISABLE = ("name", "region_id", "sub_kind", "stage", "industry", "revenue_cny", "investment_cny")
_REVISE = """
WITH said AS (
    SELECT * FROM unnest(%s::uuid[], %s::int[], %s::jsonb[]) AS said (id, version, changes)
), locked AS (
    SELECT subject.id FROM subjects_subject subject JOIN said USING (id) ORDER BY subject.id FOR UPDATE OF subject
)
UPDATE subjects_subject subject SET
    name = coalesce(changes ->> 'name', name), region_id = coalesce((changes ->> 'region_id')::uuid, region_id),
    sub_kind = coalesce(changes ->> 'sub_kind', sub_kind), stage = coalesce(changes ->> 'stage', stage),
    industry = coalesce(changes ->> 'industry', industry),
    revenue_cny = CASE WHEN changes ? 'revenue_cny' THEN (changes ->> 'revenue_cny')::bigint ELSE revenue_cny END,
    investment_cny =
        CASE WHEN changes ? 'investment_cny' THEN (changes ->> 'investment_cny')::bigint ELSE investment_cny END,
    version = subject.version + 1
FROM said JOIN locked USING (id)
WHERE subject.id = said.id AND subject.version = said.version AND subject.ended_on IS NULL
RETURNING subject.id
"""


class SubjectMoved(Refused):
    """Somebody else has changed one of them since it was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What changes of one subject, of REVISABLE, as seen at a version; money in yuan."""

    subject_id: UUID
    version: int
    changes: Mapping[str, Any]


@transaction.atomic
def revise(revisions: Sequence[Revision], *, actor: Actor, now: datetime) -> None:
    """Correct the register, all or none; two statements besides the facts and the counts.

    The tier stays: it follows with the next run of the tiers. Raises NotFound: one is not there for the actor.
    Raises SubjectMoved: one was changed by somebody else meanwhile.
    """
    before = Subject.objects.filter(ended_on__isnull=True).in_bulk([one.subject_id for one in revisions])
    if len(before) < len(revisions):
        raise NotFound
    said = [json.dumps(dict(one.changes), default=str, ensure_ascii=False) for one in revisions]
    with connection.cursor() as cursor:
        cursor.execute(_REVISE, [[one.subject_id for one in revisions], [one.version for one in revisions], said])
        revised = {row[0] for row in cursor.fetchall()}
    lost = [before[one.subject_id].name for one in revisions if one.subject_id not in revised]
    if lost:
        raise SubjectMoved(f"{lost[0]}等{len(lost)}户刚刚有人改动过，全部没有保存。请重新核对后再办。")
    post(_moves(before, revisions))
    record_many([
        Fact(
            SubjectFact.REVISED.value, "subject", one.subject_id, actor, now,
            {"was": {name: getattr(before[one.subject_id], name) for name in one.changes if name != "name"},
             "is": {name: value for name, value in one.changes.items() if name != "name"}},
            {"name": str(one.changes["name"])} if "name" in one.changes else {},
        )
        for one in revisions
    ])


def _moves(before: Mapping[UUID, Subject], revisions: Sequence[Revision]) -> Counter[Any]:
    cells: Counter[Any] = Counter()
    for one in revisions:
        row = before[one.subject_id]
        cells[cell_of(row.region_id, row.kind, row.tier, row.stage)] -= 1
        region_id = one.changes.get("region_id", row.region_id)
        cells[cell_of(UUID(str(region_id)), row.kind, row.tier, one.changes.get("stage", row.stage))] += 1
    return Counter({cell: count for cell, count in cells.items() if count})


@transaction.atomic
def withdraw(subject_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> None:
    """End registrations that were a mistake; they stay in the register as such. Raises NotFound: one is not there."""
    rows = list(Subject.objects.select_for_update().filter(id__in=subject_ids, ended_on__isnull=True).order_by("id"))
    if len(rows) < len(set(subject_ids)):
        raise NotFound
    Subject.objects.filter(id__in=subject_ids).update(ended_on=day_of(now), ended_reason=SubjectEnd.MISTAKEN.value)
    post({
        cell: -count
        for cell, count in Counter(cell_of(row.region_id, row.kind, row.tier, row.stage) for row in rows).items()
    })
    record_many([Fact(SubjectFact.WITHDRAWN.value, "subject", row.id, actor, now, {"kind": row.kind}) for row in rows])


@transaction.atomic
def end_care(care_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> None:
    """End who looks after subjects today, with nobody in their place. Raises NotFound: one has ended or is not there."""
    rows = list(Care.objects.filter(id__in=care_ids, until__isnull=True).order_by("id"))
    if len(rows) < len(set(care_ids)):
        raise NotFound
    Care.objects.filter(id__in=care_ids).update(until=day_of(now))
    record_many([
        Fact(SubjectFact.CARE_ENDED.value, "subject", row.subject_id, actor, now, {"tier": row.tier, "unit": row.unit_id})
        for row in rows
    ])
