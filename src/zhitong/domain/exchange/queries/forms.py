"""What goes out to be filled in or changed and sent back: the columns with what may be chosen, and the rows that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from zhitong.domain.cards.models import Card, Obligation, Round
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.exchange.rules.columns import CARE, FIXED, SUBJECTS, WAN, Column, columns_of_card
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.staffing import OPENED
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.privacy.queries import Shown, shown_to
from zhitong.domain.privacy.rules.words import PersonalKind
from zhitong.domain.subjects.models import Care, Subject
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.describing import CONTACT, SUB_KINDS
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.lenses import Lens, lenses_of
from zhitong.kit.choices import Word
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

EXPORTED = (UploadKind.SUBJECTS, UploadKind.CARE, UploadKind.UNITS)
"""What is kept goes out in the shape in which it comes in."""
_LOOKED = 1000
_WHOSE = ("name", "code", "id")
_SETTLED = [CardState.PASSED.value, CardState.ACCEPTED.value]


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """A column with what may be chosen in it for this viewer."""

    column: Column
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundChoice:
    """A round whose cards can be sent in now, by its name and that of its form."""

    id: UUID
    name: str


def form_of(viewer: Viewer, kind: UploadKind, round_id: UUID | None = None) -> list[AskedColumn]:
    """The columns of a kind; of cards those of the round's template. Raises NotFound: there is no such round."""
    columns = FIXED[kind] if kind in FIXED else _columns_of_round(round_id)
    here = directory()
    regions = tuple(here.regions[one].name for one in here.within(viewer.region_id))
    units = tuple(one.name for one in here.units.values() if one.region_id == viewer.region_id)
    more = {"region": regions, "unit": units if kind is UploadKind.CARE else ()}
    return [AskedColumn(one, one.options or more.get(one.code, ())) for one in columns]


def rows_kept(viewer: Viewer, kind: UploadKind) -> Iterator[list[Any]]:
    """The rows of the viewer's territory under the columns of `form_of`, by region and name; read by the thousand."""
    if kind is UploadKind.UNITS:
        yield from _unit_rows(viewer)
        return
    if Lens.TERRITORY not in lenses_of(viewer.unit_kind, viewer.reach):
        return
    rows = through(viewer, Lens.TERRITORY, None).order_by("region__position", "name", "id").iterator(chunk_size=_LOOKED)
    names = {region.id: region.name for region in directory().regions.values()}
    shown = shown_to(viewer, takes_part=False)
    for batch in _by(rows):
        if kind is UploadKind.SUBJECTS:
            yield from (_subject_row(one, names, shown) for one in batch)
        else:
            yield from _care_rows(batch, shown)


def _unit_rows(viewer: Viewer) -> Iterator[list[Any]]:
    """The units of the territory that are opened by hand; the bodies of the campaign come with its package."""
    here = directory()
    names = {region_id: here.regions[region_id].name for region_id in here.within(viewer.region_id)}
    units = [one for one in here.units.values() if one.region_id in names and one.kind in OPENED]
    for one in sorted(units, key=lambda one: (here.regions[one.region_id].code, one.name)):
        yield [names[one.region_id], one.name, one.kind.label]


def rows_owed(viewer: Viewer, round_id: UUID) -> Iterator[list[Any]]:
    """Who owes a card in a round to the viewer's office, or the viewer's own firm, under the columns of `form_of`, in the
    round's own order; read by the thousand. What is accepted already is left out.
    """
    fields = [""] * (len(_columns_of_round(round_id)) - len(_WHOSE))
    accepted = Card.objects.filter(
        round_id=OuterRef("round_id"), subject_id=OuterRef("subject_id"), state__in=_SETTLED
    )
    owed = Obligation.objects.filter(
        Q(collecting_unit_id=viewer.unit_id) | Q(subject__unit_id=viewer.unit_id), ~Exists(accepted), round_id=round_id, owed=True
    ).order_by("position")
    rows = owed.values_list("subject__name", "subject__code", "subject_id").iterator(chunk_size=_LOOKED)
    for name, code, subject_id in rows:
        yield [name, code, *fields, str(subject_id)]


def rounds_open(viewer: Viewer, now: datetime) -> list[RoundChoice]:
    """The rounds that take cards today from those the viewer reports for or collects from; one query."""
    today = day_of(now)
    asked = Round.objects.filter(
        Q(obligations__subject__unit_id=viewer.unit_id) | Q(obligations__collecting_unit_id=viewer.unit_id),
        opens_on__lte=today, locked_on__gte=today, obligations__owed=True,
    ).order_by("due_on", "id").distinct()
    rows = asked.values_list("id", "name", "template__definition__name")
    return [RoundChoice(round_id, f"{name} {form}") for round_id, name, form in rows]


def _columns_of_round(round_id: UUID | None) -> tuple[Column, ...]:
    row = Round.objects.filter(id=round_id).first() if round_id else None
    if row is None:
        raise NotFound
    return columns_of_card(template(row.template_id))


def _subject_row(row: Subject, names: dict[UUID, str], shown: Shown) -> list[Any]:
    """One of the served under the columns of the register."""
    kind = SubjectKind(row.kind)
    words = {"sub_kind": SUB_KINDS.get(kind), "stage": ProjectStage, "importance": Rank}
    told: dict[str, Any] = {
        "kind": kind.label, "region": names[row.region_id], "id": str(row.id), "alike_reason": "",
        "revenue_cny": _wan(row.revenue_cny), "investment_cny": _wan(row.investment_cny),
        **{code: _label(word, getattr(row, code)) for code, word in words.items()},
        **{field.value: shown(personal, getattr(row, field.value)) for field, personal in CONTACT.items()},
    }
    return [told[one.code] if one.code in told else getattr(row, one.code) for one in SUBJECTS]


def _label(words: type[Word] | None, value: str) -> str:
    return next((word.label for word in words or () if word.value == value), "")


def _care_rows(batch: Sequence[Subject], shown: Shown) -> Iterator[list[Any]]:
    names = {row.id: row for row in batch}
    cares: dict[UUID, list[Care]] = {}
    for care in Care.objects.filter(subject_id__in=names, until__isnull=True).select_related("unit").order_by("id"):
        cares.setdefault(care.subject_id, []).append(care)
    for row in batch:
        if row.id not in cares:
            yield [row.name, row.code, *[""] * (len(CARE) - 2)]
        for care in cares.get(row.id, ()):
            phones = [shown(PersonalKind.DUTY_PHONE, one) for one in (care.person_phone, care.liaison_phone)]
            who = [care.lead_official, care.person_in_charge, phones[0], care.liaison, phones[1]]
            yield [row.name, row.code, Rank(care.tier).label, care.unit.name, *who, ""]


def _wan(amount: int | None) -> Any:
    return None if amount is None else amount / WAN


def _by(rows: Iterator[Subject]) -> Iterator[list[Subject]]:
    batch: list[Subject] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _LOOKED:
            yield batch
            batch = []
    if batch:
        yield batch

