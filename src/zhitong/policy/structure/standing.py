"""Tables whose cells were left one below the other, as pages of the web are copied: heads, then 1 and its cells, 2 and its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhitong.policy.shapes import Span
from zhitong.policy.structure.lines import Line, lines_of
from zhitong.policy.structure.tables import DUE, GROUP, NUMBER, WHAT, WHO, Cell, Row, kind_of

FEWEST_COLUMNS = 3
MOST_COLUMNS = 10


def standing_rows(quiet: str) -> tuple[tuple[Row, ...], tuple[Span, ...]]:
    """The rows of such tables and the lines they stand on; a row with more or fewer cells than heads is left as text."""
    lines = lines_of(quiet)
    rows: list[Row] = []
    taken: list[Span] = []
    place = 0
    while place < len(lines):
        heads = _heads(lines, place)
        if not heads:
            place += 1
            continue
        found = list(_rows(lines, place + len(heads), heads))
        if found:
            taken += [(line.start, line.end) for line in lines[place:place + len(heads)]]
            taken += [(row.start, row.end) for row in found]
            rows += found
        place += len(heads)
    return tuple(rows), tuple(taken)


def _heads(lines: Sequence[Line], place: int) -> tuple[str, ...]:
    """The heads that start here with the number's; empty where no table that hands out work starts."""
    if kind_of(_bare(lines[place].text)) != NUMBER:
        return ()
    heads: list[str] = []
    for line in lines[place:place + MOST_COLUMNS]:
        if kind_of(_bare(line.text)) is None or (heads and kind_of(_bare(line.text)) == NUMBER):
            break
        heads.append(_bare(line.text))
    kinds = {kind_of(head) for head in heads}
    return tuple(heads) if len(heads) >= FEWEST_COLUMNS and WHO in kinds and WHAT in kinds else ()


def _bare(printed: str) -> str:
    return re.sub(r"[（(][^（）()]*[）)]|\s", "", printed)


def _rows(lines: Sequence[Line], place: int, heads: Sequence[str]) -> Iterator[Row]:
    """The rows in a row: each opens with its number alone on a line and has one line for every other head."""
    number = 1
    while place < len(lines):
        if lines[place].text != str(number):
            place += 1
            if place >= len(lines) or lines[place].text != str(number):
                return
        cells = lines[place + 1:place + len(heads)]
        if len(cells) < len(heads) - 1:
            return
        yield _row(lines[place], cells, heads[1:])
        place, number = place + len(heads), number + 1


def _row(number: Line, cells: Sequence[Line], heads: Sequence[str]) -> Row:
    kinds = [kind_of(head) for head in heads]
    words = [(line.start, line.end) for line, kind in zip(cells, kinds, strict=True) if kind == WHAT]
    groups = [(line.start, line.end) for line, kind in zip(cells, kinds, strict=True) if kind == GROUP]
    named = [
        Cell(head, line.start, line.end)
        for line, head, kind in zip(cells, heads, kinds, strict=True)
        if kind in (WHO, DUE)
    ]
    return Row(number.text, number.start, cells[-1].end, tuple(words or groups), tuple(named))
