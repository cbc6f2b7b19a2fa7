"""The three sheets of an XLSForm as lines of text under the standard's column names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
MOST_LINES = {SURVEY: 600, CHOICES: 5000, SETTINGS: 20}
MOST_COLUMNS = 80
LONGEST_CELL = 2000
_LANGUAGE = re.compile(r"(label|hint|constraint_message|required_message)::\s*(.*)")
_CHINESE = re.compile(r"中文|chinese|\bzh\b", re.IGNORECASE)


class NoForm(ValueError):
    """The workbook is no XLSForm that can be read; the message is a sentence with the cell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a sheet's row that was not taken as it stands, with what became of it."""

    sheet: str
    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its number as the sheet counts, and its filled cells by column."""

    row: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The text of a column; empty when there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Form:
    """The lines of the three sheets."""

    survey: Sequence[Line]
    choices: Sequence[Line]
    settings: Mapping[str, str] = field(default_factory=dict)
    aside: Sequence[Finding] = ()


def form_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Form:
    """The form in the cells of a workbook's sheets, by name.

    Raises NoForm: no survey sheet, no column for type, name or label, two columns of one name, or more than a form has.
    """
    named = {name.strip().lower(): rows for name, rows in sheets.items()}
    if SURVEY not in named:
        raise NoForm(f"这不是XLSForm：没有名为 survey 的工作表（有{'、'.join(sheets) or '空表'}）。请用XLSForm模板填写。")
    survey = _lines(SURVEY, named[SURVEY])
    if not survey:
        raise NoForm("survey 工作表里没有内容。请逐行写上栏目后再传。")
    settings = _lines(SETTINGS, named.get(SETTINGS, ()))
    aside = [finding for name, rows in named.items() for finding in _left_aside(name, rows)]
    aside += [Finding(SETTINGS, line.row, f"“{column}”没有采用。")
              for line in settings for column in line.cells if column not in ("form_title", "form_id")]
    return Form(survey, _lines(CHOICES, named.get(CHOICES, ())), settings[0].cells if settings else {}, aside)


def _left_aside(sheet: str, rows: Sequence[Sequence[Any]]) -> Iterator[Finding]:
    """Sheets that the standard does not know, and the labels in other languages than the one taken."""
    if sheet not in MOST_LINES:
        if any(any(row) for row in rows):
            yield Finding(sheet, 1, f"工作表“{sheet}”不是XLSForm的部分，没有采用。")
        return
    top, heads = next(((n, row) for n, row in enumerate(rows, start=1) if any(row)), (1, ()))
    texts = [_text(sheet, top, at, head) for at, head in enumerate(heads)]
    taken = _columns(sheet, top, texts) if any(texts) else {}
    for at, head in enumerate(texts):
        if head and at not in taken:
            yield Finding(sheet, top, f"“{head}”这一列没有采用。")


def _lines(sheet: str, rows: Sequence[Sequence[Any]]) -> list[Line]:
    written = [(number, [_text(sheet, number, at, cell) for at, cell in enumerate(row)])
               for number, row in enumerate(rows, start=1)]
    written = [(number, cells) for number, cells in written if any(cells)]
    if not written:
        return []
    if len(written) - 1 > MOST_LINES[sheet]:
        raise NoForm(f"{sheet} 工作表有{len(written) - 1}行，最多{MOST_LINES[sheet]}行。请分成几份。")
    (top, heads), *below = written
    columns = _columns(sheet, top, heads)
    return [
        Line(number, {column: cells[at] for at, column in columns.items() if at < len(cells) and cells[at]})
        for number, cells in below
    ]


def _columns(sheet: str, top: int, heads: Sequence[str]) -> dict[int, str]:
    """Which column stands where; of the languages of a label the Chinese one is taken, else the first."""
    if len(heads) > MOST_COLUMNS:
        raise NoForm(f"{sheet} 第{top}行有{len(heads)}列，最多{MOST_COLUMNS}列。请删去多余的列。")
    found: dict[str, int] = {}
    chinese: set[str] = set()
    for at, head in enumerate(heads):
        column, is_chinese = _column(head)
        if not column or (column in found and "::" in head and not (is_chinese and column not in chinese)):
            continue
        if column in found and not is_chinese and "::" not in head and "::" not in heads[found[column]]:
            raise NoForm(f"{sheet} 第{top}行有两列“{head}”，请删去一列。")
        found[column] = at
        if is_chinese:
            chinese.add(column)
    needed = {SURVEY: ("type", "name"), CHOICES: ("list_name", "name"), SETTINGS: ()}[sheet]
    for column in needed:
        if column not in found:
            raise NoForm(f"{sheet} 第{top}行没有“{column}”这一列。请按XLSForm的写法补上表头。")
    return {at: column for column, at in found.items()}


def _column(head: str) -> tuple[str, bool]:
    plain = head.strip().lower().replace("list name", "list_name")
    language = _LANGUAGE.fullmatch(plain)
    if language is None:
        return plain, False
    return language[1], bool(_CHINESE.search(language[2]))


def _text(sheet: str, row: int, at: int, cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip() if cell is not None else ""
    if len(text) > LONGEST_CELL:
        raise NoForm(f"{sheet} 第{row}行第{at + 1}列有{len(text)}字，最多{LONGEST_CELL}字。请缩短。")
    return text
