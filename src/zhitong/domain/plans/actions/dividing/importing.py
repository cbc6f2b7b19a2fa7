"""Shares sent in as a sheet: every wrong cell is named, and nothing of the sheet is taken unless all of it can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.plans.actions.dividing.drafting import set_shares
from zhitong.domain.plans.actions.dividing.standing import Turn, drafts_locked
from zhitong.domain.plans.queries.dividing.heads import TargetHead
from zhitong.domain.plans.rules.dividing import DivisionMethod, share_trouble
from zhitong.kit.figures import NoFigure, number_in
from zhitong.kit.refusals import BadInput
from zhitong.kit.sheets.limits import UnreadableTable, column_letters
from zhitong.kit.sheets.table import Line, Table, plain, table_in

TASK, INDICATOR, MEASURE, PLACE, VALUE, DIVISION, REGION, VERSION = HEADS = (
    "任务", "指标", "单位", "区划", "分解数", "分解编号", "区划代码", "版本",
)
"""The heads of the sheet; the last three are hidden in the one that is handed out."""
MOST_LINES = 20_000
MOST_NAMED = 50
"""So many wrong cells are named; the rest is counted."""


@dataclass(slots=True)
class _Read:
    """What was read so far: values by division and region, versions, and what is wrong by cell."""

    values: dict[UUID, dict[UUID, Decimal | None]] = field(default_factory=lambda: defaultdict(dict))
    versions: dict[UUID, int] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many shares of how many divisions were written, and what was seen on the way."""

    divisions: int
    shares: int
    said: tuple[str, ...]


@transaction.atomic
def import_shares(content: bytes, turn: Turn, *, into: UUID | None = None) -> Imported:
    """Write the shares of a sheet into their drafts; `into` names the one draft that a sheet without ids is for.

    Regions are told by code, or in the sheet for one draft by name. An empty cell leaves its share as it is.
    Raises BadInput: a cell cannot be taken; `fields` names every one (E7 → sentence), and nothing is written. Raises
    Overtaken, NotFound, NotYours, NotNow as `set_shares`.
    """
    table, lines = _opened(content)
    drafts = {row.id: head for row, head in drafts_locked(_divisions_in(table, lines, into), turn)}
    read = _Read()
    for line in lines:
        _take(table, line, drafts, into, read)
    if read.faults:
        raise _refusal(read.faults)
    for division_id, values in read.values.items():
        version = read.versions.get(division_id)
        set_shares(division_id, values, turn, version=version, method=DivisionMethod.SHEET)
    return Imported(len(read.values), sum(map(len, read.values.values())), tuple(table.said))


def _opened(content: bytes) -> tuple[Table, list[Line]]:
    try:
        table = table_in(content, words=[PLACE, VALUE, INDICATOR], most=MOST_LINES)
        lines = list(table.lines)
    except UnreadableTable as unreadable:
        raise BadInput(str(unreadable), {"file": str(unreadable)}) from None
    if _column(table, VALUE) is None or (_column(table, PLACE) is None and _column(table, REGION) is None):
        sentence = "表里要有“区划”和“分解数”两列。请下载模板，填好后再传。"
        raise BadInput(sentence, {"file": sentence})
    return table, lines


def _column(table: Table, head: str) -> int | None:
    return next((place for place, one in enumerate(table.heads) if plain(one) == head), None)


def _cell(table: Table, line: Line, head: str) -> str:
    column = _column(table, head)
    return line.cells[column].strip() if column is not None and column < len(line.cells) else ""


def _name(table: Table, line: Line, head: str) -> str:
    """The cell as Excel names it: E7."""
    return f"{column_letters(_column(table, head) or 0)}{line.number}"


def _divisions_in(table: Table, lines: Iterable[Line], into: UUID | None) -> list[UUID]:
    """The divisions that the sheet names. Raises BadInput: a name is no id, or none is named."""
    if into is not None:
        return [into]
    found: dict[UUID, None] = {}
    faults: dict[str, str] = {}
    for line in lines:
        try:
            found[UUID(_cell(table, line, DIVISION))] = None
        except ValueError:
            faults[_name(table, line, DIVISION)] = "这一行没有分解编号，请使用下载的模板，不要删去隐藏的列。"
    if faults or not found:
        raise _refusal(faults or {"A1": "表里没有可以导入的行，请使用下载的模板。"})
    return list(found)


def _take(table: Table, line: Line, drafts: Mapping[UUID, TargetHead], into: UUID | None, read: _Read) -> None:
    named = _cell(table, line, DIVISION)
    if into is not None and named and named != str(into):
        read.faults[_name(table, line, DIVISION)] = "这一行属于另一个目标的分解，请使用这个目标的模板。"
        return
    division_id = into or UUID(named)
    head = drafts[division_id]
    region = _region(table, line, directory().children(head.region_id))
    if region is None:
        read.faults[_name(table, line, REGION if _cell(table, line, REGION) else PLACE)] = "没有这个下级区划，请核对名称。"
        return
    if region.id in read.values[division_id]:
        read.faults[_name(table, line, PLACE)] = f"{region.name}写了两行，请只留一行。"
        return
    if (version := _cell(table, line, VERSION)).isdigit():
        read.versions[division_id] = int(version)
    text = _cell(table, line, VALUE)
    if not text:
        return
    try:
        value = number_in(text)
    except NoFigure as trouble:
        read.faults[_name(table, line, VALUE)] = f"{trouble}。"
        return
    if value is not None and (said := share_trouble(head.asks, value)):
        read.faults[_name(table, line, VALUE)] = said
    read.values[division_id][region.id] = value


def _region(table: Table, line: Line, places: Sequence[RegionEntry]) -> RegionEntry | None:
    code, name = _cell(table, line, REGION), _cell(table, line, PLACE)
    if code:
        return next((one for one in places if one.code == code), None)
    return next((one for one in places if name in (one.name, one.short)), None)


def _refusal(faults: Mapping[str, str]) -> BadInput:
    shown = dict(list(faults.items())[:MOST_NAMED])
    more = f"（只列出前{MOST_NAMED}处）" if len(faults) > MOST_NAMED else ""
    return BadInput(f"有{len(faults)}处填得不对，整张表没有导入{more}。请改正后重新上传。", shown)
