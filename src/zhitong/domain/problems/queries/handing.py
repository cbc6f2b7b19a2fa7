"""Sheets of hand-overs: one's own, those of one's unit, and those one's office drew up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from zhitong.domain.organisations.queries import directory, person_names, post_titles
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands, present
from zhitong.domain.problems.models import HandingOver, Problem
from zhitong.domain.problems.rules.handing import Side, side_of
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.refusals import NotFound

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """A hand-over as its list and its head show it; `mine` is as whom the viewer still has to sign.

    `to_register` are the sides whose signature on the printed sheet the viewer may register.
    """

    id: UUID
    unit_id: UUID
    unit: str
    title: str
    from_name: str
    to_name: str
    made_at: datetime
    count: int
    cares: int
    note: str
    from_signed_at: datetime | None
    to_signed_at: datetime | None
    from_on_paper: bool
    to_on_paper: bool
    mine: Side | None
    to_register: tuple[Side, ...]

    @property
    def is_signed(self) -> bool:
        """Whether both have signed."""
        return self.from_signed_at is not None and self.to_signed_at is not None


@dataclass(frozen=True, slots=True)
class OpenThen:
    """A problem that was open in the unit on the day, and how it stands now."""

    number: str
    subject_name: str
    excerpt: str
    state: State
    stage_due_at: datetime | None


def open_with(unit_id: UUID) -> list[UUID]:
    """The open problems a unit is accountable for, the next due first; one query.

    Who administers the territory learns which and how many, never what they say.
    """
    if present() is None:
        rows = Problem.objects.filter(accountable_unit_id=unit_id, open_spell__isnull=False).order_by("stage_due_at", "id")
        return list(rows.values_list("id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM problems_open_with(%s)", [unit_id])
        return [row[0] for row in cursor.fetchall()]


def sheets_for(viewer: Viewer) -> list[Sheet]:
    """The newest sheets that concern the viewer; three queries."""
    return _sheets(viewer, list(_seen(viewer).order_by("-made_at", "id")[:SHOWN]))


def sheets_to_sign(viewer: Viewer) -> list[Sheet]:
    """The newest sheets that wait for the viewer's own signature; three queries."""
    mine = Q(from_person_id=viewer.person_id, from_signed_at=None) | Q(to_person_id=viewer.person_id, to_signed_at=None)
    return _sheets(viewer, list(HandingOver.objects.filter(mine).order_by("-made_at", "id")[:SHOWN]))


def sheet_for(viewer: Viewer, sheet_id: UUID) -> tuple[Sheet, list[OpenThen]]:
    """One sheet with what was open then, as far as the viewer sees it today; the sheet's count stays.

    Raises NotFound: there is none such for the viewer.
    """
    row = _seen(viewer).filter(id=sheet_id).first()
    if row is None:
        raise NotFound
    [sheet] = _sheets(viewer, [row])
    rows = Problem.objects.filter(id__in=row.problems, parties__unit_id=viewer.unit_id)
    named = rows.order_by("stage_due_at", "id").values_list("number", "subject_name", "text", "state", "stage_due_at", "unnamed")
    return sheet, [
        OpenThen(number, "" if unnamed else subject, text[:60], State(state), due)
        for number, subject, text, state, due, unnamed in named
    ]


def _seen(viewer: Viewer):  # type: ignore[no-untyped-def]
    if not first_wall_stands():
        return HandingOver.objects.all()
    persons = Q(from_person_id=viewer.person_id) | Q(to_person_id=viewer.person_id)
    return HandingOver.objects.filter(persons | Q(unit_id=viewer.unit_id) | Q(made_by_unit_id=viewer.unit_id))


def _sheets(viewer: Viewer, rows: list[HandingOver]) -> list[Sheet]:
    people = person_names(one for row in rows for one in (row.from_person_id, row.to_person_id))
    titles, here = post_titles(row.post_id for row in rows), directory()
    return [
        Sheet(
            row.id, row.unit_id, here.name_of(row.unit_id), titles[row.post_id], people[row.from_person_id],
            people[row.to_person_id], row.made_at, len(row.problems), row.cares, row.note, row.from_signed_at, row.to_signed_at,
            row.from_on_paper, row.to_on_paper, _to_sign(viewer, row), _to_register(viewer, row),
        )
        for row in rows
    ]


def _to_sign(viewer: Viewer, row: HandingOver) -> Side | None:
    side = side_of(viewer.person_id, row.from_person_id, row.to_person_id)
    return side if side in _unsigned(row) else None


def _to_register(viewer: Viewer, row: HandingOver) -> tuple[Side, ...]:
    is_ours = row.made_by_unit_id == viewer.unit_id and viewer.may(Permission.ADMINISTER)
    return _unsigned(row) if is_ours else ()


def _unsigned(row: HandingOver) -> tuple[Side, ...]:
    signed = {Side.FROM: row.from_signed_at, Side.TO: row.to_signed_at}
    return tuple(side for side in Side if signed[side] is None)
