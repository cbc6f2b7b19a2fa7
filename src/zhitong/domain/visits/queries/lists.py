"""Lists of visits and plans: a lens, filters, a page found by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.subjects.models import Care
from zhitong.domain.visits.models import Plan, Promise, Raised, Visit
from zhitong.domain.visits.queries.outlook import PlanView, plan_views
from zhitong.domain.visits.queries.sight import of_coming
from zhitong.domain.visits.rules.kinds import ConfirmationState, PlanState, PromiseState, VisitKind
from zhitong.domain.visits.rules.lenses import Lens, lenses_of
from zhitong.kit.refusals import NotFound

COUNTED_TO, EXCERPT = 1000, 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty asks nothing. `words` looks in the firm's name and the lead official's."""

    kind: VisitKind | None = None
    confirmation: ConfirmationState | None = None
    since: date | None = None
    until: date | None = None
    subject_id: UUID | None = None
    with_open_promises: bool = False
    by_liaison: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as a list shows it; `has_account` tells whether the firm can confirm it at all."""

    id: UUID
    subject_id: UUID
    subject: str
    region: str
    unit: str
    kind: VisitKind
    happened_on: date
    lead_official: str
    by_liaison: bool
    went: str
    excerpt: str
    confirmation: ConfirmationState
    has_account: bool
    open_promises: int
    problems: int


def visits_for(
    viewer: Viewer, lens: Lens, filters: Filters | None = None, *, after: UUID | None = None, turned: bool = False,
    limit: int = 50,
) -> list[VisitRow]:
    """Up to `limit` visits of a lens, the newest record first, after the one named (four queries).

    Raises NotFound: the viewer has no such lens.
    """
    rows = _narrowed(_through(viewer, lens), filters or Filters())
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    return visit_rows(list(rows.select_related("subject").order_by("id" if turned else "-id")[:limit]))


def count_for(viewer: Viewer, lens: Lens, filters: Filters | None = None, *, most: int = COUNTED_TO + 1) -> int:
    """How many visits a lens holds, counted up to `most`. One query."""
    return _narrowed(_through(viewer, lens), filters or Filters()).order_by()[:most].count()


def plans_for(viewer: Viewer, *, today: date, limit: int = 50) -> tuple[PlanView, ...]:
    """The visits planned from today on by the viewer's unit, or to those it looks after or oversees, the next first."""
    rows = Plan.objects.filter(of_coming(viewer), state=PlanState.PLANNED.value, planned_on__gte=today)
    return plan_views(viewer, list(rows.select_related("subject").order_by("planned_on", "id")[:limit]))


def visit_rows(rows: Sequence[Visit]) -> list[VisitRow]:
    """Visits as lists show them; rows come with their subject (two queries)."""
    here, ids = directory(), [row.id for row in rows]
    promised = Counter(Promise.objects.filter(visit_id__in=ids, state=PromiseState.OPEN.value).values_list("visit_id", flat=True))
    raised = Counter(Raised.objects.filter(visit_id__in=ids).values_list("visit_id", flat=True))
    return [
        VisitRow(
            row.id, row.subject_id, row.subject.name, here.regions[row.region_id].name, here.name_of(row.unit_id),
            VisitKind(row.kind), row.happened_on, row.lead_official, row.by_liaison, row.went, row.words[:EXCERPT],
            ConfirmationState(row.confirmation), row.subject_unit_id is not None, promised[row.id], raised[row.id],
        ) for row in rows
    ]


def _through(viewer: Viewer, lens: Lens) -> QuerySet[Visit]:
    rows = Visit.objects.all()
    if not first_wall_stands():
        return rows
    if lens not in lenses_of(viewer.unit_kind, viewer.reach):
        raise NotFound
    if lens is Lens.MINE:
        return rows.filter(subject_unit_id=viewer.unit_id)
    if lens is Lens.UNIT:
        return rows.filter(unit_id=viewer.unit_id)
    if lens is Lens.CARE:
        return rows.filter(Exists(
            Care.objects.filter(subject_id=OuterRef("subject_id"), unit_id=viewer.unit_id, until__isnull=True)
        ))
    if viewer.is_root:
        return rows
    return rows.filter(Exists(
        RegionWithin.objects.filter(region_id=OuterRef("region_id"), ancestor_id=viewer.region_id)
    ))


def _narrowed(rows: QuerySet[Visit], filters: Filters) -> QuerySet[Visit]:
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.confirmation:
        rows = rows.filter(confirmation=filters.confirmation.value)
    if filters.since:
        rows = rows.filter(happened_on__gte=filters.since)
    if filters.until:
        rows = rows.filter(happened_on__lte=filters.until)
    if filters.subject_id:
        rows = rows.filter(subject_id=filters.subject_id)
    if filters.by_liaison:
        rows = rows.filter(by_liaison=True)
    if filters.with_open_promises:
        rows = rows.filter(Exists(Promise.objects.filter(visit_id=OuterRef("id"), state=PromiseState.OPEN.value)))
    if filters.words:
        rows = rows.filter(Q(subject__name__icontains=filters.words) | Q(lead_official__icontains=filters.words))
    return rows
