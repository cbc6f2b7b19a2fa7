"""A roster as it is sent in, Excel or CSV: found by its heads, read row by row, judged by nobody yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhitong.domain.entry.rules.phones import phone_written_right
from zhitong.domain.entry.rules.rosters import COLUMNS, RosterRow, columns_found
from zhitong.domain.files.rules.archives import paper_in
from zhitong.domain.files.rules.kinds import MEBIBYTE, FileFormat, Unfit
from zhitong.domain.files.rules.names import clean_name
from zhitong.kit.refusals import BadInput
from zhitong.kit.tables import Table, UnreadableTable, read_table

MOST_BYTES, MOST_ROWS = 5 * MEBIBYTE, 5000


def roster_in(name: str, content: bytes) -> list[RosterRow]:
    """The rows of a roster, with the lines as the sheet counts them.

    Raises BadInput: it is no table, too large, holds nothing, or lacks one of the four columns.
    """
    table = _table_in(clean_name(name), content)
    places = columns_found(table.heads)
    lacking = [label for column, label in COLUMNS.items() if column not in places]
    if lacking:
        raise BadInput(f"表里没有“{'”“'.join(lacking)}”这一列。表头请写：{'、'.join(COLUMNS.values())}。")
    return [_row(line.number, line.cells, places) for line in table.lines]


def _row(line: int, cells: Sequence[str], places: Mapping[str, int]) -> RosterRow:
    said = {column: cells[place].strip() for column, place in places.items()}
    return RosterRow(line, said["unit"], said["name"], said["title"], phone_written_right(said["phone"]))


def _table_in(name: str, content: bytes) -> Table:
    if len(content) > MOST_BYTES:
        raise BadInput(f"文件超过{MOST_BYTES // MEBIBYTE}MB。请分成几份再传。")
    is_workbook = content.startswith(b"PK")
    try:
        if is_workbook and paper_in(content) is not FileFormat.XLSX:
            raise BadInput(f"“{name}”不是Excel表格。请另存为.xlsx或.csv后再传。")
        table = read_table(content, is_workbook=is_workbook)
    except Unfit as unfit:
        raise BadInput(unfit.sentence(name)) from unfit
    except UnreadableTable as unreadable:
        raise BadInput(f"“{name}”读不出表格。请用模板填写，另存为.xlsx或.csv后再传。") from unreadable
    if not 0 < len(table.lines) <= MOST_ROWS:
        raise BadInput(f"表里没有数据，或者超过{MOST_ROWS}行。请核对后分份再传。")
    return table
