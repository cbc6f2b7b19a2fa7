"""Removals from lists: those that wait for one's decision, those one has asked for, and those of one of the served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Removal
from zhitong.domain.subjects.rules.kinds import RemovalCause
from zhitong.kit.refusals import NotFound

SHOWN = 200


@dataclass(frozen=True, slots=True)
class RemovalView:
    """A removal as it stands; `agreed` is None while it waits."""

    id: UUID
    subject_id: UUID
    subject: str
    list: str
    cause: RemovalCause
    proof: str
    asked_by: str
    asked_at: datetime
    decider_id: UUID
    decider: str
    decided_at: datetime | None
    agreed: bool | None
    answer: str


def removals_waiting_for(viewer: Viewer) -> list[RemovalView]:
    """Those that the viewer's unit has to decide, the oldest first; two queries."""
    return _views(Q(decider_id=viewer.unit_id, decided_at__isnull=True))


def removals_asked_by(viewer: Viewer) -> list[RemovalView]:
    """Those that the viewer's unit has asked others for, the newest first; two queries."""
    return _views(Q(asked_by_id=viewer.unit_id) & ~Q(decider_id=viewer.unit_id), newest_first=True)


def removals_of(subject_id: UUID) -> list[RemovalView]:
    """Those of a subject the caller has opened, the newest first; two queries."""
    return _views(Q(subject_id=subject_id), newest_first=True)


def removal_to_decide(viewer: Viewer, removal_id: UUID) -> RemovalView:
    """One that the viewer's unit decides, or has decided.

    Raises NotFound: there is none like that.
    """
    found = _views(Q(id=removal_id, decider_id=viewer.unit_id))
    if not found:
        raise NotFound
    return found[0]


def _views(wanted: Q, *, newest_first: bool = False) -> list[RemovalView]:
    rows = list(
        Removal.objects.filter(wanted).select_related("subject", "membership__list")
        .order_by("-id" if newest_first else "id")[:SHOWN]
    )
    if not rows:
        return []
    names = unit_names(unit_id for row in rows for unit_id in (row.asked_by_id, row.decider_id))
    return [
        RemovalView(
            row.id, row.subject_id, row.subject.name, row.membership.list.name, RemovalCause(row.cause), row.proof,
            names.get(row.asked_by_id, ""), row.asked_at, row.decider_id, names.get(row.decider_id, ""),
            row.decided_at, row.agreed, row.answer,
        )
        for row in rows
    ]
