"""What an office has yet to decide of tiers: its newest run of each kind, while it is not adopted and would move somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.models import Run
from zhitong.domain.tiering.rules.standards import read_standard
from zhitong.domain.tiering.rules.summary import read_summary


@dataclass(frozen=True, slots=True)
class TierDuty:
    """A run that waits to be adopted, and how many of its moves the viewer's level decides."""

    run_id: UUID
    kind: SubjectKind
    made_at: datetime
    moves: int


def duties_for(viewer: Viewer) -> list[TierDuty]:
    """The runs of the viewer's own region that wait, the oldest first; one query. Nobody but an office has any."""
    if not viewer.may(Permission.DISPATCH):
        return []
    rank = directory().regions[viewer.region_id].rank
    newest = Run.objects.filter(region_id=viewer.region_id).order_by("campaign", "kind", "-made_at", "-id").distinct("campaign", "kind")
    waiting = []
    for run in newest:
        kind = SubjectKind(run.kind)
        moves = read_summary(run.summary, read_standard(run.standard)).decided_by(rank)
        if run.adopted_at is None and moves:
            waiting.append(TierDuty(run.id, kind, run.made_at, moves))
    return sorted(waiting, key=lambda one: one.made_at)
