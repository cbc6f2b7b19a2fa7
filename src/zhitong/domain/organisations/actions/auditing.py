"""What auditors themselves do leaves its fact: nobody stands above the audit, the auditor neither."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.seals import HistoryFact
from zhitong.domain.organisations.queries.auditing import AuditFilters
from zhitong.kit.ids import uuid7


def note_export(filters: AuditFilters, *, actor: Actor, now: datetime) -> None:
    """Record that facts were taken out, and what was asked for; names are kept apart as every fact's are."""
    asked = {"person": filters.person, "unit": filters.unit, "thing": filters.thing}
    record(
        str(HistoryFact.EXPORTED.value), thing_kind="audit", thing_id=uuid7(), actor=actor, at=now,
        body={"since": filters.since, "until": filters.until, "kind": filters.kind},
        details={name: text for name, text in asked.items() if text},
    )
