"""A sheet drawn as people see it: rows of cells with what they span, heads and marked cells told. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from zhitong.domain.blanks.rules.form.grid import Grid, formula_of
from zhitong.domain.blanks.rules.form.shapes import Place, Table

MOST_ROWS, MOST_COLUMNS = 60, 40


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell: its text, what it spans, whether it is of the heads, what its mark says (empty: none)."""

    text: str
    across: int
    down: int
    is_head: bool
    mark: str


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """A sheet of rows of cells; `is_cut` where it goes on beyond what is drawn."""

    name: str
    rows: tuple[tuple[DrawnCell, ...], ...]
    is_cut: bool


def drawn(sheet: Worksheet, tables: tuple[Table, ...], marks: Mapping[Place, str]) -> DrawnSheet:
    """The upper left of a sheet; `marks` are what notes of ours say, by place."""
    grid = Grid(sheet)
    last = max([grid.rows, *(table.last for table in tables)])
    heads = {
        (row, head.column) for table in tables for row in range(table.top, table.bottom + 1) for head in table.heads
    }
    spans = {(top, left): (bottom, right) for top, left, bottom, right in grid.merges}
    columns = min(grid.columns, MOST_COLUMNS)
    rows = tuple(
        tuple(
            _cell(sheet, (row, column), spans, columns, heads, marks)
            for column in range(1, columns + 1) if grid.over.get((row, column), (row, column)) == (row, column)
        )
        for row in range(1, min(last, MOST_ROWS) + 1)
    )
    return DrawnSheet(str(sheet.title), rows, last > MOST_ROWS or grid.columns > MOST_COLUMNS)


def _cell(
    sheet: Worksheet, place: Place, spans: Mapping[Place, tuple[int, int]], columns: int, heads: set[Place], marks: Mapping[Place, str]
) -> DrawnCell:
    bottom, right = spans.get(place, place)
    kept = sheet._cells.get(place)
    return DrawnCell(
        told(kept) if kept is not None else "", min(right, columns) - place[1] + 1, min(bottom, MOST_ROWS) - place[0] + 1,
        place in heads, marks.get(place, ""),
    )


def told(cell: Any) -> str:
    """A cell as it is read on a page."""
    value = cell.value
    if formula_of(cell):
        return "（公式）"
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{value:.1%}" if "%" in str(cell.number_format) else f"{value:,.2f}".removesuffix(".00")
    return str(value)
