"""Who audits and who keeps the locks holds no other post, and what auditors do leaves its fact: nobody stands above the audit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.seals import HistoryFact
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.queries.auditing import AuditFilters
from zhitong.domain.organisations.rules.apart import ALONE, held_in_vain
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused


class WatchesHimself(Refused):
    """Who audits or keeps the locks would hold another post, and watch himself in it."""


def refuse_double(person_ids: Iterable[UUID]) -> None:
    """Refuse when one of these people holds a post that stands alone and another beside it; one query, after the seating."""
    open_ones = Tenure.objects.filter(person_id__in=list(person_ids), until__isnull=True, post__ended_on__isnull=True)
    alone = open_ones.filter(keeper__in=[kind.value for kind in ALONE]).values("person_id")
    held: dict[str, list[PostKind]] = {}
    for name, kind in open_ones.filter(person_id__in=alone).order_by("id").values_list("person__name", "post__kind"):
        held.setdefault(name, []).append(PostKind(kind))
    for name, kinds in held.items():
        vain = held_in_vain(kinds)
        if vain is not None:
            raise WatchesHimself(f"{vain.label}不能兼任其他岗位，{name}已任一个。请另选一位同志，或先结束原来的任职。")


def note_export(filters: AuditFilters, *, actor: Actor, now: datetime) -> None:
    """Record that facts were taken out, and what was asked for; names are kept apart as every fact's are."""
    asked = {"person": filters.person, "unit": filters.unit, "thing": filters.thing}
    record(
        str(HistoryFact.EXPORTED.value), thing_kind="audit", thing_id=uuid7(), actor=actor, at=now,
        body={"since": filters.since, "until": filters.until, "kind": filters.kind},
        details={name: text for name, text in asked.items() if text},
    )
