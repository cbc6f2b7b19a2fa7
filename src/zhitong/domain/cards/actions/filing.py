"""Keeping the files of a card: beside its fields, and beside its problem rows until they open problems.

A draft keeps its files as long as it is kept. Sending shows them to whoever sees the figures; those of a row go with the
problem that the row opens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.asking import ValuesRefused
from zhitong.domain.cards.models import CardFile
from zhitong.domain.cards.queries.files import FILES_OF
from zhitong.domain.cards.rules.checking import FILES_OF_A_ROW, PROBLEMS, Checked
from zhitong.domain.cards.rules.kinds import FILES, FieldKind
from zhitong.domain.cards.rules.templates import Template
from zhitong.domain.files.actions import FileGone, attach, hand_on, let_go
from zhitong.domain.files.queries import waiting_files
from zhitong.domain.history.rules import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """Where files stand on a card: the field or row, whether only photos and whether with where they were taken, and
    the files in their order.
    """

    name: str
    label: str
    photos_only: bool
    with_place: bool
    file_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """What a card is to keep; `had_some` when it may hold files already."""

    card_id: UUID
    actor: Actor
    places: Sequence[Place]
    had_some: bool


def ids_in(value: object) -> list[UUID]:
    """The ids in a clean value of files."""
    return [UUID(str(one)) for one in value] if isinstance(value, list) else []


def places_of_files(form: Template, checked: Checked) -> list[Place]:
    """Where a read card holds files, and which."""
    fields = [
        Place(one.code, one.label, one.kind is FieldKind.PHOTO, one.place, tuple(ids_in(checked.values.get(one.code))))
        for one in form.fields() if one.kind in FILES
    ]
    rows = [
        Place(f"{PROBLEMS}.{number}", FILES_OF_A_ROW.label, False, False, tuple(ids_in(row.get(FILES_OF_A_ROW.code))))
        for number, row in enumerate(checked.rows)
    ]
    return [one for one in (*fields, *rows) if one.file_ids]


def keep_files(filed: Sequence[Filed], now: datetime, *, is_sent: bool = False) -> None:
    """Keep the files named, leave out those no longer named; no statement for a card that never had any.

    Raises ValuesRefused: a file that is no photo where photos are asked. Raises what `files.actions.attach` refuses.
    """
    for one in filed:
        if one.places or one.had_some:
            _keep(one, now, is_sent=is_sent)


def _keep(one: Filed, now: datetime, *, is_sent: bool) -> None:
    there = {row.file_id: row for row in CardFile.objects.filter(card_id=one.card_id, dropped_at__isnull=True)}
    places = [place for place in one.places if not (is_sent and place.name.startswith(PROBLEMS))]
    kept = {file_id: place for place in places for file_id in place.file_ids}
    _must_fit(one, places, set(there))
    for file_id, place in kept.items():
        if file_id in there:
            CardFile.objects.filter(file_id=file_id).exclude(place=place.name).update(place=place.name)
        else:
            sent_at = now if is_sent else None
            row = CardFile.objects.create(card_id=one.card_id, file_id=file_id, place=place.name, sent_at=sent_at)
            attach([file_id], FILES_OF, row.id, actor=one.actor, now=now, with_place=place.with_place)
    on_rows = {file_id for place in one.places if place.name.startswith(PROBLEMS) for file_id in place.file_ids}
    _leave_out(
        [row for file_id, row in there.items() if file_id not in {*kept, *on_rows} and (is_sent or not row.sent_at)],
        now,
    )
    if is_sent:
        CardFile.objects.filter(card_id=one.card_id, file_id__in=list(kept)).update(sent_at=now)


def _leave_out(rows: Iterable[CardFile], now: datetime) -> None:
    ids = [row.id for row in rows]
    if ids:
        CardFile.objects.filter(id__in=ids).update(dropped_at=now)


def _must_fit(one: Filed, places: Sequence[Place], there: set[UUID]) -> None:
    """What is new must wait for the actor's unit, and be a photo where photos are asked."""
    new = {file_id for place in places for file_id in place.file_ids if file_id not in there}
    found = {file.id: file for file in waiting_files(one.actor.unit_id, new)} if new else {}
    if len(found) < len(new):
        raise FileGone
    for place in places:
        others = [found[file_id].name for file_id in place.file_ids if file_id in found and not found[file_id].is_photo]
        if place.photos_only and others:
            sentence = f"“{place.label}”只收照片，“{others[0]}”不是照片，请去掉后重新上传。"
            raise ValuesRefused(sentence, {place.name: sentence})


@transaction.atomic
def hand_on_files(files: Mapping[UUID, Sequence[UUID]], thing_kind: str, *, actor: Actor, now: datetime) -> None:
    """Put the files of problem rows beside the problems they opened, by problem: from the draft, or as just uploaded."""
    for thing_id, file_ids in files.items():
        drafted = set(CardFile.objects.filter(file_id__in=file_ids, sent_at__isnull=True).values_list("file_id", flat=True))
        hand_on([one for one in file_ids if one in drafted], thing_kind, thing_id, actor=actor, now=now)
        CardFile.objects.filter(file_id__in=drafted).delete()
        attach([one for one in file_ids if one not in drafted], thing_kind, thing_id, actor=actor, now=now)


@transaction.atomic
def let_go_of_files(before: datetime) -> int:
    """Let go of files left out of cards before a moment; for the worker. Returns how many."""
    gone = list(CardFile.objects.filter(dropped_at__lt=before).values_list("file_id", flat=True))
    CardFile.objects.filter(file_id__in=gone).delete()
    return let_go(gone)
