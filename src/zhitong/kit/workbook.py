"""Write rows into an Excel workbook that reads and prints well: fixed head, filters, figures as figures.

Text is always written as text, so that a cell which begins with = is words and never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

A3, A4 = 8, 9
_UPRIGHT_COLUMNS, _A4_COLUMNS = 6, 12
_LONGEST_TEXT = 32_767
_LONGEST_HEADER = 230
"""A header has room for 255 signs, those that set it small and grey included."""


class Shape(Enum):
    """How the cells of a column are written: Excel's number format."""

    TEXT = "@"
    WHOLE = "#,##0"
    FIGURE = "#,##0.00"
    PERCENT = "0.0%"
    DAY = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True)
class Head:
    """One column: its heading with its unit, how its cells are written, its width in characters."""

    title: str
    shape: Shape = Shape.TEXT
    width: int = 14


def write_sheet(
    into: IO[bytes],
    *,
    title: str,
    notes: Sequence[str],
    heads: Sequence[Head],
    rows: Iterable[Sequence[Any]],
    zone: ZoneInfo,
    mark: str = "",
) -> int:
    """Write one sheet and give the number of rows written; memory does not grow with them.

    `notes` stand between title and table: why these rows, who took them out, when. Moments are written in `zone`. `mark`
    stands in the head of every printed page and among the properties of the file.
    """
    book = xlsxwriter.Workbook(into, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    try:
        count = _fill(book, title, notes, heads, rows, zone)
        _mark(book, mark)
        return count
    finally:
        book.close()


@dataclass(frozen=True)
class Asked:
    """A column to be filled in: its head, what may be chosen, whether people see it, and what to mind."""

    head: Head
    options: Sequence[str] = ()
    hidden: bool = False
    note: str = ""


FILLED_IN = 5000
"""Rows in which the drop-downs of a form stand."""
_OPTIONS = "选项"


def write_form(
    into: IO[bytes], *, title: str, notes: Sequence[str], asked: Sequence[Asked], rows: Iterable[Sequence[Any]], zone: ZoneInfo,
    mark: str = "",
) -> int:
    """Write a sheet to be filled in and sent back, with drop-downs and hints; gives the number of rows written.

    `mark` as in `write_sheet`. What may be chosen stands on a hidden sheet, so that a list of any length fits. Memory does
    not grow with the rows.
    """
    book = xlsxwriter.Workbook(into, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    try:
        count = _fill(book, title, notes, [one.head for one in asked], rows, zone)
        sheet, options, top = book.worksheets()[0], book.add_worksheet(_OPTIONS), len(notes) + 1
        options.hide()
        for column, one in enumerate(asked):
            if one.hidden:
                sheet.set_column(column, column, None, None, {"hidden": True})
            hint = {"input_title": one.head.title[:32], "input_message": one.note[:255]} if one.note else {}
            last = top + max(count, FILLED_IN)
            if one.options:
                letters = xl_col_to_name(column)
                source = f"={_OPTIONS}!${letters}$1:${letters}${len(one.options)}"
                say = {"error_title": "请从列表中选择", "error_message": "这一格只能填写列表里的内容。"}
                sheet.data_validation(top + 1, column, last, column, {"validate": "list", "source": source, **hint, **say})
            elif hint:
                sheet.data_validation(top + 1, column, last, column, {"validate": "any", **hint})
        for line in range(max((len(one.options) for one in asked), default=0)):
            options.write_row(line, 0, [one.options[line] if line < len(one.options) else "" for one in asked])
        _mark(book, mark)
        return count
    finally:
        book.close()


def _mark(book: Any, mark: str) -> None:
    if mark:
        book.set_properties({"comments": mark})
        book.worksheets()[0].set_header(f"&R&8&K808080{mark.replace('&', '&&')[:_LONGEST_HEADER]}")


def _fill(
    book: Any, title: str, notes: Sequence[str], heads: Sequence[Head], rows: Iterable[Sequence[Any]], zone: ZoneInfo
) -> int:
    sheet = book.add_worksheet(sheet_name(title))
    top = len(notes) + 1
    _prepare(sheet, heads, top)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for line, note in enumerate(notes, start=1):
        sheet.write_string(line, 0, note, book.add_format({"font_color": "#555555"}))
    bold = book.add_format(_LOOK | {"bold": True, "bg_color": "#EFF3F3"})
    for column, head in enumerate(heads):
        sheet.write_string(top, column, head.title, bold)
    looks = {shape: book.add_format(_LOOK | {"num_format": shape.value}) for shape in Shape}
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, (head, value) in enumerate(zip(heads, row, strict=True)):
            write_cell(sheet, top + count, column, value, looks[head.shape], zone)
    sheet.autofilter(top, 0, top + count, len(heads) - 1)
    return count


_LOOK = {"border": 1, "border_color": "#B9C6CA", "valign": "top", "text_wrap": True}


def _prepare(sheet: Any, heads: Sequence[Head], top: int) -> None:
    """Widths, the fixed head, and paper: upright A4 for few columns, A4 or A3 across for many."""
    for column, head in enumerate(heads):
        sheet.set_column(column, column, head.width)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    sheet.set_paper(A4 if len(heads) <= _A4_COLUMNS else A3)
    if len(heads) > _UPRIGHT_COLUMNS:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def write_cell(sheet: Any, line: int, column: int, value: Any, look: Any, zone: ZoneInfo) -> None:
    """One value as what it is: words, a figure, a day or a moment of `zone`; nothing leaves the cell blank."""
    if value is None or value == "":
        sheet.write_blank(line, column, None, look)
    elif isinstance(value, bool):
        sheet.write_string(line, column, "是" if value else "否", look)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, column, value, look)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, column, value.astimezone(zone).replace(tzinfo=None), look)
    elif isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001 Excel knows no zones
    else:
        sheet.write_string(line, column, str(value)[:_LONGEST_TEXT], look)


def sheet_name(title: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\ ."""
    return "".join("-" if sign in "[]:*?/\\" else sign for sign in title)[:31] or "1"
