"""A whole form filled: tables grown from below, written, gaps closed, marks put, saved so that equal content is equal bytes. Pure."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import groupby

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from zhitong.domain.blanks.rules.answers import Answer, Answers, Handwritten, Value
from zhitong.domain.blanks.rules.fields import GAPS, field_of
from zhitong.domain.blanks.rules.filling.growing import grow
from zhitong.domain.blanks.rules.filling.marking import Marks
from zhitong.domain.blanks.rules.filling.tables import Tallied, fill_table, mark_unknown, needed_rows
from zhitong.domain.blanks.rules.filling.writing import Habit, told, write_text
from zhitong.domain.blanks.rules.form.shapes import Form, Gap, Place, Table
from zhitong.domain.blanks.rules.pointing import Pointing, TablePointing

_ZIPPED_ON = (1980, 1, 1, 0, 0, 0)
_SAVED_AT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form: the workbook, its tables where they stand now, marks by sheet and place, what was tallied."""

    book: Workbook
    tables: tuple[Table, ...]
    marks: Mapping[str, Mapping[Place, str]]
    tallied: Tallied


def filled(book: Workbook, form: Form, pointing: Pointing, answers: Answers, hand: Handwritten) -> Filled:
    """Fill a form that was just opened; the workbook itself is changed."""
    tallied = Tallied(said=[*form.said, *answers.said])
    pairs = list(zip(form.tables, pointing.tables, answers.tables, strict=True))
    tables, gaps = _grown(book, pairs, list(form.gaps))
    marks = {sheet.title: Marks() for sheet in book.worksheets}
    for table, (_old, asked, answer) in zip(tables, pairs, strict=True):
        fill_table(_sheet(book, table.sheet), table, asked, answer, hand, marks[table.sheet], tallied)
    _close(book, gaps, pointing, answers.gaps, marks, tallied)
    return Filled(book, tuple(tables), {name: one.places for name, one in marks.items()}, tallied)


def saved(book: Workbook, at: datetime) -> bytes:
    """The workbook as bytes that depend on nothing but its content and the cut-off time."""
    book.calculation.fullCalcOnLoad = True
    raw, made = BytesIO(), BytesIO()
    book.save(raw)
    stamp = rb"\g<1>" + at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            entry = zipfile.ZipInfo(name, _ZIPPED_ON)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _SAVED_AT.sub(stamp, part) if name == "docProps/core.xml" else part)
    return made.getvalue()


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet), "forms are found in sheets of cells only"
    return sheet


def _grown(
    book: Workbook, pairs: list[tuple[Table, TablePointing, Answer]], gaps: list[Gap]
) -> tuple[list[Table], list[Gap]]:
    """Tables and gaps where they stand once every table has rows enough; from the lowest up, side by side together."""
    tables = [table for table, _asked, _answer in pairs]
    needs = [needed_rows(*pair) for pair in pairs]
    order = sorted(range(len(tables)), key=lambda place: (tables[place].sheet, -tables[place].last))
    for (name, last), places in groupby(order, key=lambda place: (tables[place].sheet, tables[place].last)):
        together = list(places)
        more = max(needs[place] for place in together)
        if more:
            grow(book, _sheet(book, name), min(tables[place].first for place in together), last, more)
            tables = [_moved(one, name, last, more) for one in tables]
            gaps = [_gap_moved(one, name, last, more) for one in gaps]
    return tables, gaps


def _moved(table: Table, sheet: str, last: int, more: int) -> Table:
    if table.sheet != sheet:
        return table

    def down(row: int) -> int:
        return row + more if row > last else row

    return replace(
        table, top=down(table.top), bottom=down(table.bottom), first=down(table.first),
        last=table.last + more if table.last >= last else table.last,
        total=None if table.total is None else down(table.total),
        printed={down(row): text for row, text in table.printed.items()}, examples=frozenset(map(down, table.examples)),
    )


def _gap_moved(gap: Gap, sheet: str, last: int, more: int) -> Gap:
    row, column = gap.place
    return replace(gap, place=(row + more, column)) if gap.sheet == sheet and row > last else gap


def _close(
    book: Workbook, gaps: Iterable[Gap], pointing: Pointing, values: Mapping[str, Value],
    marks: Mapping[str, Marks], tallied: Tallied,
) -> None:
    """Put values into the gaps of texts, from the right of each text to its left."""
    for (name, place), within in groupby(gaps, key=lambda gap: (gap.sheet, gap.place)):
        cell = _sheet(book, name).cell(*place)
        text = str(cell.value or "")
        missing = []
        for gap in reversed(list(within)):
            one = field_of(GAPS, pointing.gaps.get(gap.label, ""))
            if one is not None and one.code in values:
                said = told(values[one.code], one, Habit("", None, gap.after))
                text = text[: gap.start] + said + _room(text, gap, said) + text[gap.end :]
            else:
                missing.append(gap)
        style = copy(cell._style)
        write_text(cell, text)
        cell._style = style
        for gap in missing:
            mark_unknown(cell, "", gap.label, marks[name], tallied)


def _room(text: str, gap: Gap, said: str) -> str:
    """Blanks that keep the next label about where it stood; a Chinese sign is as wide as two of them."""
    if gap.after or not text[: gap.start].endswith(("：", ":")) or not text[gap.end :].strip():
        return ""
    return " " * max(2, gap.end - gap.start - 2 * len(said))
