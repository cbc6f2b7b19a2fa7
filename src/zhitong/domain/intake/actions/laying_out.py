"""A list is laid out whole before anything of it is taken: read, every row judged, every trouble named."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.files.rules.kinds import MEBIBYTE
from zhitong.domain.files.rules.names import clean_name
from zhitong.domain.intake.actions.taking import Surroundings
from zhitong.domain.intake.models import ColumnsKept, Order, Screening, Sheet, SheetRow
from zhitong.domain.intake.rules.sheets import (
    COLUMNS_OF,
    HEAD_WORDS,
    MOST_ROWS,
    Column,
    RowRead,
    SheetKind,
    SheetState,
    columns_guessed,
    rows_read,
)
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sheets.limits import UnreadableTable
from zhitong.kit.sheets.table import Line, table_in

MOST_BYTES = 10 * MEBIBYTE
PERMISSION_OF = {SheetKind.SCREENING: Permission.HANDLE, SheetKind.HOTLINE: Permission.DISPATCH}
_BATCH = 1000


class TakenBefore(Refused):
    """The very same list was taken in already."""


class NotLaidOut(Refused):
    """The list is not waiting any more."""


@transaction.atomic
def lay_out(
    viewer: Viewer, kind: SheetKind, name: str, content: bytes, *, campaign: str, now: datetime, screening_id: UUID | None = None
) -> UUID:
    """Keep a list with what is wrong in each row; nothing of it becomes a problem yet.

    Raises NotYours: the post may not. Raises BadInput: no table, too large, too many rows, or a needed column is missing.
    Raises TakenBefore: the same bytes were taken in before. Raises NotFound: the screening is none of the unit's.
    """
    require(viewer, PERMISSION_OF[kind])
    if screening_id and not Screening.objects.filter(id=screening_id, unit_id=viewer.unit_id, frozen_at__isnull=True).exists():
        raise NotFound
    digest = hashlib.sha256(content).hexdigest()
    _refuse_twin(viewer, kind, screening_id, digest)
    heads, lines = _table_in(name, content)
    kept = {head: Column(word) if word else None for head, word in
            ColumnsKept.objects.filter(unit_id=viewer.unit_id, head__in=heads).values_list("head", "column")}
    sheet = Sheet.objects.create(
        kind=kind.value, screening_id=screening_id, unit_id=viewer.unit_id, campaign=campaign, name=clean_name(name),
        digest=digest, heads=list(heads), columns={}, state=SheetState.LAID_OUT.value, staged_at=now,
    )
    rows = [
        SheetRow(sheet=sheet, line=line.number, original={head: cell for head, cell in zip(heads, line.cells, strict=True) if head})
        for line in lines
    ]
    _judge(viewer, sheet, rows, columns_guessed(heads, kind, kept), now)
    SheetRow.objects.bulk_create(rows, batch_size=_BATCH)
    return sheet.id


@transaction.atomic
def name_columns(viewer: Viewer, sheet_id: UUID, columns: Mapping[str, Column | None], *, now: datetime) -> None:
    """Say what the heads of a list mean, judge its rows anew, and remember it for the unit's next list.

    Raises NotFound: there is no such list of the unit's. Raises NotLaidOut: it was taken in or undone.
    Raises BadInput: two heads are given the same meaning.
    """
    sheet = waiting(viewer, sheet_id)
    given = [column for column in columns.values() if column]
    twice = next((column for column in given if given.count(column) > 1), None)
    if twice is not None:
        raise BadInput(f"有两列都选了“{twice.label}”，请只留一列。")
    chosen = {head: columns.get(head) for head in sheet.heads if head}
    rows = list(sheet.rows.order_by("line"))
    _judge(viewer, sheet, rows, chosen, now)
    SheetRow.objects.bulk_update(rows, ["troubles", "known"], batch_size=_BATCH)
    for head, column in chosen.items():
        ColumnsKept.objects.update_or_create(
            unit_id=viewer.unit_id, head=head, defaults={"column": column.value if column else ""}
        )


def waiting(viewer: Viewer, sheet_id: UUID) -> Sheet:
    """A list of the unit's that waits, locked.

    Raises NotFound, NotLaidOut.
    """
    sheet = Sheet.objects.select_for_update().filter(id=sheet_id, unit_id=viewer.unit_id).first()
    if sheet is None:
        raise NotFound
    require(viewer, PERMISSION_OF[SheetKind(sheet.kind)])
    if sheet.state != SheetState.LAID_OUT.value:
        raise NotLaidOut(f"这份表{SheetState(sheet.state).label}，没有再次办理。")
    return sheet


def read_again(viewer: Viewer, sheet: Sheet, rows: Sequence[SheetRow], around: Surroundings, now: datetime) -> list[RowRead]:
    """The rows of a kept list as they are understood now."""
    columns = {head: Column(word) if word else None for head, word in sheet.columns.items()}
    return rows_read([(row.line, row.original) for row in rows], columns, SheetKind(sheet.kind), around.known(now))


def _judge(viewer: Viewer, sheet: Sheet, rows: Sequence[SheetRow], columns: Mapping[str, Column | None], now: datetime) -> None:
    usable = COLUMNS_OF[SheetKind(sheet.kind)]
    sheet.columns = {head: column.value if column and column in usable else "" for head, column in columns.items()}
    sheet.save(update_fields=["columns"])
    read = read_again(viewer, sheet, rows, Surroundings(viewer, sheet.campaign), now)
    refs = [one.said.get(Column.REF, "") for one in read] if sheet.kind == SheetKind.HOTLINE.value else []
    known = dict(
        Order.objects.filter(unit_id=viewer.unit_id, outside_ref__in=refs).values_list("outside_ref", "problem__number")
    )
    for row, one in zip(rows, read, strict=True):
        row.troubles = [[trouble.column, trouble.sentence] for trouble in one.troubles]
        row.known = known.get(one.said.get(Column.REF, ""), "")


def _refuse_twin(viewer: Viewer, kind: SheetKind, screening_id: UUID | None, digest: str) -> None:
    alike = Sheet.objects.filter(unit_id=viewer.unit_id, kind=kind.value, digest=digest, state=SheetState.TAKEN.value)
    twin = (alike.filter(screening_id=screening_id) if screening_id else alike).first()
    if twin is not None and twin.settled_at is not None:
        at = twin.settled_at.astimezone(SHANGHAI)
        raise TakenBefore(f"同一份表已于{at.month}月{at.day}日 {at:%H:%M}导入（{twin.name}），没有重复导入。")


def _table_in(name: str, content: bytes) -> tuple[tuple[str, ...], list[Line]]:
    """The heads and the rows of a list. Raises BadInput: it cannot be read, is too large, or holds nothing."""
    if len(content) > MOST_BYTES:
        raise BadInput(f"文件超过{MOST_BYTES // MEBIBYTE}MB。请分成几份再传。")
    try:
        table = table_in(content, words=HEAD_WORDS, most=MOST_ROWS)
        lines = list(table.lines)
    except UnreadableTable as unreadable:
        raise BadInput(f"“{clean_name(name)}”没有收下：{unreadable}") from unreadable
    if not lines:
        raise BadInput("表里没有数据。请在表头下面逐行填写后再传。")
    return table.heads, lines
