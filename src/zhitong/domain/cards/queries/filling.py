"""One card to fill in: the fields with what stands in them, last period's figures beside, and the problems raised.

Standing facts are prefilled, from the card before or the registry; the figures of the period never are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.cards.models import Card
from zhitong.domain.cards.queries.beside import last_of
from zhitong.domain.cards.queries.files import files_on
from zhitong.domain.cards.queries.fillings import fillings
from zhitong.domain.cards.queries.notes import marks_of
from zhitong.domain.cards.queries.rows import RaisedRow, raised_rows
from zhitong.domain.cards.queries.templates import template_asked
from zhitong.domain.cards.rules.cards import is_late, is_locked, is_open, may_draft, may_submit, standing_of
from zhitong.domain.cards.rules.doubting import NOTHING, Known
from zhitong.domain.cards.rules.kinds import CardState, ObligationState, Prefill
from zhitong.domain.cards.rules.reading import Clean, show, tell
from zhitong.domain.cards.rules.templates import Field, Section, Template
from zhitong.domain.files.queries import FileView
from zhitong.domain.organisations.queries import name_and_phone, unit_names
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.queries.caring import phone_opened
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

Written = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldToFill:
    """A field, what stands in it as typed, and what was sent last period (empty when nothing was)."""

    field: Field
    written: str
    last: str


@dataclass(frozen=True, slots=True)
class SectionToFill:
    """A section with its fields."""

    section: Section
    fields: tuple[FieldToFill, ...]


@dataclass(frozen=True, slots=True)
class CardToFill:
    """Everything a firm's form needs; `rows` are raised and locked, `new_rows` still being typed. `marks` are the
    reasons of a return by field, `known` is what the checks lay the card beside, `files` stand at their
    places, sent and drafted.
    """

    round_id: UUID
    subject_id: UUID
    subject_name: str
    round_name: str
    due_on: date
    locked_on: date
    collector: str
    template: Template
    card_id: UUID | None
    state: ObligationState
    version: int
    return_reason: str
    saved_at: datetime | None
    submitted_at: datetime | None
    last_round: str
    is_late: bool
    may_draft: bool
    may_submit: bool
    sections: tuple[SectionToFill, ...]
    rows: tuple[RaisedRow, ...]
    new_rows: tuple[Written, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    known: Known = NOTHING
    files: Mapping[str, Sequence[FileView]] = field(default_factory=dict)


_KEPT = {
    "name": "name", "credit_code": "code", "sub_kind": "sub_kind", "business_address": "address",
    "registered_address": "registered_address", "contact_name": "contact", "contact_phone": "contact_phone",
}
"""By the fact that a field keeps: where the registry has it."""
_OF_SUBJECT = ("id", *_KEPT.values())


@dataclass(frozen=True, slots=True)
class _Begun:
    """What the card holds already: as last sent, and as typed since; nothing when it has not been begun."""

    return_reason: str = ""
    submitted_at: datetime | None = None
    sent: Mapping[str, Clean] | None = None
    typed: Written | None = None
    new_rows: Sequence[Written] | None = None
    saved_at: datetime | None = None


def card_for_filling(viewer: Viewer, round_id: UUID, *, today: date) -> CardToFill:
    """The card the viewer's unit fills in for a round; six queries, seven of a returned one, once the template is read;
    one more of one that was begun, two where it has files; one more of one that was not, where
    the registry knows nobody to ring.

    Raises NotFound: the round does not ask the viewer's subject, or is not open yet.
    """
    return _card(_subject_of(viewer), round_id, today, viewer.person_id)


def card_to_fill_for(viewer: Viewer, round_id: UUID, subject_id: UUID, *, today: date) -> CardToFill:
    """The card of a subject that the viewer's unit fills in for it (代填): it cares for the subject or collects its card.

    What the firm has typed and not sent stays the firm's own; six queries and one.
    Raises NotFound: the viewer does neither, or the round does not ask the subject.
    """
    filling = fillings([(round_id, subject_id)]).get((round_id, subject_id))
    may_fill = filling is not None and (filling.collecting_unit_id == viewer.unit_id or _cares(viewer, subject_id))
    if first_wall_stands() and not may_fill:
        raise NotFound
    subject = _read(Subject.objects.filter(id=subject_id))
    return _card(subject, round_id, today)


def _cares(viewer: Viewer, subject_id: UUID) -> bool:
    return Care.objects.filter(subject_id=subject_id, unit_id=viewer.unit_id, until__isnull=True).exists()


def _card(subject: Mapping[str, Any], round_id: UUID, today: date, own_person_id: UUID | None = None) -> CardToFill:
    filling = fillings([(round_id, subject["id"])]).get((round_id, subject["id"]))
    if filling is None or not is_open(filling.opens_on, today):
        raise NotFound
    form = template_asked(filling.template_id, filling.lists)
    begun = _begun(filling.card_id)
    before = last_of((filling.round_id, filling.subject_id))
    if own_person_id is not None and filling.card_id is None:
        subject = _with_contact(subject, own_person_id)
    standing = {**_registered(form, subject), **_standing(form, before.values)}
    locked = is_locked(filling.locked_on, today, filling.open_until)
    first = filling.first_submitted_at
    return CardToFill(
        round_id=round_id, subject_id=subject["id"], subject_name=subject["name"], round_name=filling.round_name,
        due_on=filling.due_on, locked_on=filling.locked_on, template=form, card_id=filling.card_id,
        collector=unit_names([filling.collecting_unit_id])[filling.collecting_unit_id],
        state=standing_of(filling.state), version=filling.version, return_reason=begun.return_reason,
        saved_at=begun.saved_at, submitted_at=begun.submitted_at, last_round=before.round_name,
        is_late=is_late(filling.due_on, day_of(first) if first else None, today, filling.held_on),
        may_draft=not locked and may_draft(filling.state), may_submit=not locked and may_submit(filling.state),
        sections=_sections(form, begun, standing, before.values),
        rows=tuple(raised_rows(filling.card_id, form)) if filling.card_id else (),
        new_rows=tuple(begun.new_rows or ()),
        marks=marks_of(filling.card_id) if filling.card_id and filling.state is CardState.RETURNED else {},
        known=before.known, files=files_on(filling.card_id, drafted=True) if filling.card_id else {},
    )


def _subject_of(viewer: Viewer) -> Mapping[str, Any]:
    subjects = Subject.objects.order_by("id")
    if first_wall_stands():
        subjects = subjects.filter(unit_id=viewer.unit_id)
    return _read(subjects)


def _read(subjects: QuerySet[Subject]) -> Mapping[str, Any]:
    """What the registry knows of the first of these. Raises NotFound: there is none."""
    found: Mapping[str, Any] | None = subjects.values(*_OF_SUBJECT).first()
    if found is None:
        raise NotFound
    return {**found, "contact_phone": phone_opened(found["id"], found["contact_phone"])}


def _with_contact(subject: Mapping[str, Any], person_id: UUID) -> Mapping[str, Any]:
    """Who fills in his own unit's card is whom to ring, where the registry names nobody."""
    if subject["contact"] or subject["contact_phone"]:
        return subject
    name, phone = name_and_phone(person_id)
    return {**subject, "contact": name, "contact_phone": phone}


def _begun(card_id: UUID | None) -> _Begun:
    if card_id is None:
        return _Begun()
    columns = (
        "return_reason", "submitted_at", "figures__values", "draft__values", "draft__rows", "draft__saved_at",
    )
    return _Begun(*Card.objects.values_list(*columns).get(id=card_id))


def _registered(form: Template, subject: Mapping[str, Any]) -> dict[str, str]:
    """What the registry knows of the subject, by the fact a field keeps."""
    return {one.code: subject[_KEPT[one.fact]] for one in form.fields() if one.fact in _KEPT and subject[_KEPT[one.fact]]}


def _standing(form: Template, values: Mapping[str, Clean]) -> dict[str, str]:
    """The standing facts as they stood on the card before, where this template still takes them."""
    return {
        one.code: show(one, values[one.code])
        for section in form.sections if section.prefill is Prefill.STANDING
        for one in section.fields if one.code in values and tell(one, values[one.code])
    }


def _sections(
    form: Template, begun: _Begun, standing: Mapping[str, str], before: Mapping[str, Clean]
) -> tuple[SectionToFill, ...]:
    return tuple(
        SectionToFill(section, tuple(
            FieldToFill(
                one, _written(one, section, begun, standing),
                tell(one, before.get(one.code)) if section.prefill is Prefill.NEVER else "",
            )
            for one in section.fields
        ))
        for section in form.sections
    )


def _written(one: Field, section: Section, begun: _Begun, standing: Mapping[str, str]) -> str:
    """What stands in a field: typed and not sent yet, else as sent, else the standing fact."""
    if begun.typed is not None:
        value = begun.typed.get(one.code)
        if isinstance(value, bool | list):
            return show(one, value)
        return "" if value is None else str(value)
    if begun.sent is not None:
        return show(one, begun.sent.get(one.code))
    return standing.get(one.code, "") if section.prefill is Prefill.STANDING else ""
