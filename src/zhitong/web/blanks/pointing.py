"""The choices beside a drawn form: what each column and gap may be, and what a person has chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhitong.domain.blanks.queries.made import Preview
from zhitong.domain.blanks.rules.fields import FIELDS, GAPS
from zhitong.domain.blanks.rules.form.drawing import DrawnCell, DrawnSheet
from zhitong.domain.blanks.rules.form.shapes import Form
from zhitong.domain.blanks.rules.kinds import CHOICES, Grain, Which
from zhitong.domain.blanks.rules.pointing import Memory, Pointing, TablePointing, table_guessed

Option = tuple[str, str]


@dataclass(frozen=True)
class Choice:
    """A choice of one thing: how its field is called, what may be chosen, what is."""

    name: str
    label: str
    options: tuple[Option, ...]
    chosen: str


@dataclass(frozen=True)
class TableChoices:
    """What a row of a table is, and which rows are wanted; `which` is None where there is no choice."""

    number: int
    sheet: str
    grain: Choice
    which: Choice | None


@dataclass(frozen=True)
class Line:
    """A line of a drawn sheet: its cells, or the choices that stand under the heads of a table."""

    cells: tuple[DrawnCell, ...] = ()
    choices: tuple[Choice | None, ...] = ()


@dataclass(frozen=True)
class ShownSheet:
    """A drawn sheet with the choices in it."""

    name: str
    lines: tuple[Line, ...]
    is_cut: bool


def pointing_in(said: Mapping[str, Any], form: Form, kept: Pointing, memory: Memory) -> Pointing:
    """What a person chose on the page; where what a row is was changed, its columns are guessed anew."""
    tables = []
    for place, (table, before) in enumerate(zip(form.tables, kept.tables, strict=True)):
        grain = _word(Grain, said.get(f"grain_{place}"), before.grain)
        if grain is not _word(Grain, said.get(f"was_{place}"), grain):
            tables.append(table_guessed(table, memory, grain))
            continue
        columns = {
            head.text: said.get(f"column_{place}_{head.column}", before.columns.get(head.text, "")) for head in table.heads if head.text
        }
        tables.append(TablePointing(grain, _word(Which, said.get(f"which_{place}"), before.which), columns))
    gaps = {gap.label: said.get(f"gap_{place}", kept.gaps.get(gap.label, "")) for place, gap in enumerate(form.gaps)}
    return Pointing(tuple(tables), gaps)


def tables_of(shown: Preview) -> list[TableChoices]:
    """What each table is about."""
    found = []
    for place, (table, asked) in enumerate(zip(shown.tables, shown.pointing.tables, strict=True)):
        offered = CHOICES.get(asked.grain, ())
        which = Choice(f"which_{place}", "", tuple((one.value, one.label) for one in offered), asked.which.value) if offered else None
        grains = tuple((grain.value, grain.label) for grain in Grain)
        found.append(TableChoices(place, table.sheet, Choice(f"grain_{place}", "", grains, asked.grain.value), which))
    return found


def gaps_of(shown: Preview) -> list[Choice]:
    """What each gap in the texts is."""
    options = tuple((one.code, one.label) for one in GAPS)
    return [
        Choice(f"gap_{place}", gap.label.replace("__", "＿＿"), options, shown.pointing.gaps.get(gap.label, ""))
        for place, gap in enumerate(shown.form.gaps)
    ]


def sheets_of(shown: Preview) -> list[ShownSheet]:
    """The drawn sheets, the choices of each column under its heads."""
    return [ShownSheet(sheet.name, tuple(_lines(sheet, shown)), sheet.is_cut) for sheet in shown.sheets]


def _lines(sheet: DrawnSheet, shown: Preview) -> list[Line]:
    lines = []
    for number, cells in enumerate(sheet.rows, start=1):
        lines.append(Line(cells))
        choices = _choices_under(sheet.name, number, shown)
        if choices:
            last = max(choices)
            lines.append(Line(choices=tuple(choices.get(column) for column in range(1, last + 1))))
    return lines


def _choices_under(sheet: str, row: int, shown: Preview) -> dict[int, Choice]:
    found = {}
    for place, (table, asked) in enumerate(zip(shown.tables, shown.pointing.tables, strict=True)):
        if (table.sheet, table.bottom) == (sheet, row):
            options = tuple((one.code, one.label) for one in FIELDS[asked.grain])
            for head in table.heads:
                if head.text:
                    found[head.column] = Choice(f"column_{place}_{head.column}", head.text, options, asked.columns.get(head.text, ""))
    return found


def _word(words: Any, said: Any, otherwise: Any) -> Any:
    return next((word for word in words if word.value == said), otherwise)
