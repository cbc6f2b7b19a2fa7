"""Tables as an office hands them out: a title across, the cut-off below it, the head on every page, black on white.

The same rows give the same file to the last byte: nothing in it tells when it was written but what the caller says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter

from zhitong.kit.workbook import A4, Head, Shape, sheet_name, write_cell

TITLE_FACE, HEAD_FACE, BODY_FACE = "方正小标宋简体", "黑体", "宋体"
_TITLE_ROW, _SAID_ROW, _HEAD_ROW = 0, 1, 2
_FIGURES = frozenset({Shape.WHOLE, Shape.FIGURE, Shape.PERCENT})
_MIDDLE = frozenset({Shape.DAY, Shape.MOMENT})


class Total(tuple[Any, ...]):
    """A row that adds others up; printed bold."""


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """One table for paper, with what stands under its title to the left and to the right, and the notes below it.

    `rows` are read once, while the sheet is written. `paper` is A4 or A3; notes stay on one line each.
    """

    title: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[Any]]
    left: str = ""
    right: str = ""
    notes: Sequence[str] = ()
    paper: int = A4
    is_upright: bool = False
    tab: str = ""


@dataclass(frozen=True, slots=True)
class PrintBook:
    """Tables in one file. `at` is what the file says of its time, in `zone`."""

    title: str
    sheets: Sequence[PrintSheet]
    at: datetime
    zone: ZoneInfo

    def write(self, into: IO[bytes]) -> None:
        """Write the workbook; memory does not grow with the rows."""
        settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(into, settings)
        try:
            book.set_properties({"title": self.title, "created": self.at.astimezone(self.zone).replace(tzinfo=None)})
            looks = _Looks(book)
            for one in self.sheets:
                _fill(book.add_worksheet(sheet_name(one.tab or one.title)), one, looks, self.zone)
        finally:
            book.close()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Shape, bool], Any] = {}
        self.title = book.add_format({"font_name": TITLE_FACE, "font_size": 18, "align": "center", "valign": "vcenter"})
        self.left = book.add_format({"font_name": BODY_FACE, "font_size": 10, "align": "left"})
        self.right = book.add_format({"font_name": BODY_FACE, "font_size": 10, "align": "right"})
        self.head = book.add_format(
            {"font_name": HEAD_FACE, "font_size": 10, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        )

    def cell(self, shape: Shape, is_bold: bool) -> Any:
        """The look of a cell of a column."""
        key = (shape, is_bold)
        if key not in self._made:
            align = "right" if shape in _FIGURES else "center" if shape in _MIDDLE else "left"
            self._made[key] = self._book.add_format({
                "font_name": BODY_FACE, "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True, "align": align,
                "num_format": shape.value, "bold": is_bold,
            })
        return self._made[key]


def _fill(sheet: Any, one: PrintSheet, looks: _Looks, zone: ZoneInfo) -> None:
    last = len(one.heads) - 1
    _prepare(sheet, one)
    sheet.set_row(_TITLE_ROW, 30)
    _across(sheet, _TITLE_ROW, 0, last, one.title, looks.title)
    middle = last // 2
    _across(sheet, _SAID_ROW, 0, middle, one.left, looks.left)
    _across(sheet, _SAID_ROW, middle + 1, last, one.right, looks.right)
    for column, head in enumerate(one.heads):
        sheet.write_string(_HEAD_ROW, column, head.title, looks.head)
    line = _HEAD_ROW
    for line, row in enumerate(one.rows, start=_HEAD_ROW + 1):
        is_bold = isinstance(row, Total)
        for column, (head, value) in enumerate(zip(one.heads, row, strict=True)):
            write_cell(sheet, line, column, value, looks.cell(head.shape, is_bold), zone)
    for place, note in enumerate(one.notes, start=line + 1):
        sheet.write_string(place, 0, note, looks.left)
    sheet.print_area(0, 0, line + len(one.notes), last)


def _across(sheet: Any, line: int, first: int, last: int, words: str, look: Any) -> None:
    """Words over several columns; over one, or none, there is nothing to merge."""
    if first < last:
        sheet.merge_range(line, first, line, last, words, look)
    elif first == last:
        sheet.write_string(line, first, words, look)


def _prepare(sheet: Any, one: PrintSheet) -> None:
    """Widths, the fixed head, and the paper: one page wide, the head and the number on each."""
    for column, head in enumerate(one.heads):
        sheet.set_column(column, column, head.width)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_paper(one.paper)
    if not one.is_upright:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")
