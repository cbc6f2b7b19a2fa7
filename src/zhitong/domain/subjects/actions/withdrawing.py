"""Taking back what was entered by mistake: registrations that end as such, care that ends with nobody in its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.subjects.actions.counting import counted
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import SubjectEnd
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound


@transaction.atomic
def withdraw(subject_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> None:
    """End registrations that were a mistake; they stay in the register as such. Raises NotFound: one is not there."""
    rows = list(Subject.objects.select_for_update().filter(id__in=subject_ids, ended_on__isnull=True).order_by("id"))
    if len(rows) < len(set(subject_ids)):
        raise NotFound
    with counted(subject_ids):
        Subject.objects.filter(id__in=subject_ids).update(ended_on=day_of(now), ended_reason=SubjectEnd.MISTAKEN.value)
    record_many([Fact(SubjectFact.WITHDRAWN.value, "subject", row.id, actor, now, {"kind": row.kind}) for row in rows])


@transaction.atomic
def end_care(care_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> None:
    """End who looks after subjects today, with nobody in their place. Raises NotFound: one has ended or is not there."""
    rows = list(Care.objects.filter(id__in=care_ids, until__isnull=True).order_by("id"))
    if len(rows) < len(set(care_ids)):
        raise NotFound
    with counted({row.subject_id for row in rows}):
        Care.objects.filter(id__in=care_ids).update(until=day_of(now))
    record_many([
        Fact(SubjectFact.CARE_ENDED.value, "subject", row.subject_id, actor, now, {"tier": row.tier, "unit": row.unit_id})
        for row in rows
    ])
