"""A list on its way as its page shows it: what each head was read as, every row in trouble, a few of the good ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.intake.models import Sheet
from zhitong.domain.intake.rules.sheets import Column, SheetKind, SheetState
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

SAMPLE = 5


@dataclass(frozen=True, slots=True)
class RowView:
    """A row: its line in the list, its cells under the heads, its troubles as (column, sentence), the number if known."""

    line: int
    original: Mapping[str, str]
    troubles: tuple[tuple[str, str], ...]
    known: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """A list; `bad` are all rows in trouble, `sample` the first good ones."""

    id: UUID
    kind: SheetKind
    screening_id: UUID | None
    name: str
    state: SheetState
    columns: Mapping[str, Column | None]
    rows: int
    good: int
    known: int
    bad: tuple[RowView, ...]
    sample: tuple[RowView, ...]
    staged_at: datetime


def sheet_seen(viewer: Viewer, sheet_id: UUID) -> SheetView:
    """One list of the viewer's unit, in five queries.

    Raises NotFound: there is none such.
    """
    found = Sheet.objects.filter(id=sheet_id)
    sheet = (found.filter(unit_id=viewer.unit_id) if first_wall_stands() else found).first()
    if sheet is None:
        raise NotFound
    rows = sheet.rows.order_by("line").values_list("line", "original", "troubles", "known")
    bad = [RowView(line, cells, tuple((a, b) for a, b in wrong), known) for line, cells, wrong, known in rows.exclude(troubles=[])]
    good = rows.filter(troubles=[])
    count = good.count()
    return SheetView(
        sheet.id, SheetKind(sheet.kind), sheet.screening_id, sheet.name, SheetState(sheet.state),
        {head: Column(word) if word else None for head, word in sheet.columns.items()}, count + len(bad), count,
        good.exclude(known="").count(), tuple(bad), tuple(RowView(line, cells, (), known) for line, cells, _no, known in good[:SAMPLE]),
        sheet.staged_at,
    )
