"""The sum behind a due time in words, as the paper under a limit would show it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from zhitong.domain.calendars.rules.days import Calendar
from zhitong.domain.calendars.rules.limits import Due, LimitUnit, working_seconds
from zhitong.kit.clock import SHANGHAI

HOUR = 60
"""Minutes of an hour."""


def arithmetic(start: datetime, due: Due, amount: int, unit: LimitUnit, calendar: Calendar, act: str = "交办") -> str:
    """The sum in words: 交办 4月27日 15:40，5 个工作日：4月28日(补班) 5月2日 3日 4日 7日，到期 5月7日 17:30.

    An hour limit shows what each day gave: 4月27日 1小时50分、4月28日(补班) 7小时30分; a new year is named where it begins.
    """
    begun, ends = start.astimezone(SHANGHAI), due.at.astimezone(SHANGHAI)
    if unit is LimitUnit.WORKDAYS:
        limit, steps = f"{amount} {unit.label}", " ".join(_named(begun.date(), due, calendar))
    else:
        limit, steps = f"{_span(amount, ' ')}（工作时间）", "、".join(_given(start, due, calendar))
    year = f"{ends.year}年" if ends.year != begun.year else ""
    tail = "（该年放假安排尚未公布，为暂定时间）" if due.is_provisional else ""
    return (
        f"{act} {begun.month}月{begun.day}日 {begun:%H:%M}，{limit}：{steps}，"
        f"到期 {year}{ends.month}月{ends.day}日 {ends:%H:%M}{tail}"
    )


def _named(begun: date, due: Due, calendar: Calendar) -> Iterator[str]:
    """The days counted; the month is said where it changes, the year likewise."""
    before, is_first = begun, True
    for day in due.days:
        year = f"{day.year}年" if day.year != before.year else ""
        month = f"{day.month}月" if is_first or year or day.month != before.month else ""
        kind = calendar.kind_of(day).value
        yield f"{year}{month}{day.day}日" + (f"({kind})" if kind else "")
        before, is_first = day, False


def _given(start: datetime, due: Due, calendar: Calendar) -> Iterator[str]:
    """The days counted, each with the office time it gave."""
    for day, name in zip(due.days, _named(start.astimezone(SHANGHAI).date(), due, calendar), strict=True):
        opens = datetime.combine(day, time(), SHANGHAI)
        seconds = working_seconds(max(start, opens), min(due.at, opens + timedelta(days=1)), calendar)
        yield f"{name} {_span(round(seconds / 60), '')}"


def _span(minutes: int, space: str) -> str:
    """16 小时, 1 小时 30 分钟; within the sum 1小时50分."""
    hours, rest = divmod(minutes, HOUR)
    parts = [f"{hours}{space}小时"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{space}{'分钟' if space else '分'}")
    return space.join(parts)
