"""Whom a unit must visit this quarter, official by official, and whom it has visited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from zhitong.domain.intake.rules.quarters import Quarter
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Care
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.visits.models import Quiet, Visit
from zhitong.domain.visits.rules.kinds import RoundsState, VisitKind


@dataclass(frozen=True, slots=True)
class RoundsRow:
    """One of those looked after: by which official, when last visited, and whether in the quarter. `id` is the care's."""

    id: UUID
    subject_id: UUID
    subject: str
    kind: SubjectKind
    region: str
    tier: Rank
    lead_official: str
    liaison: str
    last_on: date | None
    state: RoundsState
    is_quiet: bool


def rounds_for(
    viewer: Viewer, quarter: Quarter, *, official: str = "", state: RoundsState | None = None, after: UUID | None = None,
    turned: bool = False, limit: int = 50,
) -> list[RoundsRow]:
    """Up to `limit` of those the viewer's unit looks after, in the order in which care was assigned (one query)."""
    rows = _narrowed(viewer, quarter, official, state)
    if after is not None:
        rows = rows.filter(id__lt=after) if turned else rows.filter(id__gt=after)
    here = directory()
    columns = (
        "id", "subject_id", "subject__name", "subject__kind", "subject__region_id", "tier", "lead_official", "liaison",
        "last_on", "is_visited", "is_quiet",
    )
    return [
        RoundsRow(
            care_id, subject_id, name, SubjectKind(kind), here.regions[region_id].name, Rank(tier), official_named, liaison,
            last_on, RoundsState.DONE if is_visited else RoundsState.DUE, is_quiet,
        )
        for care_id, subject_id, name, kind, region_id, tier, official_named, liaison, last_on, is_visited, is_quiet
        in rows.order_by("-id" if turned else "id").values_list(*columns)[:limit]
    ]


def count_of_rounds(
    viewer: Viewer, quarter: Quarter, *, official: str = "", state: RoundsState | None = None, most: int = 1001
) -> int:
    """How many those are, counted up to `most`. One query."""
    return _narrowed(viewer, quarter, official, state).order_by()[:most].count()


def officials_of(viewer: Viewer) -> list[str]:
    """The lead officials in whose name the viewer's unit looks after anybody, by name; one query."""
    rows = Care.objects.filter(unit_id=viewer.unit_id, until__isnull=True)
    return sorted(set(rows.values_list("lead_official", flat=True)))


def _narrowed(viewer: Viewer, quarter: Quarter, official: str, state: RoundsState | None) -> QuerySet[Care]:
    made = Visit.objects.filter(subject_id=OuterRef("subject_id"), unit_id=viewer.unit_id, kind=VisitKind.VISIT.value)
    last = made.order_by().values("subject_id").annotate(last=Max("happened_on")).values("last")
    rows = Care.objects.filter(unit_id=viewer.unit_id, until__isnull=True, subject__ended_on__isnull=True).annotate(
        is_visited=Exists(made.filter(happened_on__range=quarter.days)), last_on=Subquery(last),
        is_quiet=Exists(Quiet.objects.filter(subject_id=OuterRef("subject_id"), until__isnull=True)),
    )
    if official:
        rows = rows.filter(lead_official=official)
    return rows if state is None else rows.filter(is_visited=state is RoundsState.DONE)
