"""Lists that come in: what a head means, what a row says, and what is wrong with it, column by column. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI

LONGEST_TEXT, LONGEST_NAME, LONGEST_REF = 5000, 120, 80
MOST_ROWS = 5000


class SheetKind(Word):
    """What the rows of a list are."""

    SCREENING = "screening", "问题大排查"
    HOTLINE = "hotline", "热线工单"


class SheetState(Word):
    """How a list on its way stands."""

    LAID_OUT = "laid_out", "待导入"
    TAKEN = "taken", "已导入"
    UNDONE = "undone", "已撤销"


class Column(Word):
    """What a column of a list can be; whatever else it has is kept aside as it was sent."""

    REF = "ref", "工单编号"
    FIRM = "firm", "企业名称"
    CODE = "code", "统一社会信用代码"
    TEXT = "text", "问题内容"
    CATEGORY = "category", "问题类别"
    REGION = "region", "所在地区"
    HAPPENED = "happened", "发生时间"
    MEASURE = "measure", "整改措施"
    ANSWERABLE = "answerable", "责任单位"
    DUE = "due", "完成时限"


COLUMNS_OF: Mapping[SheetKind, tuple[Column, ...]] = {
    SheetKind.SCREENING: (
        Column.FIRM, Column.CODE, Column.TEXT, Column.CATEGORY, Column.REGION, Column.MEASURE, Column.ANSWERABLE, Column.DUE,
    ),
    SheetKind.HOTLINE: (Column.REF, Column.FIRM, Column.CODE, Column.TEXT, Column.CATEGORY, Column.REGION, Column.HAPPENED),
}
NEEDED_OF: Mapping[SheetKind, tuple[Column, ...]] = {
    SheetKind.SCREENING: (Column.TEXT,), SheetKind.HOTLINE: (Column.REF, Column.TEXT),
}

_HEAD_WORDS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.REF, ("工单编号", "工单号", "受理编号", "编号", "流水号")),
    (Column.CODE, ("信用代码", "社会信用", "税号", "机构代码")),
    (Column.FIRM, ("企业名称", "单位名称", "公司", "企业", "诉求主体", "诉求人单位")),
    (Column.CATEGORY, ("问题类别", "类别", "类型", "分类")),
    (Column.HAPPENED, ("来电时间", "受理时间", "发生时间", "登记时间", "创建时间")),
    (Column.DUE, ("完成时限", "整改时限", "办结时限", "期限", "时限")),
    (Column.MEASURE, ("整改措施", "解决措施", "措施")),
    (Column.ANSWERABLE, ("责任单位", "牵头单位", "承办单位")),
    (Column.REGION, ("所在地区", "属地", "所属区域", "地区", "区划")),
    (Column.TEXT, ("问题内容", "诉求内容", "工单内容", "内容", "问题描述", "问题", "诉求")),
)

HEAD_WORDS = frozenset(word for _column, words in _HEAD_WORDS for word in words)
"""What heads of such lists are likely to hold."""


def columns_guessed(heads: Sequence[str], kind: SheetKind, kept: Mapping[str, Column | None]) -> dict[str, Column | None]:
    """What each head means: as it was said before, else by its words; no column is given twice."""
    found: dict[str, Column | None] = {head: kept[head] for head in heads if head in kept}
    taken = {column for column in found.values() if column}
    for column, words in _HEAD_WORDS:
        if column in taken or column not in COLUMNS_OF[kind]:
            continue
        free = [head for head in heads if head and head not in found]
        head = next((head for word in words for head in free if word in re.sub(r"[\s*（）()]", "", head)), None)
        if head is not None:
            found[head] = column
            taken.add(column)
    return {head: found.get(head) for head in heads if head}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in one column of a row, as a sentence."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are read against: categories and regions by what people call them, and the day and the moment."""

    category: Callable[[str], str | None]
    region: Callable[[str], bool]
    now: datetime


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row as it was understood, and everything wrong with it."""

    line: int
    said: Mapping[Column, str]
    happened_at: datetime | None = None
    due_on: date | None = None
    troubles: tuple[Trouble, ...] = field(default=())


def rows_read(
    rows: Iterable[tuple[int, Mapping[str, str]]], columns: Mapping[str, Column | None], kind: SheetKind, known: Known
) -> list[RowRead]:
    """Read rows (line, cells under their heads); of two that say the same the later one is troubled."""
    heads = {column: head for head, column in columns.items() if column}
    first: dict[tuple[str, ...], int] = {}
    found = []
    for line, cells in rows:
        said = {column: clean_text(cells.get(head, "")) for column, head in heads.items()}
        row = _row_read(line, said, kind, heads, known)
        mark = (said[Column.REF],) if said.get(Column.REF) else (said.get(Column.FIRM, ""), said.get(Column.TEXT, ""))
        earlier = first.setdefault(mark, line)
        if earlier != line and any(mark):
            at = heads.get(Column.REF if said.get(Column.REF) else Column.TEXT, "")
            row = RowRead(line, said, row.happened_at, row.due_on, (*row.troubles, Trouble(at, f"与第{earlier}行相同。")))
        found.append(row)
    return found


def _row_read(line: int, said: Mapping[Column, str], kind: SheetKind, heads: Mapping[Column, str], known: Known) -> RowRead:
    troubles = [
        Trouble(heads.get(column, column.label), sentence)
        for column in COLUMNS_OF[kind]
        for sentence in [_trouble_in(column, said.get(column, ""), kind, known)]
        if sentence
    ]
    return RowRead(
        line, said, moment_in(said.get(Column.HAPPENED, "")), day_in(said.get(Column.DUE, "")), tuple(troubles)
    )


def _trouble_in(column: Column, text: str, kind: SheetKind, known: Known) -> str | None:
    """What is wrong with a cell; None when nothing is."""
    if not text:
        return "没有填写。" if column in NEEDED_OF[kind] else None
    longest = {Column.FIRM: LONGEST_NAME, Column.ANSWERABLE: LONGEST_NAME, Column.REF: LONGEST_REF}.get(column, LONGEST_TEXT)
    trouble = text_trouble(text, longest)
    if trouble:
        return trouble
    if column is Column.CATEGORY and known.category(text) is None:
        return f"没有“{text}”这个问题类别。"
    if column is Column.REGION and not known.region(text):
        return f"“{text}”不是本辖区内的地区。"
    if column is Column.CODE and not re.fullmatch(r"[0-9A-Za-z\s-]{15,24}", text):
        return "统一社会信用代码应为18位数字和大写字母。"
    if column is Column.HAPPENED:
        at = moment_in(text)
        return "时间读不出来，请写成 2018-04-27 15:40。" if at is None else "发生时间晚于现在。" if at > known.now else None
    if column is Column.DUE and day_in(text) is None:
        return "日期读不出来，请写成 2018-05-31。"
    return None


_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_MOMENT = re.compile(rf"{_DAY}(?:[\sT]*(\d{{1,2}})[:：时](\d{{1,2}})(?:[:：分]\d{{1,2}})?分?)?")


def moment_in(text: str) -> datetime | None:
    """A moment as people write it, in Shanghai; None when it cannot be read."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)
    except ValueError:
        return None


def day_in(text: str) -> date | None:
    """A day as people write it; None when it cannot be read."""
    at = moment_in(text)
    return at.date() if at else None
