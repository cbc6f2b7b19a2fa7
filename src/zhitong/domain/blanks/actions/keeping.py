"""A blank is sent and known from then on; a person says what its columns are; it is dropped when it is asked for no more."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhitong.domain.blanks.models import Blank, Version
from zhitong.domain.blanks.queries.asked import require_filler
from zhitong.domain.blanks.queries.blanks import content_of, memory_of
from zhitong.domain.blanks.rules.form.opening import open_form
from zhitong.domain.blanks.rules.form.reading import form_in
from zhitong.domain.blanks.rules.kinds import BlankFact
from zhitong.domain.blanks.rules.pointing import Pointing, guessed, said_well
from zhitong.domain.files.rules.names import clean_name
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.sheets.limits import UnreadableTable

THING = "blank"


@dataclass(frozen=True, slots=True)
class SentBlank:
    """What became of a form that was sent: the blank, and whether its heads were known before."""

    blank_id: UUID
    is_known: bool


@transaction.atomic
def send_blank(viewer: Viewer, *, name: str, content: bytes, actor: Actor, now: datetime) -> SentBlank:
    """Keep a form from above; one with heads that the region knows is a new version of it, pointed as before.

    Raises NotFound: the post oversees nothing. Raises BadInput: the file is no form that can be filled; beside `file`.
    """
    require_filler(viewer)
    try:
        book, left = open_form(content)
        form = form_in(book)
    except UnreadableTable as unreadable:
        raise BadInput(str(unreadable), {"file": str(unreadable)}) from unreadable
    title = clean_name(name)
    blank = Blank.objects.select_for_update().filter(region_id=viewer.region_id, mark=form.mark, dropped_at__isnull=True).first()
    is_known = blank is not None
    if blank is None:
        pointing = guessed(form, memory_of(viewer))
        blank = Blank.objects.create(
            region_id=viewer.region_id, unit_id=viewer.unit_id, name=title.rsplit(".", 1)[0][:120], mark=form.mark,
            pointing=pointing.as_kept(), sent_at=now,
        )
    number = _add_version(viewer, blank, title, content, [*left, *form.said], now)
    if number:
        _record(BlankFact.SENT, blank.id, actor, now, {"version": number})
    return SentBlank(blank.id, is_known)


@transaction.atomic
def point_blank(viewer: Viewer, blank_id: UUID, pointing: Pointing, *, actor: Actor, now: datetime) -> Pointing:
    """Say what the columns and gaps of a blank are; every office of the region fills it so from now on.

    What does not fit the form is dropped; gives what was kept. Raises NotFound.
    """
    blank = blank_locked(viewer, blank_id)
    newest = blank.versions.order_by("-number").values_list("id", flat=True)[0]
    book, _left = open_form(content_of(viewer, newest))
    kept = said_well(form_in(book), pointing)
    blank.pointing, blank.pointed_at, blank.pointed_unit_id = kept.as_kept(), now, viewer.unit_id
    blank.save(update_fields=["pointing", "pointed_at", "pointed_unit"])
    fields = sum(map(bool, [*kept.gaps.values(), *(code for one in kept.tables for code in one.columns.values())]))
    _record(BlankFact.POINTED, blank.id, actor, now, {"fields": fields})
    return kept


@transaction.atomic
def drop_blank(viewer: Viewer, blank_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let a blank be offered no more; what was filled of it stays. Raises NotFound."""
    blank = blank_locked(viewer, blank_id)
    blank.dropped_at = now
    blank.save(update_fields=["dropped_at"])
    _record(BlankFact.DROPPED, blank.id, actor, now, {})


def blank_locked(viewer: Viewer, blank_id: UUID) -> Blank:
    """A blank in use of the viewer's region, locked. Raises NotFound."""
    require_filler(viewer)
    blank = Blank.objects.select_for_update().filter(id=blank_id, region_id=viewer.region_id, dropped_at__isnull=True).first()
    if blank is None:
        raise NotFound
    return blank


def _add_version(viewer: Viewer, blank: Blank, name: str, content: bytes, said: list[str], now: datetime) -> int:
    """Keep the bytes as the newest version; its number, 0 where they are those of the newest already."""
    digest = hashlib.sha256(content).hexdigest()
    if blank.versions.filter(digest=digest).exists():
        return 0
    number = 1 + (blank.versions.aggregate(most=Max("number"))["most"] or 0)
    Version.objects.create(
        blank=blank, number=number, name=name, digest=digest, content=content, said=said, unit_id=viewer.unit_id,
        person_id=viewer.person_id, sent_at=now,
    )
    return number


def _record(kind: BlankFact, blank_id: UUID, actor: Actor, now: datetime, body: dict[str, int]) -> None:
    record_many([Fact(kind.value, THING, blank_id, actor, now, body)])
