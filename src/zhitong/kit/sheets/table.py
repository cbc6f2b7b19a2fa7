"""The table in a sheet: where its heads are, what its columns are called, and which rows below are rows of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from zhitong.kit.sheets.limits import MOST_LINES, Cells, Merge, Sheet, SheetName, UnreadableTable
from zhitong.kit.sheets.reading import open_sheet

LEAST_HEADS = 2
"""What stands above the heads, a title or a note, fills one cell."""
LOOKED_AT = 30
LONGEST_HEAD = 40
_VALUE = re.compile(r"[+-]?[\d,]*\.?\d+%?|[0-9A-Z]{15,}|\d{4}-\d{2}-\d{2}.*")
_SUM = re.compile(r"(合|总|小|累)计[:：]?")
_NOTE = re.compile(
    r"(填表|填报|制表|审核|复核|单位)(人|负责人|单位|日期|时间)?[:：（(]|(备注|说明|注)[:：\d一]|.{0,6}(签字|盖章|公章)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its number as the sheet counts, and the texts of its cells under the heads."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one sheet. `lines` can be gone through once; `said` is whole when they are."""

    sheet: str
    others: tuple[SheetName, ...]
    heads: tuple[str, ...]
    head_lines: tuple[int, ...]
    lines: Iterator[Line]
    said: list[str]


def table_in(content: bytes, *, words: Collection[str] = (), sheet: str | None = None, most: int = MOST_LINES) -> Table:
    """Find the table in what was sent; `words` are words that its heads are likely to hold.

    Two rows of heads are joined; joined cells are filled down; sums, repeated heads and the notes at the foot are left
    out and said. Raises UnreadableTable: see `reading.open_sheet`; there are no heads; it has more than `most` rows
    (raised while the lines are read).
    """
    opened = open_sheet(content, sheet)
    first = list(islice(opened.rows, LOOKED_AT))
    place = _place_of_heads([cells for _line, cells in first], words)
    if place is None:
        raise UnreadableTable(f"{_where(opened)}没有找到表头。请在第一行写清每一列的名称后再传。")
    top, bottom = _rows_of_heads(first, place, opened.merges)
    heads = _joined([cells for _line, cells in first[top : bottom + 1]], [line for line, _cells in first[top : bottom + 1]],
                    opened.merges)
    said = opened.said
    _say_others(opened)
    body = _Body(heads, opened.merges, said, most)
    return Table(
        opened.name, opened.others, heads, tuple(line for line, _cells in first[top : bottom + 1]),
        body.lines(chain(first[bottom + 1 :], opened.rows)), said,
    )


def plain(head: str) -> str:
    """A head without blanks, brackets, stars and widths of signs, as two heads are compared."""
    return re.sub(r"[\s*＊:：]", "", unicodedata.normalize("NFKC", head))


def _place_of_heads(rows: Sequence[Cells], words: Collection[str]) -> int | None:
    """The row that says most of the words; where none says any, the first that fills more than a title does."""
    scores = [_words_said(row, words) for row in rows]
    best = max(scores, default=0)
    if best >= LEAST_HEADS:
        return scores.index(best)
    return next((place for place, row in enumerate(rows) if len(list(filter(None, row))) >= LEAST_HEADS), None)


def _words_said(row: Cells, words: Collection[str]) -> int:
    """In how many cells of a row such a word stands; none where a cell holds a figure or a code, as no head does."""
    if any(_VALUE.fullmatch(cell) for cell in row):
        return 0
    return sum(any(word in plain(cell) for word in words) for cell in row if cell and len(cell) <= LONGEST_HEAD)


def _rows_of_heads(first: Sequence[tuple[int, Cells]], place: int, merges: Sequence[Merge]) -> tuple[int, int]:
    """From which to which row the heads reach: a row of groups above, a row of parts below."""
    lines = [line for line, _cells in first]
    top = bottom = place
    for merge in merges:
        if merge.right > merge.left and place and merge.top == merge.bottom == lines[place - 1] and not _is_title(first[place - 1][1]):
            top = place - 1
        if merge.top == lines[place] and merge.bottom > merge.top and merge.bottom in lines[place + 1 : place + 3]:
            bottom = max(bottom, lines.index(merge.bottom))
        if merge.top <= lines[place] - 1 and merge.bottom == lines[place] and merge.top in lines:
            top = min(top, lines.index(merge.top))
    return top, bottom


def _is_title(cells: Cells) -> bool:
    return len(list(filter(None, cells))) < LEAST_HEADS


def _joined(rows: Sequence[Cells], lines: Sequence[int], merges: Sequence[Merge]) -> tuple[str, ...]:
    """One name for each column: its parts from above to below, each once; a name that stands twice gets its number."""
    width = max(len(cells) for cells in rows)
    grid = [cells + [""] * (width - len(cells)) for cells in rows]
    for merge in merges:
        if merge.top in lines:
            text = grid[lines.index(merge.top)][merge.left] if merge.left < width else ""
            for line in range(merge.top, min(merge.bottom, lines[-1]) + 1):
                for column in range(merge.left, min(merge.right + 1, width)):
                    if line in lines:
                        grid[lines.index(line)][column] = text
    names = [" ".join(dict.fromkeys(re.sub(r"\s+", "", row[column]) for row in grid if row[column])) for column in range(width)]
    while names and not names[-1]:
        names.pop()
    seen: dict[str, int] = {}
    heads = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        heads.append(f"{name}（第{seen[name]}个）" if name and seen[name] > 1 else name)
    return tuple(heads)


def _where(opened: Sheet) -> str:
    return f"工作表“{opened.name}”里" if opened.name else "文件里"


def _say_others(opened: Sheet) -> None:
    others = [one for one in opened.others if one.name != opened.name]
    if not others:
        return
    names = "、".join(f"{one.name}（隐藏）" if one.hidden else one.name for one in others)
    opened.said.append(f"只读了工作表“{opened.name}”，没有读：{names}。")


class _Body:
    """The rows under the heads, with what is no row of the table left out and said."""

    def __init__(self, heads: Sequence[str], merges: Sequence[Merge], said: list[str], most: int) -> None:
        self._heads, self._said, self._most = heads, said, most
        self._plain = [plain(head) for head in heads]
        self._down = {(merge.top, merge.left): merge for merge in merges if merge.bottom > merge.top}
        self._filling: dict[int, tuple[int, str]] = {}

    def lines(self, rows: Iterator[tuple[int, Cells]]) -> Iterator[Line]:
        """Rows of the table; notes are held back until it is known whether a row follows them."""
        held: list[Line] = []
        count = 0
        width = len(self._heads)
        for number, cells in rows:
            line = Line(number, tuple(self._filled(number, (cells + [""] * width)[:width])))
            if not any(line.cells) or self._is_left_out(line):
                continue
            held.append(line)
            if _is_note(line):
                continue
            for one in held:
                count += 1
                if count > self._most:
                    raise UnreadableTable(f"一次最多读{self._most}行，这份表在第{one.number}行超过了。请分成几份再传。")
                yield one
            held.clear()
        for one in held:
            self._said.append(f"第{one.number}行是表后的说明，没有读入：{_first(one.cells)[:30]}")

    def _filled(self, number: int, cells: Cells) -> Cells:
        """The cells with the text of cells joined downwards standing in each of their rows."""
        for column, (bottom, text) in list(self._filling.items()):
            if number > bottom:
                del self._filling[column]
            elif not cells[column]:
                cells[column] = text
        for column, text in enumerate(cells):
            merge = self._down.get((number, column))
            if merge is not None and text:
                self._filling[column] = (merge.bottom, text)
        return cells

    def _is_left_out(self, line: Line) -> bool:
        if [plain(cell) for cell in line.cells] == self._plain:
            self._said.append(f"第{line.number}行又是一遍表头，没有读入。")
            return True
        if any(_SUM.fullmatch(plain(cell)) for cell in line.cells[:3] if cell):
            self._said.append(f"第{line.number}行是合计，没有读入。")
            return True
        return False


def _is_note(line: Line) -> bool:
    """A row that may be a note at the foot: it begins like one, or fills a single cell of a wide table."""
    filled = [cell for cell in line.cells if cell]
    return bool(_NOTE.match(plain(filled[0])) or _NOTE.match(filled[0])) or (len(filled) == 1 and len(line.cells) > LEAST_HEADS)


def _first(cells: Sequence[str]) -> str:
    return next((cell for cell in cells if cell), "")
