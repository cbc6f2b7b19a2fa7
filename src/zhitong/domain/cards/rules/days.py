"""Reading a day as people and sheets write one; a day that is not whole is refused with what it lacks."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from zhitong.domain.cards.rules.figures import plain
from zhitong.domain.cards.rules.templates import Field
from zhitong.domain.cards.rules.texts import Unreadable, echo

_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?(?:T?00:00(?::00(?:\.0+)?)?)?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.0)?")
_LACKS = (
    (re.compile(r"\d{4}(?:年|[-/.])\d{1,2}月?"), "还缺哪一日。"),
    (re.compile(r"\d{4}年?"), "还缺月和日。"),
    (re.compile(r"\d{1,2}[月/.-]\d{1,2}[日号]?"), "还缺年份。"),
    (re.compile(r"\d{2}[年/.-]\d{1,2}[月/.-]\d{1,2}[日号]?"), "年份要写四位。"),
)
_EPOCH = date(1899, 12, 30)
"""Day 0 of a workbook."""
_FIRST, _LAST = date(1900, 1, 1), date(2100, 12, 31)


def day(field: Field, written: object) -> date:
    """The day written: 2018-09-17, 2018/9/17, 2018.9.17, 2018年9月17日, 20180917, or a day as a sheet keeps it.

    Raises Unreadable: a part is missing, there is no such day, a note stands behind it, or it is far off our time.
    """
    if isinstance(written, datetime):
        return _within(field, written.date(), written)
    if isinstance(written, date):
        return _within(field, written, written)
    text = plain(str(written))
    found = _DAY.fullmatch(text) or _EIGHT.fullmatch(text)
    if found is None:
        raise Unreadable(_refusal(field, written, _why(text)))
    try:
        return _within(field, date(*map(int, found.groups())), written)
    except ValueError as why:
        if isinstance(why, Unreadable):
            raise
        raise Unreadable(_refusal(field, written, "没有这一天。")) from None


def day_words(iso: str) -> str:
    """A kept day as people read it; empty for what is none."""
    try:
        kept = date.fromisoformat(iso)
    except ValueError:
        return ""
    return f"{kept.year}年{kept.month}月{kept.day}日"


def _within(field: Field, read: date, written: object) -> date:
    if not _FIRST <= read <= _LAST:
        raise Unreadable(_refusal(field, written, "年份不对。"))
    return read


def _why(text: str) -> str:
    if _SERIAL.fullmatch(text):
        meant = _EPOCH + timedelta(days=int(float(text)))
        return f"这像是表格里的日期序号，如果是{day_words(meant.isoformat())}，请写成日期。"
    for pattern, lacks in _LACKS:
        if pattern.fullmatch(text):
            return lacks
    found = _DAY.match(text)
    return f"日期后面的“{echo(text[found.end():])}”不能写在这里。" if found else ""


def _refusal(field: Field, written: object, why: str) -> str:
    return f"“{field.label}”要填日期，您填的是“{echo(written)}”。{why}请写成 2018-09-17 的样子。"
