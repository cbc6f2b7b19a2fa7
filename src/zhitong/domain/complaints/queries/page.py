"""One complaint in full, for its parties: what was said, how it stands, what may be done, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.complaints.models import Complaint, Party, Step
from zhitong.domain.complaints.queries.lists import ComplaintRow, names_in, row_of, seen_by
from zhitong.domain.complaints.rules.kinds import Act, Part, State
from zhitong.domain.complaints.rules.numbering import read_number
from zhitong.domain.complaints.rules.receiving import Accused, bodies_to_refer_to
from zhitong.domain.complaints.rules.way import TABLE, Standing, why_not
from zhitong.domain.organisations.queries import directory, person_names, unit_names
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.kit.refusals import NotFound

STANDING = (
    "id", "number", "campaign", "state", "holder_id", "accused_unit_id", "accused_region_id", "asks", "submitted_at",
    "last_at", "notify_due_at", "notify_warn_at",
)
_MORE = (
    "accused_person", "happened", "text", "is_unnamed", "complainant_name", "due_at", "warn_at", "due_is_provisional",
    "problem__number",
)


@dataclass(frozen=True, slots=True)
class ActChoice:
    """An act of the viewer's unit: allowed now, or the reason why not; `words` say what follows."""

    act: Act
    allowed: bool
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One act with its words; of the complainant's acts `unit` and `person` are empty."""

    act: Act
    at: datetime
    unit: str
    person: str
    text: str
    to: str
    letter_number: str
    letter_on: date | None


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """A complaint as one of its parties reads it. `from_problem` is the number it had in the ordinary pool."""

    row: ComplaintRow
    standing: Standing
    part: Part
    happened: str
    text: str
    notify_light: Light
    due_is_provisional: bool
    from_problem: str
    acts: tuple[ActChoice, ...]
    steps: tuple[StepView, ...]

    @property
    def is_complainant(self) -> bool:
        """Whether the reader's unit brought it."""
        return self.part is Part.COMPLAINANT


def complaint_page(viewer: Viewer, number: str, *, now: datetime) -> ComplaintPage:
    """One complaint by its receipt number, in six queries.

    Raises NotFound: there is none, or none for this viewer.
    """
    row = seen_by(viewer).filter(number=read_number(number)).values(*STANDING, *_MORE).first()
    if row is None:
        raise NotFound
    part = _part_of(viewer, row["id"])
    standing = standing_from(row)
    is_complainant = part is Part.COMPLAINANT
    over = standing.state is State.NOTIFIED
    return ComplaintPage(
        row=row_of(row, viewer, names_in([row]), now), standing=standing, part=part, happened=row["happened"], text=row["text"],
        notify_light=Light.NONE if over else light_of(row["notify_due_at"], row["notify_warn_at"], now),
        due_is_provisional=row["due_is_provisional"],
        from_problem=row["problem__number"] or "",
        acts=_acts(viewer, standing, part), steps=_steps(standing.id, is_complainant),
    )


def standing_from(row: dict[str, Any]) -> Standing:
    """A stored row as acts ask it."""
    return Standing(**{name: row[name] for name in STANDING if name != "state"}, state=State(row["state"]))


def standing_locked(viewer: Viewer, number: str) -> tuple[Standing, Part]:
    """How a complaint stands, its row locked until the transaction ends, and the viewer's part in it.

    Locking and reading are two statements, so that who waited reads how it stands after the wait.
    Raises NotFound: there is none, or none for this viewer.
    """
    seen = seen_by(viewer).filter(number=read_number(number)).values_list("id", flat=True).first()
    locked = Complaint.objects.select_for_update().filter(id=seen).values_list("id", flat=True).first() if seen else None
    row = Complaint.objects.filter(id=locked).values(*STANDING).first() if locked else None
    if row is None:
        raise NotFound
    return standing_from(row), _part_of(viewer, row["id"])


def bodies_for(viewer: Viewer, standing: Standing) -> list[UnitEntry]:
    """The bodies in the system to which the viewer's unit may refer a complaint, the nearest level first; no query."""
    return bodies_to_refer_to(
        Accused(standing.accused_region_id, standing.accused_unit_id), viewer.unit_id, directory()
    )


def _part_of(viewer: Viewer, complaint_id: UUID) -> Part:
    part = Party.objects.filter(unit_id=viewer.unit_id, complaint_id=complaint_id).values_list("part", flat=True).first()
    if part is None:
        raise NotFound
    return Part(part)


def _acts(viewer: Viewer, standing: Standing, part: Part) -> tuple[ActChoice, ...]:
    """The acts that the viewer's part may come to, the possible ones first; none once it is over."""
    if standing.state is State.NOTIFIED:
        return ()
    choices = []
    for move in TABLE:
        if move.by_complainant is (part is Part.COMPLAINANT):
            reason = why_not(move.act, standing, viewer.unit_id, {part})
            choices.append(ActChoice(move.act, reason is None, reason or "", move.words))
    return tuple(choice for choice in choices if choice.allowed or part is not Part.COMPLAINANT)


def _steps(complaint_id: UUID, is_complainant: bool) -> tuple[StepView, ...]:
    """What happened, oldest first; the complainant reads units, not officials, and no note to the body referred to."""
    rows = list(Step.objects.filter(complaint_id=complaint_id).order_by("at", "id"))
    names = unit_names(unit_id for row in rows for unit_id in (row.unit_id, row.to_unit_id))
    people = {} if is_complainant else person_names(row.person_id for row in rows)
    return tuple(
        StepView(
            Act(row.act), row.at, names[row.unit_id] if row.unit_id else "", people.get(row.person_id, "") if row.person_id else "",
            "" if is_complainant and row.act == Act.REFER.value else row.text,
            names[row.to_unit_id] if row.to_unit_id else row.to_body, row.letter_number, row.letter_on,
        )
        for row in rows
    )
