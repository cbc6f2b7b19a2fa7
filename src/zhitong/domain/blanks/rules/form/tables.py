"""Finding the tables of a sheet: heads of one to six rows, the rows to be filled under them, and where they end. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from zhitong.domain.blanks.rules.form.grid import Grid, is_value
from zhitong.domain.blanks.rules.form.shapes import Head, Table
from zhitong.kit.sheets.table import LEAST_HEADS, LONGEST_HEAD, plain

MOST_HEAD_ROWS = 6
_SUM = re.compile(r"(合|总|小|累)计[:：]?")
_NOTE = re.compile(
    r"(填表|填报|制表|审核|复核|单位|联系)(人|负责人|单位|日期|时间|电话)?[:：（(]|(备注|说明|注)[:：\d一]|.{0,8}(签字|签名|盖章|公章)"
)
_EXAMPLE = re.compile(r"[（(【]?(例|示例|样例|举例|例如|例子|填写示例)[)）】:：\d]?")
_NUMBERING = re.compile(r"\d{1,3}|[甲乙丙丁戊]|[(（]\d{1,3}[)）]|[①-⑳]|\d+=.*")
_LABEL = re.compile(r"[:：]\s*$|[_＿]{2,}|[:：].*[:：]")
_UNIT_SAID = re.compile(r"单位[:：]\s*[（(]?(万元|亿元|千元|百万元|元)")
SCALES = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}


@dataclass(frozen=True, slots=True)
class _Heads:
    """The rows of the heads, and the columns that one table has under them."""

    top: int
    bottom: int
    left: int
    right: int


def tables_of(grid: Grid, words: Collection[str]) -> list[Table]:
    """The tables of a sheet from above to below, those that stand side by side from left to right."""
    found: list[Table] = []
    row = 1
    while (place := _heads_from(grid, row, words)) is not None:
        top, bottom = place
        parts = [_table(grid, heads, words) for heads in _apart(grid, top, bottom, words)]
        found += parts
        row = max(bottom, *(max(one.last, one.total or 0) for one in parts)) + 1
    return found


def _heads_from(grid: Grid, start: int, words: Collection[str]) -> tuple[int, int] | None:
    """The rows of the next heads: the first row that says two of the words, grown up and down over its groups and parts."""
    for row in range(start, grid.rows + 1):
        if _said(grid, row, words) >= LEAST_HEADS:
            return _upwards(grid, row, start), _downwards(grid, row)
    return None


def _said(grid: Grid, row: int, words: Collection[str]) -> int:
    """In how many cells of a row a word of heads stands; none where figures or labels stand, as in no row of heads."""
    texts = grid.own(row).values()
    if any(is_value(text) or _EXAMPLE.match(text) for text in texts):
        return 0
    return sum(
        any(word in plain(text) for word in words) for text in texts
        if len(text.split("\n")[0]) <= LONGEST_HEAD and not _LABEL.search(text)
    )


def _upwards(grid: Grid, row: int, start: int) -> int:
    top = row
    while top > start and any(
        merge[0] == top - 1 and len(grid.own(top - 1)) >= LEAST_HEADS and not _is_note(grid, top - 1)
        for merge in grid.merges
    ):
        top -= 1
    return top


def _downwards(grid: Grid, row: int) -> int:
    """The last row of heads: joined cells reach down to it, groups have their parts in it, columns are numbered in it."""
    bottom = row
    while bottom < row + MOST_HEAD_ROWS:
        reached = max((one[2] for one in grid.merges if one[0] <= bottom < one[2] <= row + MOST_HEAD_ROWS and one[0] >= row - 2),
                      default=bottom)
        if reached > bottom:
            bottom = reached
        elif _has_parts(grid, bottom):
            bottom += 1
        else:
            break
    return bottom + 1 if _is_numbering(grid, bottom + 1) else bottom


def _has_parts(grid: Grid, row: int) -> bool:
    """Whether the next row has names under a cell of this one that is joined across."""
    groups = [one for one in grid.merges if one[0] == row == one[2] and one[3] > one[1]]
    below = grid.own(row + 1)
    return any(
        sum(not is_value(text) for column, text in below.items() if group[1] <= column <= group[3]) >= LEAST_HEADS
        for group in groups if grid.text(row, group[1])
    ) and not any(_SUM.fullmatch(plain(text)) and column <= 2 for column, text in below.items())


def _is_numbering(grid: Grid, row: int) -> bool:
    texts = list(grid.own(row).values())
    return len(texts) > LEAST_HEADS and all(_NUMBERING.fullmatch(text) for text in texts) and len(set(texts)) == len(texts)


def _apart(grid: Grid, top: int, bottom: int, words: Collection[str]) -> list[_Heads]:
    """The columns of heads, cut where a column without any separates two tables."""
    columns = [column for column in range(1, grid.columns + 1) if any(grid.text(row, column) for row in range(top, bottom + 1))]
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    whole = [run for run in runs if len(run) >= LEAST_HEADS]
    if len(whole) < 2 or len(whole) != len(runs):
        return [_Heads(top, bottom, columns[0], columns[-1])]
    return [_Heads(top, bottom, run[0], run[-1]) for run in whole]


def _table(grid: Grid, heads: _Heads, words: Collection[str]) -> Table:
    names = _names(grid, heads)
    first, last, total = _rows_under(grid, heads, words)
    examples = frozenset(
        row for row in range(first, last + 1)
        if any(_EXAMPLE.match(text) for text in list(grid.own(row, heads.left, heads.right).values())[:2])
    )
    key, printed = _printed(grid, heads, [row for row in range(first, last + 1) if row not in examples])
    return Table(
        grid.name, heads.top, heads.bottom, first, last, names, key, printed, examples, total, _scale_said(grid, heads),
    )


def _names(grid: Grid, heads: _Heads) -> tuple[Head, ...]:
    """One name for each column: its parts from above to below, each once; a name that stands twice gets its number."""
    rows = [row for row in range(heads.top, heads.bottom + 1) if not _is_numbering(grid, row)]
    seen: dict[str, int] = {}
    found = []
    for column in range(heads.left, heads.right + 1):
        parts = [re.sub(r"\s+", "", grid.text(row, column)) for row in rows]
        name = " ".join(part for part in dict.fromkeys(parts) if part)
        seen[name] = seen.get(name, 0) + 1
        found.append(Head(column, f"{name}（第{seen[name]}个）" if name and seen[name] > 1 else name))
    return tuple(found)


def _rows_under(grid: Grid, heads: _Heads, words: Collection[str]) -> tuple[int, int, int | None]:
    """The first and the last row to be filled, and the row of sums above or below them."""
    first = heads.bottom + 1
    total = first if _is_sum(grid, first, heads) else None
    first += total is not None
    last = first - 1
    for row in range(first, max(grid.rows, grid.last_edged) + 2):
        if _is_sum(grid, row, heads):
            total = total or row
            break
        texts = grid.own(row, heads.left, heads.right)
        if not texts and not grid.is_edged(row) and not grid.has_formula(row, heads.left, heads.right):
            break
        if _is_note(grid, row) or _said(grid, row, words) > LEAST_HEADS:
            break
        last = row
    return first, max(first, last), total


def _is_sum(grid: Grid, row: int, heads: _Heads) -> bool:
    return any(_SUM.fullmatch(plain(text)) for text in list(grid.own(row, heads.left, heads.right).values())[:2])


def _is_note(grid: Grid, row: int) -> bool:
    texts = list(grid.own(row).values())
    return bool(texts) and (bool(_NOTE.match(plain(texts[0]))) or bool(_NOTE.match(texts[0])))


def _printed(grid: Grid, heads: _Heads, rows: list[int]) -> tuple[int | None, dict[int, str]]:
    """The column in which names stand already, and the names by row; none where rows are empty."""
    for column in range(heads.left, heads.right + 1):
        texts = {row: text for row in rows if (text := grid.text(row, column)) and not re.fullmatch(r"[\d.]+", text)}
        if texts and len(texts) * 2 >= len(rows):
            return column, texts
    return None, {}


def _scale_said(grid: Grid, heads: _Heads) -> int | None:
    """The unit of money that stands over a table: 单位：万元."""
    for row in range(max(1, heads.top - 4), heads.top):
        for text in grid.own(row).values():
            if found := _UNIT_SAID.search(text):
                return SCALES[found[1]]
    return None
