"""Auditors hold no other post, and what they do leaves its fact: nobody stands above the audit, the auditor neither."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.seals import HistoryFact
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.queries.auditing import AuditFilters
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused


class WatchesHimself(Refused):
    """An auditor would hold another post, and could audit what he did in it."""


def refuse_double(person_ids: Iterable[UUID]) -> None:
    """Refuse when one of these people holds an auditor's post and another beside it; one query, after the seating."""
    open_ones = Tenure.objects.filter(person_id__in=list(person_ids), until__isnull=True, post__ended_on__isnull=True)
    audits = Count("id", filter=Q(post__kind=PostKind.AUDITOR.value))
    double = open_ones.values("person__name").annotate(posts=Count("id"), audits=audits).filter(audits__gt=0, posts__gt=1)
    found = next(iter(double.values_list("person__name", flat=True)[:1]), None)
    if found is not None:
        raise WatchesHimself(f"审计管理员不能兼任其他岗位，{found}已任一个。请另选一位同志，或先结束原来的任职。")


def note_export(filters: AuditFilters, *, actor: Actor, now: datetime) -> None:
    """Record that facts were taken out, and what was asked for; names are kept apart as every fact's are."""
    asked = {"person": filters.person, "unit": filters.unit, "thing": filters.thing}
    record(
        str(HistoryFact.EXPORTED.value), thing_kind="audit", thing_id=uuid7(), actor=actor, at=now,
        body={"since": filters.since, "until": filters.until, "kind": filters.kind},
        details={name: text for name, text in asked.items() if text},
    )
