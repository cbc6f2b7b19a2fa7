"""A filled-in form: which line is which figure, and every cell that cannot be read, by its row and column. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhitong.domain.plans.rules import Stage
from zhitong.domain.progress.rules.told import Told
from zhitong.kit.figures import NoFigure, number_in

HEADS = ("编号", "任务", "指标", "单位", "目标", "上期", "本期", "说明")
ID, VALUE, NOTE = HEADS[0], HEADS[6], HEADS[7]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A figure that the form asks for; `closed` says why it takes nothing now."""

    figure_id: UUID
    report_id: UUID
    indicator_id: UUID
    name: str
    title: str
    is_qualitative: bool
    closed: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of the table by the names of its heads, and its number as the sheet counts."""

    number: int
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row that could be read."""

    line: SheetLine
    typed: str
    value: Decimal | None
    stage: Stage | None
    note: str


def read_rows(cells: Iterable[Cell], lines: Sequence[SheetLine]) -> tuple[list[FilledRow], list[str]]:
    """The rows of a form that say something, and a sentence for every cell in trouble; closed reports are left out unless
    the form would change them."""
    known = {str(line.figure_id): line for line in lines}
    rows: list[FilledRow] = []
    troubles: list[str] = []
    seen: set[str] = set()
    for cell in cells:
        key = cell.said.get(ID, "").strip()
        line = known.get(key)
        if line is None:
            troubles.append(f"第{cell.number}行：编号不是这张表的，请用新下载的填报表，不要增行或改编号。")
        elif key in seen:
            troubles.append(f"第{cell.number}行：“{line.name}”在表里出现了两次，请删去一行。")
        elif not line.closed:
            seen.add(key)
            try:
                rows.append(_row(line, cell))
            except NoFigure as why:
                troubles.append(f"第{cell.number}行“{VALUE}”（{line.name}）：{why}。")
    if not rows and not troubles:
        troubles.append("表里没有可以导入的行：这一期的报告都已报送或锁定。")
    return rows, troubles


def _row(line: SheetLine, cell: Cell) -> FilledRow:
    typed, note = cell.said.get(VALUE, "").strip(), cell.said.get(NOTE, "").strip()
    if not line.is_qualitative:
        return FilledRow(line, typed, number_in(typed), None, note)
    stage = next((one for one in Stage if typed in (one.label, str(one))), None)
    if typed and stage is None:
        raise NoFigure(f"“{typed}”不是进度，请填{'、'.join(one.label for one in Stage)}中的一个")
    return FilledRow(line, typed, None, stage, note)


def entries_of(rows: Iterable[FilledRow]) -> dict[UUID, list[Told]]:
    """What the rows say, by report."""
    found: dict[UUID, list[Told]] = {}
    for row in rows:
        found.setdefault(row.line.report_id, []).append(Told(row.line.indicator_id, row.value, row.stage, row.note))
    return found
