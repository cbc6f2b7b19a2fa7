"""A sheet as texts at places, joined cells known, formulas apart: what looking for tables needs, and nothing created by looking. Pure."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from zhitong.domain.blanks.rules.form.shapes import Place
from zhitong.kit.sheets.limits import MOST_COLUMNS, UnreadableTable, column_letters

MOST_ROWS = 3000
_VALUE = re.compile(r"[+-]?[\d,]*\.?\d+%?|[0-9A-Z]{15,}|\d{4}-\d{2}-\d{2}.*")


def formula_of(cell: Any) -> str:
    """The formula in a cell; empty where there is none."""
    value = cell.value
    if isinstance(value, ArrayFormula):
        return str(value.text or "")
    if isinstance(value, DataTableFormula):
        return "="
    return str(value) if cell.data_type == "f" else ""


def is_value(text: str) -> bool:
    """Whether a text is a figure, a code or a day, as no head is."""
    return bool(_VALUE.fullmatch(text))


class Grid:
    """The cells of a sheet that hold something. Raises UnreadableTable: there is text beyond the columns that are read."""

    def __init__(self, sheet: Worksheet) -> None:
        self.name = str(sheet.title)
        self.texts: dict[Place, str] = {}
        self.formulas: set[Place] = set()
        self._edged: set[int] = set()
        for (row, column), cell in sheet._cells.items():
            if row > MOST_ROWS:
                continue
            text = "" if cell.value is None or formula_of(cell) else str(cell.value).strip()
            if text and column > MOST_COLUMNS:
                raise UnreadableTable(
                    f"工作表“{self.name}”的{column_letters(column - 1)}列还有内容，超过{MOST_COLUMNS}列。请删去右边多余的内容后再传。"
                )
            if text:
                self.texts[row, column] = text
            if formula_of(cell):
                self.formulas.add((row, column))
            if cell.has_style and (cell.border.bottom.style or cell.border.top.style) and column <= MOST_COLUMNS:
                self._edged.add(row)
        self.merges = [
            (one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges
            if one.min_row <= MOST_ROWS and one.min_col <= MOST_COLUMNS
        ]
        self.over = {
            (row, column): (top, left)
            for top, left, bottom, right in self.merges
            for row in range(top, min(bottom, MOST_ROWS) + 1) for column in range(left, min(right, MOST_COLUMNS) + 1)
        }
        self.rows = max((row for row, _column in (*self.texts, *self.formulas)), default=0)
        self.columns = max((column for _row, column in (*self.texts, *self.over)), default=0)
        self.last_edged = max(self._edged, default=0)

    def text(self, row: int, column: int) -> str:
        """What a person reads at a place: of joined cells the text they share."""
        return self.texts.get(self.over.get((row, column), (row, column)), "")

    def own(self, row: int, left: int = 1, right: int | None = None) -> dict[int, str]:
        """The texts that begin in a row, by column."""
        return {
            column: text for column in range(left, (right or self.columns) + 1) if (text := self.texts.get((row, column)))
        }

    def is_edged(self, row: int) -> bool:
        """Whether a row has lines drawn around cells: it belongs to a table even when it is empty."""
        return row in self._edged

    def has_formula(self, row: int, left: int, right: int) -> bool:
        """Whether a row counts something by itself."""
        return any((row, column) in self.formulas for column in range(left, right + 1))
