"""Decisions (决定事项): lists of a unit and a territory, and one of them opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.rhythm.models import Decision
from zhitong.domain.rhythm.queries.sight import (
    FILES_OF,
    cycles_seen,
    decisions_seen,
    hands_on_decision,
    may_read_answers,
)
from zhitong.domain.rhythm.rules.facts import DecisionFact
from zhitong.domain.rhythm.rules.kinds import DecisionState
from zhitong.domain.rhythm.rules.way import DECISION_MOVES, DecisionAct, Hand, why_not
from zhitong.kit.refusals import NotFound

_RUNNING = (DecisionState.OPEN.value, DecisionState.RETURNED.value)


@dataclass(frozen=True, slots=True)
class DecisionFilters:
    """What a list is narrowed to; empty asks nothing. `words` looks in what was decided, `own` in what is the unit's to do."""

    state: DecisionState | None = None
    own: bool = False
    late: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as lists show it; what came of it is empty for who has no part in it and oversees nothing."""

    id: UUID
    cycle_id: UUID
    cycle: str
    number: int
    what: str
    unit_id: UUID
    unit: str
    joint: tuple[str, ...]
    joint_ids: tuple[UUID, ...]
    workdays: int
    state: DecisionState
    light: Light
    due_at: datetime | None
    progress: str
    progress_at: datetime | None
    first_answered_at: datetime | None
    closed_at: datetime | None
    carried: int


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """One line of what happened to a decision, with what was said."""

    at: datetime
    kind: DecisionFact
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision opened; `acts` are those open to the viewer now, with what each leads to."""

    row: DecisionRow
    office: str
    due_words: str
    returns: int
    return_reason: str
    opinion: str
    files: tuple[FileView, ...]
    told: tuple[DecisionTold, ...]
    sees_cycle: bool
    acts: Mapping[DecisionAct, str]


def decisions_for(
    viewer: Viewer, filters: DecisionFilters | None = None, *, now: datetime, after: UUID | None = None, turned: bool = False,
    limit: int = 50,
) -> list[DecisionRow]:
    """One page, the newest first; one query."""
    rows = _narrowed(viewer, filters or DecisionFilters(), now)
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    return decision_rows(viewer, list(rows.order_by("id" if turned else "-id")[:limit]), now)


def count_decisions(viewer: Viewer, filters: DecisionFilters | None = None, *, now: datetime, most: int = 1001) -> int:
    """How many those are, counted up to `most`; one query."""
    return _narrowed(viewer, filters or DecisionFilters(), now).order_by()[:most].count()


def decision_seen(viewer: Viewer, decision_id: UUID, *, now: datetime) -> DecisionView:
    """One decision (four queries).

    Raises NotFound: there is none for this viewer.
    """
    row = decisions_seen(viewer).filter(id=decision_id).first()
    if row is None:
        raise NotFound
    reads = may_read_answers(viewer, row)
    return DecisionView(
        _row(viewer, row, now), directory().name_of(row.office_id), row.due_words, row.returns if reads else 0,
        row.return_reason if reads else "", row.opinion if reads else "",
        tuple(files_of(FILES_OF, [row.id])[row.id]) if reads else (), _told(row.id) if reads else (),
        cycles_seen(viewer).filter(id=row.cycle_id).exists(), _acts(viewer, row),
    )


def decisions_waiting_for(viewer: Viewer, *, now: datetime, limit: int = 8) -> list[DecisionRow]:
    """What waits for the viewer's unit: to carry out, or to check what was; the most urgent first (one query)."""
    wanted = Q(pk__in=[])
    if viewer.may(Permission.HANDLE):
        wanted |= Q(unit_id=viewer.unit_id, state__in=_RUNNING)
    if viewer.may(Permission.SUPERVISE):
        wanted |= Q(office_id=viewer.unit_id, state=DecisionState.ANSWERED.value)
    rows = Decision.objects.filter(wanted).order_by("due_at", "id")[:limit]
    return decision_rows(viewer, list(rows), now)


def decision_rows(viewer: Viewer, rows: Sequence[Decision], now: datetime) -> list[DecisionRow]:
    """Decisions as lists show them (no query)."""
    return [_row(viewer, row, now) for row in rows]


def _narrowed(viewer: Viewer, filters: DecisionFilters, now: datetime) -> QuerySet[Decision]:
    rows = decisions_seen(viewer)
    if filters.state:
        rows = rows.filter(state=filters.state.value)
    if filters.own:
        rows = rows.filter(Q(unit_id=viewer.unit_id) | Q(joint__contains=[viewer.unit_id]))
    if filters.late:
        rows = rows.filter(state__in=_RUNNING, due_at__lt=now)
    return rows.filter(Q(what__icontains=filters.words) | Q(title__icontains=filters.words)) if filters.words else rows


def _row(viewer: Viewer, row: Decision, now: datetime) -> DecisionRow:
    here, reads = directory(), may_read_answers(viewer, row)
    light = light_of(row.due_at, row.warn_at, now) if row.state in _RUNNING else Light.NONE
    return DecisionRow(
        row.id, row.cycle_id, row.title, row.number, row.what, row.unit_id, here.name_of(row.unit_id),
        tuple(here.name_of(one) for one in row.joint), tuple(row.joint), row.workdays, DecisionState(row.state), light, row.due_at,
        row.progress if reads else "", row.progress_at if reads else None, row.first_answered_at if reads else None,
        row.closed_at, row.carried,
    )


def _told(decision_id: UUID) -> tuple[DecisionTold, ...]:
    here = directory()
    return tuple(
        DecisionTold(one.at, DecisionFact(one.kind), here.name_of(one.unit_id) if one.unit_id else "", next(iter(one.words.values()), ""))
        for one in facts_about(decision_id)
    )


def _acts(viewer: Viewer, row: Decision) -> dict[DecisionAct, str]:
    handles, supervises = viewer.may(Permission.HANDLE), viewer.may(Permission.SUPERVISE)
    may = {Hand.OFFICE: supervises, Hand.LEAD: handles, Hand.JOINT: handles}
    own = frozenset(hand for hand in hands_on_decision(row, viewer.unit_id) if may[hand])
    state = DecisionState(row.state)
    return {act: move.words for act, move in DECISION_MOVES.items() if not why_not(act, state, own, row.returns)}
