"""The stretches of time that figures are told for, and the like stretch before each. Pure.

A stretch ends at the cut-off and is held against as much of the last one: 1–17 September against 1–17 August.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI


class StretchKind(Word):
    """What kind of period an overview is told for."""

    ALL = "all", "累计"
    DAY = "day", "本日"
    WEEK = "week", "本周"
    MONTH = "month", "本月"
    QUARTER = "quarter", "本季"
    YEAR = "year", "本年"
    CAMPAIGN = "campaign", "活动年度"
    DAYS = "days", "自选起止"


NAME_OF_LAST = {
    StretchKind.DAY: "昨日同时", StretchKind.WEEK: "上周同期", StretchKind.MONTH: "上月同期", StretchKind.QUARTER: "上季同期",
    StretchKind.YEAR: "上年同期", StretchKind.CAMPAIGN: "上年同期", StretchKind.DAYS: "前一段同样天数",
}
"""What the stretch before is called."""
_MONTHS = {StretchKind.MONTH: 1, StretchKind.QUARTER: 3, StretchKind.YEAR: 12, StretchKind.CAMPAIGN: 12}
_DAYS = {StretchKind.DAY: 1, StretchKind.WEEK: 7}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time after `since` up to and with `until`."""

    since: datetime
    until: datetime


def stretch_of(
    kind: StretchKind, cut_off: datetime, *, year: int | None = None, first: date | None = None, last: date | None = None
) -> Stretch | None:
    """The stretch of a kind that ends at a cut-off; None for all there ever was, and where the cut-off comes before it.

    `year` is that of a campaign, `first` and `last` are days of one's own choice (both counted); a stretch whose days are
    over ends with them, not at the cut-off.
    """
    day = cut_off.astimezone(SHANGHAI).date()
    begins = _first_day(kind, day, year, first)
    if begins is None:
        return None
    ends = date(year, 12, 31) if kind is StretchKind.CAMPAIGN and year else last if kind is StretchKind.DAYS else None
    until = min(cut_off, _midnight(ends + timedelta(days=1))) if ends else cut_off
    since = _midnight(begins)
    return Stretch(since, until) if since < until else None


def stretch_before(kind: StretchKind, stretch: Stretch) -> Stretch:
    """As much of the stretch of the same kind just before; one of chosen days is held against as long a time before it."""
    if kind in _MONTHS:
        return Stretch(_months_earlier(stretch.since, _MONTHS[kind]), _months_earlier(stretch.until, _MONTHS[kind]))
    length = timedelta(days=_DAYS[kind]) if kind in _DAYS else stretch.until - stretch.since
    return Stretch(stretch.since - length, stretch.until - length)


def _first_day(kind: StretchKind, day: date, year: int | None, first: date | None) -> date | None:
    if kind is StretchKind.CAMPAIGN:
        return date(year, 1, 1) if year else None
    quarter = day.month - (day.month - 1) % 3
    return {
        StretchKind.DAY: day, StretchKind.WEEK: day - timedelta(days=day.weekday()), StretchKind.MONTH: day.replace(day=1),
        StretchKind.QUARTER: day.replace(month=quarter, day=1), StretchKind.YEAR: day.replace(month=1, day=1),
        StretchKind.DAYS: first,
    }.get(kind)


def _months_earlier(moment: datetime, months: int) -> datetime:
    """The same moment so many months earlier; the end of the month where that one has no such day."""
    local = moment.astimezone(SHANGHAI)
    count = local.year * 12 + local.month - 1 - months
    year, month = count // 12, count % 12 + 1
    if local.day <= monthrange(year, month)[1]:
        return local.replace(year=year, month=month)
    return _midnight(date(year, month, monthrange(year, month)[1]) + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
