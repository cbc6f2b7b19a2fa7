"""Inspections as lists and as a page: the plan, what was drawn, what was found, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhitong.domain.inspections.models import Drawn, Inspection, Sample
from zhitong.domain.inspections.queries.choosing import times_looked_at
from zhitong.domain.inspections.queries.findings import FindingRow, finding_rows
from zhitong.domain.inspections.queries.sight import findings_seen, hands_on, inspections_seen
from zhitong.domain.inspections.rules.kinds import FindingState, InspectionState, Population, Way
from zhitong.domain.inspections.rules.way import INSPECTION_MOVES, InspectionAct, why_not
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty asks nothing. `words` looks in the title."""

    state: InspectionState | None = None
    way: Way | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """An inspection as a list shows it: `objects` units looked at; `found` findings of which `open` are not closed."""

    id: UUID
    title: str
    way: Way
    state: InspectionState
    by_unit: str
    objects: int
    since: date
    until: date
    found: int
    open: int


@dataclass(frozen=True, slots=True)
class ObjectView:
    """A unit looked at, and how often it is this year."""

    id: UUID
    code: str
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class DrawnView:
    """One that was drawn, a problem by its number or one of the served by its code."""

    id: UUID
    position: int
    name: str
    about: str
    reported: str
    unit_id: UUID | None
    unit: str
    is_problem: bool
    subject_id: UUID | None


@dataclass(frozen=True, slots=True)
class SampleView:
    """What was drawn, with all that anybody needs to draw it again."""

    id: UUID
    population: Population
    since: date
    until: date
    seed: str
    of: int
    digest: str
    drawn_at: datetime
    drawn: tuple[DrawnView, ...]


@dataclass(frozen=True, slots=True)
class InspectionView:
    """An inspection opened; `acts` are those open to the viewer now, with what each leads to."""

    row: InspectionRow
    by_unit_id: UUID
    matters: str
    approver_id: UUID
    approver: str
    partners: tuple[ObjectView, ...]
    units: tuple[ObjectView, ...]
    words: str
    approved_at: datetime | None
    conclusion: str
    ended_at: datetime | None
    samples: tuple[SampleView, ...]
    findings: tuple[FindingRow, ...]
    acts: Mapping[InspectionAct, str]


def inspections_for(
    viewer: Viewer, filters: Filters | None = None, *, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[InspectionRow]:
    """One page, the newest first; one query."""
    rows = _narrowed(viewer, filters or Filters())
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    return [_row(one) for one in _counted(rows, viewer).order_by("id" if turned else "-id")[:limit]]


def count_for(viewer: Viewer, filters: Filters | None = None, *, most: int = 1001) -> int:
    """How many those are, counted up to `most`; one query."""
    return _narrowed(viewer, filters or Filters()).order_by()[:most].count()


def inspection_seen(viewer: Viewer, inspection_id: UUID, *, now: datetime) -> InspectionView:
    """One inspection (seven queries at most). A unit looked at sees of the findings its own.

    Raises NotFound: there is none for this viewer.
    """
    row = _counted(inspections_seen(viewer).filter(id=inspection_id), viewer).first()
    if row is None:
        raise NotFound
    here = directory()
    times = times_looked_at(viewer, row.objects_of, on=row.since_on)
    findings = findings_seen(viewer).filter(inspection_id=row.id).order_by("id")
    return InspectionView(
        _row(row), row.by_unit_id, row.matters, row.approver_id, here.name_of(row.approver_id),
        tuple(_object(one, 0) for one in row.partners), tuple(_object(one, times[one]) for one in row.objects_of), row.words,
        row.approved_at, row.conclusion, row.ended_at, _samples(row.id), tuple(finding_rows(list(findings), now)),
        _acts(viewer, row),
    )


def sample_names(viewer: Viewer, sample_id: UUID) -> list[str]:
    """Every name that a sample was drawn from, in order; for who sees the inspection, to draw it again.

    Raises NotFound.
    """
    sample = Sample.objects.filter(id=sample_id, inspection__in=inspections_seen(viewer)).first()
    if sample is None:
        raise NotFound
    return list(sample.names)


def waiting_for(viewer: Viewer, *, limit: int = 8) -> list[InspectionRow]:
    """Plans that wait for the viewer's unit to approve them, the oldest first (one query)."""
    if not viewer.may(Permission.SUPERVISE):
        return []
    waiting = Inspection.objects.filter(approver_id=viewer.unit_id, state=InspectionState.SUBMITTED.value)
    return [_row(one) for one in _counted(waiting, viewer).order_by("id")[:limit]]


def _narrowed(viewer: Viewer, filters: Filters) -> QuerySet[Inspection]:
    rows = inspections_seen(viewer)
    if filters.state:
        rows = rows.filter(state=filters.state.value)
    if filters.way:
        rows = rows.filter(way=filters.way.value)
    return rows.filter(title__icontains=filters.words) if filters.words else rows


def _counted(rows: QuerySet[Inspection], viewer: Viewer) -> QuerySet[Inspection]:
    seen = findings_seen(viewer).filter(inspection_id=OuterRef("id")).order_by().values("inspection_id")
    still = Count("id", filter=~Q(state=FindingState.CLOSED.value))
    counts = (Coalesce(Subquery(seen.annotate(n=one).values("n"), output_field=IntegerField()), 0) for one in (Count("id"), still))
    found_count, open_count = counts
    return rows.annotate(found_count=found_count, open_count=open_count)


def _row(one: Inspection) -> InspectionRow:
    return InspectionRow(
        one.id, one.title, Way(one.way), InspectionState(one.state), directory().name_of(one.by_unit_id), len(one.objects_of),
        one.since_on, one.until_on, one.found_count, one.open_count,  # type: ignore[attr-defined]
    )


def _object(unit_id: UUID, times: int) -> ObjectView:
    here = directory()
    unit = here.units.get(unit_id)
    return ObjectView(unit_id, unit.code if unit else "", here.name_of(unit_id), times)


def _samples(inspection_id: UUID) -> tuple[SampleView, ...]:
    here = directory()
    drawn: dict[UUID, list[DrawnView]] = {}
    for one in Drawn.objects.filter(sample__inspection_id=inspection_id).order_by("sample_id", "position"):
        drawn.setdefault(one.sample_id, []).append(DrawnView(
            one.id, one.position, one.name, one.about, one.reported, one.unit_id,
            here.name_of(one.unit_id) if one.unit_id else "", one.problem_id is not None, one.subject_id,
        ))
    return tuple(
        SampleView(
            one.id, Population(one.population), one.since_on, one.until_on, one.seed, one.of, one.digest, one.drawn_at,
            tuple(drawn.get(one.id, ())),
        )
        for one in Sample.objects.filter(inspection_id=inspection_id).defer("names").order_by("id")
    )


def _acts(viewer: Viewer, row: Inspection) -> dict[InspectionAct, str]:
    if not viewer.may(Permission.SUPERVISE):
        return {}
    hands, state = hands_on(row, viewer.unit_id), InspectionState(row.state)
    return {act: move.words for act, move in INSPECTION_MOVES.items() if not why_not(act, state, hands)}
