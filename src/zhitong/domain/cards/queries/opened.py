"""One card opened for reading: what it says as far as the viewer may see it, what happened, what may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.models import CardFigures
from zhitong.domain.cards.queries.events import CardEvent, events_of
from zhitong.domain.cards.queries.files import files_on
from zhitong.domain.cards.queries.notes import ConfirmedDoubt, doubts_of, marks_of
from zhitong.domain.cards.queries.passing import passed_by
from zhitong.domain.cards.queries.rows import RaisedRow, raised_rows
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.cards import (
    is_late,
    is_locked,
    is_reviewer,
    is_sent,
    may_accept,
    may_return,
    may_submit,
)
from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.cards.rules.reading import Clean, tell
from zhitong.domain.cards.rules.rounds import FillManner
from zhitong.domain.cards.rules.seeing import Parts, may_see_card, may_see_figures, may_see_row
from zhitong.domain.cards.rules.templates import Field, Section, Template
from zhitong.domain.files.queries import FileView
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

_NAMES = (
    "id", "subject_id", "subject_name", "region_id", "region_name", "round_id", "round_name", "due_on", "locked_on",
    "template_id", "reporter_unit_id", "collecting_unit_id", "collector", "state", "version", "first_submitted_at",
    "submitted_at", "return_reason", "awaiting", "awaiting_region_id", "filled_by", "filled_from", "filled_in",
    "confirmed_at", "disputed_at", "open_until", "held_on", "held_by", "is_caring",
)
_CARD = """
SELECT card.id, card.subject_id, subject.name, region.id, region.name, round.id, round.name, round.due_on,
       round.locked_on, round.template_id, card.reporter_unit_id, card.collecting_unit_id, collector.name, card.state,
       card.version, card.first_submitted_at, card.submitted_at, card.return_reason, coalesce(awaiting.name, ''),
       awaiting.region_id, card.filled_by, card.filled_from, coalesce(filler.name, ''), card.confirmed_at,
       card.disputed_at, card.open_until, obligation.held_on, coalesce(holder.name, ''),
       EXISTS (SELECT 1 FROM subjects_care care
               WHERE care.subject_id = card.subject_id AND care.unit_id = %s AND care.until IS NULL)
FROM cards_card card
JOIN subjects_subject subject ON subject.id = card.subject_id
JOIN organisations_region region ON region.id = card.region_id
JOIN organisations_unit collector ON collector.id = card.collecting_unit_id
JOIN cards_round round ON round.id = card.round_id
LEFT JOIN cards_obligation obligation ON obligation.round_id = card.round_id AND obligation.subject_id = card.subject_id
LEFT JOIN organisations_unit holder ON holder.id = obligation.held_by_id
LEFT JOIN organisations_unit awaiting ON awaiting.id = card.awaiting_unit_id
LEFT JOIN organisations_unit filler ON filler.id = card.filled_in_id
WHERE card.id = %s
"""


@dataclass(frozen=True, slots=True)
class CardHead:
    """What anybody who sees the card at all sees of it; `awaiting` names the office whose review is next, `held_by` the
    level above that made it late on `held_on`."""

    id: UUID
    subject_id: UUID
    subject_name: str
    region_id: UUID
    region_name: str
    round_id: UUID
    round_name: str
    due_on: date
    locked_on: date
    template_id: UUID
    reporter_unit_id: UUID
    collecting_unit_id: UUID
    collector: str
    state: CardState
    version: int
    first_submitted_at: datetime | None
    submitted_at: datetime | None
    return_reason: str
    awaiting: str
    awaiting_region_id: UUID | None
    filled_by: FillManner
    filled_from: str
    filled_in: str
    confirmed_at: datetime | None
    disputed_at: datetime | None
    open_until: date | None
    held_on: date | None
    held_by: str
    is_caring: bool


@dataclass(frozen=True, slots=True)
class SectionTold:
    """A section with its fields as sent, in the words people read."""

    section: Section
    fields: tuple[tuple[Field, str], ...]


@dataclass(frozen=True, slots=True)
class OpenedCard:
    """A card for reading. `sections` is None where the viewer may not see what the card says; `marks` are the reasons
    of the last return by field, while the card stands returned. `passed_by` names the office below the viewer's that
    passed it on, to which it can be passed back.
    """

    head: CardHead
    template: Template
    is_late: bool
    sections: tuple[SectionTold, ...] | None
    rows: tuple[RaisedRow, ...]
    events: tuple[CardEvent, ...]
    doubts: tuple[ConfirmedDoubt, ...]
    marks: Mapping[str, str]
    files: Mapping[str, Sequence[FileView]]
    may_correct: bool
    may_return: bool
    passed_by: str
    may_accept: bool
    may_confirm: bool
    may_ask_correction: bool


def card(viewer: Viewer, card_id: UUID, *, today: date) -> OpenedCard:
    """Open one card; eight queries, nine of a returned one or for who reviews it, once the template is read.

    Raises NotFound: it is not there for this viewer.
    """
    head = _head(viewer, card_id)
    path = directory().path(head.region_id)
    parts = _parts(viewer, head, path)
    behind_one_wall = not first_wall_stands()
    if not (behind_one_wall or may_see_card(viewer.unit_id, parts)):
        raise NotFound
    form = template(head.template_id)
    values = _figures(card_id) if behind_one_wall or may_see_figures(viewer.unit_id, parts) else None
    locked = is_locked(head.locked_on, today, head.open_until)
    sent_on = day_of(head.first_submitted_at) if head.first_submitted_at else None
    reviews = viewer.may(Permission.DISPATCH) and is_reviewer(viewer.unit_kind, viewer.region_id, path)
    is_own = viewer.unit_id == head.reporter_unit_id
    return OpenedCard(
        head=head, template=form, is_late=is_late(head.due_on, sent_on, today, head.held_on),
        sections=_sections(form, values) if values is not None else None,
        rows=tuple(
            row for row in raised_rows(card_id, form)
            if behind_one_wall or may_see_row(viewer.unit_id, parts, hidden=row.confidential or row.unnamed)
        ),
        events=tuple(events_of(card_id, form, values)),
        doubts=tuple(doubts_of(card_id, form)) if values is not None else (),
        files=files_on(card_id) if values is not None and form.takes_files else {},
        marks=marks_of(card_id) if head.state is CardState.RETURNED else {},
        may_correct=is_own and not locked and may_submit(head.state),
        may_return=reviews and not locked and may_return(head.state),
        passed_by=_passed_by(viewer, card_id) if reviews and may_return(head.state) else "",
        may_accept=reviews and may_accept(head.state) and _is_turn(viewer, head, path),
        may_confirm=is_own and is_sent(head.state) and head.filled_by is FillManner.FOR_FIRM and head.confirmed_at is None,
        may_ask_correction=is_own and is_sent(head.state) and (locked or not may_submit(head.state)),
    )


def may_open_card(viewer: Viewer, card_id: UUID) -> bool:
    """Whether the viewer would find the card; one query."""
    try:
        head = _head(viewer, card_id)
    except NotFound:
        return False
    return not first_wall_stands() or may_see_card(viewer.unit_id, _parts(viewer, head, directory().path(head.region_id)))


def _passed_by(viewer: Viewer, card_id: UUID) -> str:
    unit_id = passed_by([(card_id, viewer.unit_id)]).get(card_id)
    return directory().name_of(unit_id) if unit_id else ""


def _is_turn(viewer: Viewer, head: CardHead, path: list[RegionEntry]) -> bool:
    """Whether the viewer's level is the one the card waits for, or above it."""
    places = [region.id for region in path]
    if head.awaiting_region_id is None or viewer.region_id not in places:
        return False
    return places.index(viewer.region_id) <= places.index(head.awaiting_region_id)


def _head(viewer: Viewer, card_id: UUID) -> CardHead:
    with connection.cursor() as cursor:
        cursor.execute(_CARD, [viewer.unit_id, card_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    known = dict(zip(_NAMES, row, strict=True))
    return CardHead(**{**known, "state": CardState(known["state"]), "filled_by": FillManner(known["filled_by"])})


def _parts(viewer: Viewer, head: CardHead, path: list[RegionEntry]) -> Parts:
    is_above = viewer.reach is Reach.SUBTREE and viewer.region_id in {region.id for region in path}
    return Parts(head.reporter_unit_id, head.collecting_unit_id, head.is_caring, is_above)


def _figures(card_id: UUID) -> Mapping[str, Clean] | None:
    return CardFigures.objects.filter(card_id=card_id).values_list("values", flat=True).first()


def _sections(form: Template, values: Mapping[str, Clean]) -> tuple[SectionTold, ...]:
    return tuple(
        SectionTold(section, tuple((field, tell(field, values.get(field.code))) for field in section.fields))
        for section in form.sections
        if not section.lists or any(field.code in values for field in section.fields)
    )
