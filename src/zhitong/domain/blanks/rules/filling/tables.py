"""One table filled: rows printed already are matched by name, others are written from above, what is not known is marked. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from zhitong.domain.blanks.rules.answers import Answer, Handwritten, Row, Value
from zhitong.domain.blanks.rules.fields import FIELDS, Field, Shape, field_of
from zhitong.domain.blanks.rules.filling.marking import REMEMBERED, UNKNOWN, Marks
from zhitong.domain.blanks.rules.filling.writing import Habit, says_money, write, write_text
from zhitong.domain.blanks.rules.form.grid import formula_of
from zhitong.domain.blanks.rules.form.shapes import Head, Table
from zhitong.domain.blanks.rules.kinds import Grain
from zhitong.domain.blanks.rules.pointing import TablePointing, asked_of, identity, is_left_to_people, key_column, named

_LISTS = (Grain.PROBLEM, Grain.SUBJECT)


@dataclass(slots=True)
class Tallied:
    """What became of a form: rows written, missing cells by head, sentences for people."""

    rows: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)


def matched_rows(table: Table, pointing: TablePointing, answer: Answer) -> dict[int, Row | None] | None:
    """For each printed line the row it is about (None: nobody known here); None where the table is to be written from above."""
    if not table.printed:
        return None
    by_name = {name: row for row in (*answer.also, *answer.rows) for name in row.names if name}
    key = key_column(table, pointing)
    if key != table.key_column and pointing.grain not in _LISTS and key is not None:
        return None
    found = {line: by_name.get(named(text, by_name) or "") for line, text in table.printed.items()}
    if not any(found.values()) and pointing.grain in _LISTS:
        return None
    return found


def needed_rows(table: Table, pointing: TablePointing, answer: Answer) -> int:
    """How many rows more the table must have."""
    if matched_rows(table, pointing, answer) is not None:
        return 0
    return max(0, len(answer.rows) - (table.last - table.first + 1))


def fill_table(
    sheet: Worksheet, table: Table, pointing: TablePointing, answer: Answer, hand: Handwritten, marks: Marks, tallied: Tallied
) -> None:
    """Write the answer into the rows of a table that has enough of them."""
    matched = matched_rows(table, pointing, answer)
    columns = list(_columns(sheet, table, pointing))
    if matched is None:
        _write_down(sheet, table, pointing, columns, answer, hand, marks, tallied)
    else:
        _write_beside(sheet, table, columns, answer, matched, hand, marks, tallied)
    if table.total is not None and answer.total is not None:
        for one in columns:
            if one.field is not None and one.field.code in answer.total:
                _put(sheet, table.total, one, answer.total[one.field.code])
    unsaid = [one.head.text for one in columns if one.field and one.field.shape is Shape.MONEY and not says_money(one.habit)]
    if unsaid:
        tallied.said.append(f"{'、'.join(unsaid)}：表头没有写明单位，按万元填写。")


@dataclass(frozen=True, slots=True)
class _Column:
    head: Head
    field: Field | None
    habit: Habit


def _columns(sheet: Worksheet, table: Table, pointing: TablePointing) -> Iterator[_Column]:
    for head in table.heads:
        example = next((str(sheet.cell(row, head.column).value or "") for row in sorted(table.examples)), "")
        one = field_of(FIELDS[pointing.grain], pointing.columns.get(head.text, ""))
        yield _Column(head, one, Habit(head.text, table.scale, example))


def _write_down(
    sheet: Worksheet, table: Table, pointing: TablePointing, columns: list[_Column], answer: Answer, hand: Handwritten,
    marks: Marks, tallied: Tallied,
) -> None:
    answered = asked_of(table, pointing)
    for line in range(table.first, table.last + 1):
        row = answer.rows[line - table.first] if line - table.first < len(answer.rows) else None
        written = hand.get(identity(answered, row.values), {}) if row is not None else {}
        for one in columns:
            if row is not None:
                _fill(sheet, line, one, row, written, marks, tallied)
            elif _is_free(sheet, line, one) and (line in table.examples or line in table.printed):
                sheet.cell(line, one.head.column).value = None
        tallied.rows += row is not None
    if table.printed:
        tallied.said.append(f"{table.sheet}：表里原有的{len(table.printed)}行内容已换成系统里的。")


def _write_beside(
    sheet: Worksheet, table: Table, columns: list[_Column], answer: Answer, matched: Mapping[int, Row | None], hand: Handwritten,
    marks: Marks, tallied: Tallied,
) -> None:
    unknown = []
    for line, row in matched.items():
        if row is None:
            if named(table.printed[line], answer.elsewhere) is None:
                unknown.append(table.printed[line])
            continue
        for one in columns:
            if one.head.column != table.key_column and not _has_sequence(sheet, line, one):
                _fill(sheet, line, one, row, hand.get(table.printed[line], {}), marks, tallied)
        tallied.rows += 1
    if unknown:
        tallied.said.append(f"{table.sheet}：没有对上系统里的名称，未填：{'、'.join(unknown[:10])}{'等' if len(unknown) > 10 else ''}。")


def _has_sequence(sheet: Worksheet, line: int, one: _Column) -> bool:
    """Whether the number of a row is printed already."""
    return one.field is not None and one.field.code == "sequence" and sheet.cell(line, one.head.column).value is not None


def _is_free(sheet: Worksheet, line: int, one: _Column) -> bool:
    cell = sheet.cell(line, one.head.column)
    return not isinstance(cell, MergedCell) and not formula_of(cell)


def _fill(
    sheet: Worksheet, line: int, one: _Column, row: Row, written: Mapping[str, str], marks: Marks, tallied: Tallied
) -> None:
    if not one.head.text or not _is_free(sheet, line, one):
        return
    cell = sheet.cell(line, one.head.column)
    if one.field is not None and one.field.code in row.values:
        write(cell, row.values[one.field.code], one.field, one.habit)
        return
    cell.value = None
    mark_unknown(cell, written.get(one.head.text, ""), one.head.text, marks, tallied)


def mark_unknown(cell: Any, remembered: str, words: str, marks: Marks, tallied: Tallied) -> None:
    """A cell that is not ours: what was filled in by hand last time, or marked as missing; remarks and signatures stay."""
    if remembered:
        _write_hand(cell, remembered)
        marks.put(cell, REMEMBERED)
    elif not is_left_to_people(words):
        marks.put(cell, UNKNOWN)
        tallied.missing[words] += 1


def _write_hand(cell: Any, text: str) -> None:
    """What people wrote: figures stay figures, all else is text."""
    if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text) and not (text.startswith("0") and len(text) > 1 and text[1] != "."):
        cell.value = float(text) if "." in text else int(text)
    else:
        write_text(cell, text)


def _put(sheet: Worksheet, line: int, one: _Column, value: Value) -> None:
    cell = sheet.cell(line, one.head.column)
    if one.field is not None and _is_free(sheet, line, one) and cell.value is None:
        write(cell, value, one.field, one.habit)
