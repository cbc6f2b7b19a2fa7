"""The rectification list (整改台账): findings of a territory or a unit, and one of them opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.history.queries import facts_about
from zhitong.domain.inspections.models import Finding
from zhitong.domain.inspections.queries.sight import FILES_OF, findings_seen, hands_on_finding, inspections_seen
from zhitong.domain.inspections.rules.facts import InspectionFact
from zhitong.domain.inspections.rules.kinds import FindingState
from zhitong.domain.inspections.rules.way import FINDING_MOVES, FindingAct, Hand, why_not
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.kit.refusals import NotFound

_RUNNING = (FindingState.OPEN.value, FindingState.RETURNED.value)


@dataclass(frozen=True, slots=True)
class FindingFilters:
    """What a list is narrowed to; empty asks nothing. `words` looks in what was found and demanded."""

    state: FindingState | None = None
    differs: bool | None = None
    unit_id: UUID | None = None
    late: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as lists show it; `differs` says that what was found is not what the unit had reported."""

    id: UUID
    inspection_id: UUID
    inspection: str
    unit: str
    what: str
    reported: str
    differs: bool
    demand: str
    state: FindingState
    light: Light
    found_at: datetime
    due_at: datetime
    first_answered_at: datetime | None
    answer: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what happened to a finding."""

    at: datetime
    kind: InspectionFact
    unit: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding opened; `acts` are those open to the viewer now, with what each leads to."""

    row: FindingRow
    by_unit: str
    drawn: str
    due_words: str
    answered_at: datetime | None
    returns: int
    return_reason: str
    opinion: str
    files: tuple[FileView, ...]
    told: tuple[Told, ...]
    sees_inspection: bool
    acts: Mapping[FindingAct, str]


def findings_for(
    viewer: Viewer, filters: FindingFilters | None = None, *, now: datetime, after: UUID | None = None, turned: bool = False,
    limit: int = 50,
) -> list[FindingRow]:
    """One page, the newest first; one query."""
    rows = _narrowed(viewer, filters or FindingFilters(), now)
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    return finding_rows(list(rows.order_by("id" if turned else "-id")[:limit]), now)


def count_findings(viewer: Viewer, filters: FindingFilters | None = None, *, now: datetime, most: int = 1001) -> int:
    """How many those are, counted up to `most`; one query."""
    return _narrowed(viewer, filters or FindingFilters(), now).order_by()[:most].count()


def finding_seen(viewer: Viewer, finding_id: UUID, *, now: datetime) -> FindingView:
    """One finding (four queries).

    Raises NotFound: there is none for this viewer.
    """
    row = findings_seen(viewer).filter(id=finding_id).first()
    if row is None:
        raise NotFound
    here = directory()
    told = tuple(
        Told(one.at, InspectionFact(one.kind), here.name_of(one.unit_id) if one.unit_id else "") for one in facts_about(row.id)
    )
    return FindingView(
        _row(row, now), here.name_of(row.by_unit_id), row.drawn_words, row.due_words,
        row.answered_at, row.returns, row.return_reason, row.opinion, tuple(files_of(FILES_OF, [row.id])[row.id]), told,
        inspections_seen(viewer).filter(id=row.inspection_id).exists(), _acts(viewer, row),
    )


def findings_waiting_for(viewer: Viewer, *, now: datetime, limit: int = 8) -> list[FindingRow]:
    """What waits for the viewer's unit: to put right, or to check what was; the most urgent first (one query)."""
    wanted = Q(pk__in=[])
    if viewer.may(Permission.HANDLE):
        wanted |= Q(unit_id=viewer.unit_id, state__in=_RUNNING)
    if viewer.may(Permission.SUPERVISE):
        wanted |= Q(by_unit_id=viewer.unit_id, state=FindingState.ANSWERED.value)
    rows = Finding.objects.filter(wanted).order_by("due_at", "id")[:limit]
    return finding_rows(list(rows), now)


def finding_rows(rows: Sequence[Finding], now: datetime) -> list[FindingRow]:
    """Findings as lists show them (no query)."""
    return [_row(row, now) for row in rows]


def _narrowed(viewer: Viewer, filters: FindingFilters, now: datetime) -> QuerySet[Finding]:
    rows = findings_seen(viewer)
    if filters.state:
        rows = rows.filter(state=filters.state.value)
    if filters.differs is not None:
        rows = rows.filter(differs=filters.differs)
    if filters.unit_id:
        rows = rows.filter(unit_id=filters.unit_id)
    if filters.late:
        rows = rows.filter(state__in=_RUNNING, due_at__lt=now)
    return rows.filter(Q(what__icontains=filters.words) | Q(demand__icontains=filters.words)) if filters.words else rows


def _row(row: Finding, now: datetime) -> FindingRow:
    state = FindingState(row.state)
    light = light_of(row.due_at, row.warn_at, now) if row.state in _RUNNING else Light.NONE
    return FindingRow(
        row.id, row.inspection_id, row.title, directory().name_of(row.unit_id), row.what, row.reported, row.differs,
        row.demand, state, light, row.found_at, row.due_at, row.first_answered_at, row.answer, row.closed_at,
    )


def _acts(viewer: Viewer, row: Finding) -> dict[FindingAct, str]:
    hands, state = hands_on_finding(row, viewer.unit_id), FindingState(row.state)
    may = {Hand.OBJECT: viewer.may(Permission.HANDLE), Hand.INSPECTOR: viewer.may(Permission.SUPERVISE)}
    return {
        act: move.words for act, move in FINDING_MOVES.items()
        if may[move.hand] and not why_not(act, state, hands, row.returns)
    }
