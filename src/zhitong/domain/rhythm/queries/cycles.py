"""Cycles as lists and as a page: how one is set, its agenda, its figures, what it decided, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.models import AgendaItem, Cycle
from zhitong.domain.rhythm.queries.decisions import DecisionRow, decision_rows
from zhitong.domain.rhythm.queries.sight import agenda_seen, cycles_seen, decisions_seen, figures_seen, hands_on
from zhitong.domain.rhythm.rules.kinds import (
    AgendaSource,
    AgendaState,
    CycleKind,
    CycleSide,
    CycleState,
    DecisionState,
    SnapshotFigure,
)
from zhitong.domain.rhythm.rules.way import CYCLE_MOVES, CycleAct, Hand, why_not
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty asks nothing. `words` looks in the title."""

    side: CycleSide | None = None
    kind: CycleKind | None = None
    state: CycleState | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle as a list shows it: of `decisions` that its reader sees `open` are not carried out."""

    id: UUID
    title: str
    kind: CycleKind
    period: str
    state: CycleState
    office: str
    region_id: UUID
    meets_at: datetime
    place: str
    decisions: int
    open: int


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item of an agenda with what it is about."""

    id: UUID
    position: int
    source: AgendaSource
    state: AgendaState
    title: str
    words: str
    unit_id: UUID | None
    unit: str
    by_unit: str
    problem_number: str
    target_id: UUID | None
    finding_id: UUID | None
    decision_id: UUID | None


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure of the snapshot beside that of last time."""

    figure: SnapshotFigure
    value: int
    before: int | None


@dataclass(frozen=True, slots=True)
class CycleView:
    """A cycle opened; `acts` are those open to the viewer now, with what each leads to."""

    row: CycleRow
    office_id: UUID
    chair: str
    demands: str
    called_ids: tuple[UUID, ...]
    called: tuple[str, ...]
    cut_off_at: datetime
    called_at: datetime | None
    held_on: date | None
    attended: str
    minutes: str
    published_at: datetime | None
    filed_at: datetime | None
    reason: str
    agenda: tuple[AgendaRow, ...]
    figures: tuple[FigureView, ...]
    decisions: tuple[DecisionRow, ...]
    acts: Mapping[CycleAct, str]


def cycles_for(
    viewer: Viewer, filters: Filters | None = None, *, after: tuple[datetime, UUID] | None = None, turned: bool = False,
    limit: int = 50,
) -> list[CycleRow]:
    """One page, what lies ahead first and then the newest; one query. The key is the time it meets and the id."""
    rows = _narrowed(viewer, filters or Filters())
    if after is not None:
        at, row_id = after
        later = Q(meets_at__gt=at) | Q(meets_at=at, id__gt=row_id)
        earlier = Q(meets_at__lt=at) | Q(meets_at=at, id__lt=row_id)
        rows = rows.filter(later if turned else earlier)
    order = ("meets_at", "id") if turned else ("-meets_at", "-id")
    return [_row(one) for one in _counted(rows, viewer).order_by(*order)[:limit]]


def count_for(viewer: Viewer, filters: Filters | None = None, *, most: int = 1001) -> int:
    """How many those are, counted up to `most`; one query."""
    return _narrowed(viewer, filters or Filters()).order_by()[:most].count()


def cycle_seen(viewer: Viewer, cycle_id: UUID, *, now: datetime) -> CycleView:
    """One cycle (four queries). Who was called sees of the agenda what is his to see, and of a draft nothing.

    Raises NotFound: there is none for this viewer.
    """
    return _view(viewer, cycles_seen(viewer).filter(id=cycle_id), now)


def cycle_titled(viewer: Viewer, title: str, *, now: datetime) -> CycleView:
    """The same by its name, as papers are asked for; of several the newest that was not dropped.

    Raises NotFound: there is none for this viewer.
    """
    found = cycles_seen(viewer).filter(title=title).exclude(state=CycleState.DROPPED.value)
    return _view(viewer, found.order_by("-meets_at", "-id"), now)


def newest_title(viewer: Viewer, region_id: UUID, *, by: datetime, state: CycleState) -> str:
    """The name of a region's newest cycle that had come so far by a moment: called, or published; empty where there is none."""
    column = "called_at" if state is CycleState.CALLED else "published_at"
    rows = cycles_seen(viewer).filter(region_id=region_id, **{f"{column}__lte": by}).exclude(state=CycleState.DROPPED.value)
    return rows.order_by("-meets_at", "-id").values_list("title", flat=True).first() or ""


def _view(viewer: Viewer, found: QuerySet[Cycle], now: datetime) -> CycleView:
    row = _counted(found, viewer).first()
    if row is None:
        raise NotFound
    here = directory()
    is_recorded = row.state in (CycleState.PUBLISHED.value, CycleState.FILED.value)
    reads = is_recorded or Hand.OFFICE in hands_on(row, viewer.unit_id)
    decisions = decisions_seen(viewer).filter(cycle_id=row.id).order_by("number")
    return CycleView(
        _row(row), row.office_id, row.chair, row.demands, tuple(row.called), tuple(here.name_of(one) for one in row.called),
        row.cut_off_at, row.called_at, row.held_on, row.attended if reads else "", row.minutes if reads else "",
        row.published_at, row.filed_at, row.reason,
        tuple(_agenda(one) for one in agenda_seen(viewer, row.id).order_by("position", "id")),
        _figures(viewer, row.id), tuple(decision_rows(viewer, list(decisions), now)), _acts(viewer, row),
    )


def _narrowed(viewer: Viewer, filters: Filters) -> QuerySet[Cycle]:
    rows = cycles_seen(viewer, filters.side)
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.state:
        rows = rows.filter(state=filters.state.value)
    return rows.filter(title__icontains=filters.words) if filters.words else rows


def _counted(rows: QuerySet[Cycle], viewer: Viewer) -> QuerySet[Cycle]:
    seen = decisions_seen(viewer).filter(cycle_id=OuterRef("id")).order_by().values("cycle_id")
    still = Count("id", filter=~Q(state__in=[DecisionState.CLOSED.value, DecisionState.DRAFT.value]))
    every, open_ones = (
        Coalesce(Subquery(seen.annotate(n=one).values("n"), output_field=IntegerField()), 0) for one in (Count("id"), still)
    )
    return rows.annotate(decision_count=every, open_count=open_ones)


def _row(one: Cycle) -> CycleRow:
    return CycleRow(
        one.id, one.title, CycleKind(one.kind), one.period, CycleState(one.state), directory().name_of(one.office_id),
        one.region_id, one.meets_at, one.place, one.decision_count, one.open_count,  # type: ignore[attr-defined]
    )


def _agenda(one: AgendaItem) -> AgendaRow:
    here = directory()
    return AgendaRow(
        one.id, one.position, AgendaSource(one.source), AgendaState(one.state), one.title, one.words, one.unit_id,
        here.name_of(one.unit_id) if one.unit_id else "", here.name_of(one.by_unit_id) if one.by_unit_id else "",
        one.problem_number, one.target_id, one.finding_id, one.decision_id,
    )


def _figures(viewer: Viewer, cycle_id: UUID) -> tuple[FigureView, ...]:
    found = {SnapshotFigure(one.figure): one for one in figures_seen(viewer, cycle_id)}
    return tuple(FigureView(word, found[word].value, found[word].before) for word in SnapshotFigure if word in found)


def _acts(viewer: Viewer, row: Cycle) -> dict[CycleAct, str]:
    hands, state = hands_on(row, viewer.unit_id), CycleState(row.state)
    may = {Hand.OFFICE: viewer.may(Permission.SUPERVISE), Hand.CALLED: viewer.may(Permission.HANDLE)}
    own = frozenset(hand for hand in hands if may[hand])
    return {act: move.words for act, move in CYCLE_MOVES.items() if not why_not(act, state, own)}
