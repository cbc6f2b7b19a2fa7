"""A blank is filled for a period, a cut-off and a region; what people then wrote themselves comes back to be offered again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.blanks.actions.keeping import THING, blank_locked
from zhitong.domain.blanks.models import Filling, Written
from zhitong.domain.blanks.queries.asked import cut_for
from zhitong.domain.blanks.queries.blanks import written_by
from zhitong.domain.blanks.queries.made import made
from zhitong.domain.blanks.rules.filling.returning import handwritten_in
from zhitong.domain.blanks.rules.form.opening import open_form
from zhitong.domain.blanks.rules.form.reading import form_in
from zhitong.domain.blanks.rules.kinds import BlankFact
from zhitong.domain.blanks.rules.pointing import Pointing, said_well
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import BadInput
from zhitong.kit.sheets.limits import UnreadableTable


@transaction.atomic
def fill_blank(
    viewer: Viewer, blank_id: UUID, *, region_id: UUID | None = None, since: datetime | None = None, at: datetime | None = None,
    actor: Actor, now: datetime,
) -> UUID:
    """Fill the newest version of a blank; without a region the viewer's own, without `at` as of now. Gives the filling's id.

    Kept is what it is made from, not the file: `queries.made.file_of` makes the same one again.
    Raises NotFound: no such blank or region here. Raises BadInput: the period, beside `at` or `since`.
    Raises TooMany: a list would be longer than a table holds. Raises TooEarly: the past is not kept that far back.
    """
    blank = blank_locked(viewer, blank_id)
    cut = cut_for(viewer, region_id=region_id, since=since, at=at, now=now)
    version = blank.versions.order_by("-number").values_list("id", flat=True)[0]
    written, pointing = written_by(viewer, blank.id), Pointing.kept(blank.pointing)
    done = made(viewer, version, pointing, cut, written)
    filling = Filling.objects.create(
        version_id=version, unit_id=viewer.unit_id, person_id=viewer.person_id, region_id=cut.region_id, since=cut.since, at=cut.at,
        pointing=blank.pointing, written=written, rows=done.tallied.rows, missing=dict(done.tallied.missing), made_at=now,
    )
    body = {"filling": filling.id, "region": cut.region_id, "at": cut.at, "rows": done.tallied.rows}
    record_many([Fact(BlankFact.FILLED.value, THING, blank.id, actor, now, body)])
    return filling.id


@transaction.atomic
def hand_back(viewer: Viewer, blank_id: UUID, *, content: bytes, actor: Actor, now: datetime) -> int:
    """Remember what the viewer's unit wrote itself into a filled form, instead of what it wrote before; how many cells.

    Raises NotFound: no such blank here. Raises BadInput: the file is no filled form of this blank; beside `file`.
    """
    blank = blank_locked(viewer, blank_id)
    try:
        book, _left = open_form(content)
        form = form_in(book)
        if form.mark != blank.mark:
            raise UnreadableTable("这份表的表头和这张套表不一样，没有采用。请选由这张套表填好、补完后的文件。")
        cells = handwritten_in(book, form, said_well(form, Pointing.kept(blank.pointing)))
    except UnreadableTable as unreadable:
        raise BadInput(str(unreadable), {"file": str(unreadable)}) from unreadable
    count = sum(map(len, cells.values()))
    Written.objects.update_or_create(blank=blank, unit_id=viewer.unit_id, defaults={"cells": cells, "given_at": now})
    record_many([Fact(BlankFact.TAUGHT.value, THING, blank.id, actor, now, {"cells": count})])
    return count
