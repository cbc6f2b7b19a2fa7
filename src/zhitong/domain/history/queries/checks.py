"""How the verifyings went, for auditors: the database shows them to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.history.models import Check
from zhitong.domain.history.rules.faults import Fault, fault_of


@dataclass(frozen=True, slots=True)
class CheckView:
    """One verifying: up to which seal, what it read, how many faults there were and the first fifty of them."""

    id: UUID
    started_at: datetime
    ended_at: datetime | None
    until: int
    facts: int
    details: int
    faults: int
    named: tuple[Fault, ...]


def newest_checks(most: int) -> list[CheckView]:
    """The newest verifyings, newest first, the one under way included; one query."""
    return [
        CheckView(
            row.id, row.started_at, row.ended_at, row.until, row.facts, row.details, row.faults,
            tuple(fault_of(one) for one in row.named),
        )
        for row in Check.objects.order_by("-id")[:most]
    ]
