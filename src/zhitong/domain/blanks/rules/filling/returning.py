"""A form that comes back filled in by people: what they wrote where we know nothing, to be offered again. Pure."""

from __future__ import annotations

from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook

from zhitong.domain.blanks.rules.form.drawing import told
from zhitong.domain.blanks.rules.form.grid import formula_of
from zhitong.domain.blanks.rules.form.shapes import Form, Table
from zhitong.domain.blanks.rules.pointing import Pointing, TablePointing, asked_of, identity
from zhitong.kit.sheets.limits import UnreadableTable

LONGEST = 500
MOST = 5000


def handwritten_in(book: Workbook, form: Form, pointing: Pointing) -> dict[str, dict[str, str]]:
    """What stands in columns that are not ours, by what the row is known again by and the head.

    Raises UnreadableTable: there are more than MOST cells.
    """
    found: dict[str, dict[str, str]] = {}
    for table, asked in zip(form.tables, pointing.tables, strict=True):
        for line in range(table.first, table.last + 1):
            name = _known_by(book, table, asked, line)
            written = {
                head.text: text for head in table.heads
                if head.text and not asked.columns.get(head.text) and head.column != table.key_column
                and (text := _written(book, table, line, head.column))
            }
            if name.strip("|") and written:
                found.setdefault(name, {}).update(written)
    if sum(map(len, found.values())) > MOST:
        raise UnreadableTable(f"手填的内容超过{MOST}格，没有记住。请把这份表分开后再交回。")
    return found


def _known_by(book: Workbook, table: Table, asked: TablePointing, line: int) -> str:
    codes = asked_of(table, asked)
    if not codes:
        return table.printed.get(line, "")
    columns = {code: head.column for head in table.heads if (code := asked.columns.get(head.text, "")) in codes}
    return identity(codes, {code: told(book[table.sheet].cell(line, column)) for code, column in columns.items()})


def _written(book: Workbook, table: Table, line: int, column: int) -> str:
    """What stands in a cell that people may have filled in."""
    cell = book[table.sheet].cell(line, column)
    if isinstance(cell, MergedCell) or formula_of(cell) or cell.value is None:
        return ""
    return told(cell).replace(",", "").strip()[:LONGEST] if isinstance(cell.value, int | float) else told(cell).strip()[:LONGEST]
