"""One visit with its promises, problems and files; and those of one firm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.followed import Followed, problems_followed
from zhitong.domain.visits.models import Promise, Raised, Visit
from zhitong.domain.visits.queries.lists import VisitRow, visit_rows
from zhitong.domain.visits.queries.sight import FILES_OF, of_concern, subject_reached
from zhitong.domain.visits.rules.kinds import ConfirmationState, PromiseState
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise and how it stands; `is_overdue` when its day is past and nobody has said that it was kept."""

    id: UUID
    visit_id: UUID
    visited_on: date
    what: str
    unit: str
    due_on: date
    state: PromiseState
    note: str
    settled_on: date | None
    is_overdue: bool
    may_settle: bool


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit opened; a problem is None where the viewer may not see it."""

    row: VisitRow
    words: str
    said: str
    confirmed_at: datetime | None
    recorded_at: datetime
    promises: tuple[PromiseView, ...]
    problems: tuple[Followed | None, ...]
    files: tuple[FileView, ...]
    is_own: bool
    may_confirm: bool


def visit_seen(viewer: Viewer, visit_id: UUID, *, today: date) -> VisitView:
    """One visit (eight queries).

    Raises NotFound: there is none, or none for this viewer.
    """
    row = Visit.objects.filter(of_concern(viewer), id=visit_id).select_related("subject").first()
    if row is None:
        raise NotFound
    ids: Collection[UUID] = list(Raised.objects.filter(visit=row).order_by("position").values_list("problem_id", flat=True))
    followed = problems_followed(viewer, ids)
    promised = Promise.objects.filter(visit=row).select_related("visit").order_by("position")
    return VisitView(
        visit_rows([row])[0], row.words, row.said, row.confirmed_at, row.recorded_at,
        _promises(viewer, list(promised), today), tuple(followed.get(one) for one in ids),
        tuple(files_of(FILES_OF, [row.id])[row.id]), row.unit_id == viewer.unit_id,
        row.subject_unit_id == viewer.unit_id and row.confirmation == ConfirmationState.AWAITED.value,
    )


def visits_to(viewer: Viewer, subject_id: UUID, *, limit: int = 10) -> list[VisitRow]:
    """The newest visits to one of the served that the viewer may see.

    Raises NotFound: the subject is not there for the viewer.
    """
    subject_reached(viewer, subject_id)
    rows = Visit.objects.filter(of_concern(viewer), subject_id=subject_id).select_related("subject").order_by("-happened_on", "-id")
    return visit_rows(list(rows[:limit]))


def promises_to(viewer: Viewer, subject_id: UUID, *, today: date, limit: int = 8) -> tuple[PromiseView, ...]:
    """What was promised to one of the served, the newest first.

    Raises NotFound: the subject is not there for the viewer.
    """
    subject_reached(viewer, subject_id)
    seen = Visit.objects.filter(of_concern(viewer), subject_id=subject_id)
    rows = Promise.objects.filter(visit__in=seen).select_related("visit").order_by("-visit__happened_on", "id")
    return _promises(viewer, list(rows[:limit]), today)


def awaiting(viewer: Viewer, *, limit: int = 20) -> list[VisitRow]:
    """The visits that the viewer's own firm has still to confirm, the newest first."""
    rows = Visit.objects.filter(subject_unit_id=viewer.unit_id, confirmation=ConfirmationState.AWAITED.value)
    return visit_rows(list(rows.select_related("subject").order_by("-id")[:limit]))


def promises_open(viewer: Viewer, *, today: date, limit: int = 20) -> tuple[PromiseView, ...]:
    """What the viewer's unit has promised or answers for and has not settled, the soonest due first."""
    rows = Promise.objects.filter(unit_id=viewer.unit_id, state=PromiseState.OPEN.value).select_related("visit")
    return _promises(viewer, list(rows.order_by("due_on", "id")[:limit]), today)


def _promises(viewer: Viewer, rows: Collection[Promise], today: date) -> tuple[PromiseView, ...]:
    here = directory()
    return tuple(
        PromiseView(
            row.id, row.visit_id, row.visit.happened_on, row.what, here.name_of(row.unit_id), row.due_on,
            PromiseState(row.state), row.note, row.settled_on,
            row.state == PromiseState.OPEN.value and row.due_on < today,
            row.state == PromiseState.OPEN.value and viewer.unit_id in (row.unit_id, row.visit.unit_id),
        ) for row in rows
    )
