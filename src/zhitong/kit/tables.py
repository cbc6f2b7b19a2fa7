"""Read a table that somebody sends, Excel or CSV, into heads and rows of text; nothing is guessed about its meaning."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

LEAST_HEADS = 2
"""What stands above the heads, a title or a note, fills one cell."""


class UnreadableTable(ValueError):
    """The bytes are no table that can be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as the sheet counts, and the text of its cells under the heads."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first sheet that has anything: heads, and the rows below that are not empty."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(content: bytes, *, is_workbook: bool) -> Table:
    """The table in a workbook (.xlsx) or in a text of comma- or tab-separated values (UTF-8 or GB 18030).

    Raises UnreadableTable: it is damaged, or has no row of heads.
    """
    rows = _sheet(content) if is_workbook else _text(content)
    written = [(number, [_as_text(value) for value in row]) for number, row in enumerate(rows, start=1)]
    place = next((place for place, (_number, row) in enumerate(written) if len(list(filter(None, row))) >= LEAST_HEADS), None)
    if place is None:
        raise UnreadableTable
    heads = written[place][1]
    while heads and not heads[-1]:
        heads.pop()
    width = len(heads)
    lines = (Line(number, tuple((row + [""] * width)[:width])) for number, row in written[place + 1 :] if any(row[:width]))
    return Table(tuple(heads), tuple(lines))


def _sheet(content: bytes) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets: Iterator[list[list[Any]]] = (
            book.get_sheet_by_index(place).to_python(skip_empty_area=False) for place in range(len(book.sheet_names))
        )
        return next((rows for rows in sheets if rows), [])
    except (CalamineError, ValueError, OSError) as damaged:
        raise UnreadableTable from damaged


def _text(content: bytes) -> Sequence[Sequence[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        tabs = text.partition("\n")[0].count("\t")
        try:
            return list(csv.reader(StringIO(text, newline=""), delimiter="\t" if tabs else ","))
        except csv.Error as damaged:
            raise UnreadableTable from damaged
    raise UnreadableTable


def _as_text(value: Any) -> str:
    """A cell as a person reads it: whole figures without a point, days and moments as 2018-04-27 15:40."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
