"""Tables that hand out work (任务分解表): each row is a duty, its columns say who answers and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhitong.policy.shapes import Span
from zhitong.policy.structure.lines import BREAK

NUMBER, WHAT, GROUP, WHO, DUE, OTHER = range(6)
"""What a column holds: the row's number, what is to be done, what it is filed under, who answers, until when, anything else."""

COLUMNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (NUMBER, re.compile(r"(?:序|编|项|条)号?|任务(?:序|编)?号|№|[Nn][Oo]\.?")),
    (OTHER, re.compile(r".*(?:监督|督办|督查|督导|考核|报送)(?:责任)?(?:单位|部门)")),
    (WHO, re.compile(r".*(?:单位|部门|主体|处室|科室|机构)(?:及|和|、)?.{0,6}|(?:牵头|配合|责任|主办|协办|承办|责任分工|职责分工)")),
    (OTHER, re.compile(r".*(?:领导|责任人|负责人|联系人|联络员|人员|电话|备注|依据|来源|说明|进展|情况|页码)")),
    (DUE, re.compile(r".*(?:时限|期限|时间|节点|进度|日期)(?:要求|安排|节点|表)?")),
    (GROUP, re.compile(r".*(?:类别|类型|分类|领域|板块|方面|章节|大类)")),
    (WHAT, re.compile(r".*(?:任务|工作|事项|内容|措施|举措|目标|项目|要求|要点|指标|名称|政策|标准|成果|问题)(?:任务|分解|清单|要求)?")),
)
LONGEST_HEAD = 18
SEPARATORS = (re.compile("\t"), re.compile(r"[|｜]"), re.compile(r"[ \u3000\xa0]{2,}|\u3000"))
"""Tabs, upright strokes, wide blanks; the header tells which of them part the cells of its table."""

PRINTED = re.compile(r"[（(]?\s*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[）)]?\s*[.．、﹒]?")
OWN_NUMBER = re.compile(r"(?:[（(]\s*)?(?P<n>\d{1,3})\s*(?:[）)]|[.．、﹒](?!\d))\s*")
RULE = re.compile(r"[-:—=\s]*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands under the head of a column, which says who answers or until when."""

    head: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A duty in a table: its number as printed, where its words stand, and the cells that hand it out."""

    number: str
    start: int
    end: int
    words: tuple[Span, ...]
    """What is to be done, cell by cell, never empty."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class _Header:
    kinds: tuple[int, ...]
    heads: tuple[str, ...]
    separator: re.Pattern[str]

    def is_strict(self) -> bool:
        """Whether blanks part the cells: then a row must have as many as the header."""
        return self.separator is SEPARATORS[-1]


@dataclass
class _Table:
    """The rows under one header, as they come."""

    header: _Header
    rows: list[Row] = field(default_factory=list)

    def take(self, cells: Sequence[Span], text: str) -> bool:
        """Whether a line of cells is a row of this table; it is kept, or it goes on with the row above."""
        by_kind: dict[int, list[tuple[str, Span]]] = {}
        for kind, head, cell in zip(self.header.kinds, self.header.heads, cells, strict=False):
            if cell[0] < cell[1]:
                by_kind.setdefault(kind, []).append((head, cell))
        words = tuple(cell for _, cell in by_kind.get(WHAT, ()) or by_kind.get(GROUP, ()))
        named = tuple(Cell(head, *cell) for kind in (WHO, DUE) for head, cell in by_kind.get(kind, ()))
        number = self._number(by_kind, words, text)
        if self._goes_on(cells, number, words, named):
            self.rows[-1] = replace(self.rows[-1], end=cells[-1][1], words=self.rows[-1].words + words, cells=self.rows[-1].cells + named)
            return True
        if not words or not (number or named):
            return False
        if not any(self._is_who(cell) for cell in named):
            if not self.rows or (not named and not number.isdigit()):
                return False
            named = (*(cell for cell in self.rows[-1].cells if self._is_who(cell)), *named)
        self.rows.append(Row(number, min(cell[0] for cell in cells if cell[0] < cell[1]), _end(cells), words, named))
        return True

    def _number(self, by_kind: dict[int, list[tuple[str, Span]]], words: Sequence[Span], text: str) -> str:
        """The number in its column, or, where the table has no such column, before the first words."""
        if NUMBER in self.header.kinds:
            (start, end) = by_kind[NUMBER][0][1] if NUMBER in by_kind else (0, 0)
            found = PRINTED.fullmatch(text, start, end)
        else:
            found = OWN_NUMBER.match(text, *words[0]) if words else None
        return found["n"] if found else ""

    def _goes_on(self, cells: Sequence[Span], number: str, words: Sequence[Span], named: Sequence[Cell]) -> bool:
        """Whether a line without number goes on with the row above: cells were merged over several lines."""
        if not self.rows or number or not (words or named):
            return False
        if NUMBER in self.header.kinds:
            first = next(place for place, kind in enumerate(self.header.kinds) if kind == WHAT)
            return bool(self.rows[-1].number) and (first >= len(cells) or cells[first][0] == cells[first][1])
        return not words

    def _is_who(self, cell: Cell) -> bool:
        return self.header.kinds[self.header.heads.index(cell.head)] == WHO


def rows_in(quiet: str) -> tuple[tuple[Row, ...], tuple[Span, ...]]:
    """The rows of all tables that hand out work, and the lines they stand on, headers included."""
    table: _Table | None = None
    rows: list[Row] = []
    lines: list[Span] = []
    for start, end in _raw_lines(quiet):
        header = _header_of(quiet, start, end)
        if header and table and _is_second_line(header, table):
            table.header = _merged(table.header, header)
            lines.append((start, end))
        elif header and _is_header(header):
            rows += table.rows if table else ()
            table = _Table(header)
            lines.append((start, end))
        elif table and (cells := _row_cells(quiet, start, end, table.header)) and table.take(cells, quiet):
            lines.append((start, end))
    rows += table.rows if table else ()
    return tuple(rows), tuple(lines) if rows else ()


def _raw_lines(quiet: str) -> Iterator[Span]:
    place = 0
    for found in BREAK.finditer(quiet):
        if found.start() > place:
            yield place, found.start()
        place = found.end()
    if place < len(quiet):
        yield place, len(quiet)


def _cells(quiet: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    """The cells of a line without the blanks at their sides; strokes at the ends of a line part nothing."""
    if separator is not SEPARATORS[0]:
        while start < end and (quiet[start].isspace() or quiet[start] in "|｜"):
            start += 1
        while end > start and (quiet[end - 1].isspace() or quiet[end - 1] in "|｜") and separator is SEPARATORS[-1]:
            end -= 1
    cells: list[Span] = []
    begin = start
    for found in separator.finditer(quiet, start, end):
        cells.append(_bare(quiet, begin, found.start()))
        begin = found.end()
    cells.append(_bare(quiet, begin, end))
    return cells


def _bare(quiet: str, start: int, end: int) -> Span:
    while start < end and quiet[start].isspace():
        start += 1
    while end > start and quiet[end - 1].isspace():
        end -= 1
    return start, end


def _header_of(quiet: str, start: int, end: int) -> _Header | None:
    """A line whose cells are nothing but heads of columns, some of them empty."""
    if end - start > 200:
        return None
    for separator in SEPARATORS:
        if separator.search(quiet, start, end):
            cells = _cells(quiet, start, end, separator)
            heads = tuple(re.sub(r"[（(][^（）()]*[）)]|\s", "", quiet[begin:stop]) for begin, stop in cells)
            kinds = tuple(kind_of(head) for head in heads)
            return _Header(kinds, heads, separator) if any(heads) and None not in kinds else None  # type: ignore[arg-type]
    return None


def kind_of(head: str) -> int | None:
    """What a column with this head holds; None where the words are no head."""
    if not head:
        return OTHER
    if len(head) > LONGEST_HEAD or re.search(r"[。，；：:,;\d]", head):
        return None
    return next((kind for kind, shape in COLUMNS if shape.fullmatch(head)), None)


def _is_header(header: _Header) -> bool:
    """Whether a table under this header says what is to be done, and who answers."""
    return WHO in header.kinds and WHAT in header.kinds and sum(map(bool, header.heads)) >= 2


def _is_second_line(header: _Header, table: _Table) -> bool:
    """责任单位 over 牵头单位 and 配合单位: a header of two lines."""
    return not table.rows and header.separator is table.header.separator and "" in header.heads


def _merged(upper: _Header, lower: _Header) -> _Header:
    """Two lines of one header: what the lower one says is the more exact."""
    lacking = len(upper.heads) - len(lower.heads)
    heads = [*lower.heads, *[""] * lacking]
    kinds = [*lower.kinds, *[OTHER] * lacking]
    wide = [*upper.heads, *[""] * -lacking]
    its_kinds = [*upper.kinds, *[OTHER] * -lacking]
    pairs = [(own, kind) if own else (above, its) for own, kind, above, its in zip(heads, kinds, wide, its_kinds, strict=True)]
    return _Header(tuple(kind for _, kind in pairs), tuple(head for head, _ in pairs), upper.separator)


def _row_cells(quiet: str, start: int, end: int, header: _Header) -> list[Span] | None:
    """The cells of a line under a header, or None where it is no row of it."""
    cells = _cells(quiet, start, end, header.separator)
    filled = [cell for cell in cells if cell[0] < cell[1]]
    if len(cells) < 2 or not filled or (header.is_strict() and len(cells) != len(header.heads)):
        return None
    if all(RULE.fullmatch(quiet, *cell) for cell in filled):
        return None
    return cells


def _end(cells: Sequence[Span]) -> int:
    return max(stop for _, stop in cells)
