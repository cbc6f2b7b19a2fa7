"""A roster as it is sent in, Excel or CSV: found by its heads, read row by row, judged by nobody yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhitong.domain.entry.rules.phones import phone_written_right
from zhitong.domain.entry.rules.rosters import COLUMNS, HEAD_WORDS, RosterRow, columns_found
from zhitong.domain.files.rules.names import clean_name
from zhitong.kit.refusals import BadInput
from zhitong.kit.sheets.limits import MEBIBYTE, UnreadableTable
from zhitong.kit.sheets.table import Line, table_in

MOST_BYTES, MOST_ROWS = 5 * MEBIBYTE, 5000


def roster_in(name: str, content: bytes) -> list[RosterRow]:
    """The rows of a roster, with the lines as the sheet counts them.

    Raises BadInput: it is no table, too large, holds nothing, or lacks one of the four columns.
    """
    heads, lines = _table_in(clean_name(name), content)
    places = columns_found(heads)
    lacking = [label for column, label in COLUMNS.items() if column not in places]
    if lacking:
        raise BadInput(f"表里没有“{'”“'.join(lacking)}”这一列。表头请写：{'、'.join(COLUMNS.values())}。")
    return [_row(line.number, line.cells, places) for line in lines]


def _row(line: int, cells: Sequence[str], places: Mapping[str, int]) -> RosterRow:
    said = {column: cells[place].strip() for column, place in places.items()}
    return RosterRow(line, said["unit"], said["name"], said["title"], phone_written_right(said["phone"]))


def _table_in(name: str, content: bytes) -> tuple[tuple[str, ...], list[Line]]:
    """The heads and the rows. Raises BadInput: it cannot be read, is too large, or holds nothing."""
    if len(content) > MOST_BYTES:
        raise BadInput(f"文件超过{MOST_BYTES // MEBIBYTE}MB。请分成几份再传。")
    try:
        table = table_in(content, words=HEAD_WORDS, most=MOST_ROWS)
        lines = list(table.lines)
    except UnreadableTable as unreadable:
        raise BadInput(f"“{name}”没有收下：{unreadable}") from unreadable
    if not lines:
        raise BadInput("表里没有数据。请在表头下面逐行填写后再传。")
    return table.heads, lines
