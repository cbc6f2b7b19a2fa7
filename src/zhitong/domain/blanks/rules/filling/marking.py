"""Marks in a filled form: what is not known, and what people had filled in last time; by shade and note. Pure."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from zhitong.domain.blanks.rules.form.shapes import Place

UNKNOWN = "系统无此数据，请补填"
REMEMBERED = "上次手填的内容，请核对"
SHADES = {UNKNOWN: "FFFFF2CC", REMEMBERED: "FFDDEBF7"}
_AUTHOR = "直通"


class Marks:
    """The marks of one sheet, by place; a note stands once in a column, the shade in every cell."""

    def __init__(self) -> None:
        self.places: dict[Place, str] = {}
        self._noted: set[tuple[int, str]] = set()

    def put(self, cell: Any, words: str) -> None:
        """Shade a cell, and note why at the first of its column."""
        cell.fill = PatternFill("solid", fgColor=SHADES[words])
        self.places[cell.row, cell.column] = words
        if (cell.column, words) not in self._noted:
            self._noted.add((cell.column, words))
            said = f"{cell.comment.text}\n{words}" if cell.comment else words
            cell.comment = Comment(said, _AUTHOR)


def unmarked(cell: Any) -> None:
    """Take our marks off a cell that comes back."""
    if cell.has_style and cell.fill.fgColor.rgb in SHADES.values():
        cell.fill = copy(PatternFill())
