"""When a limit falls due: working days and office minutes, with every step shown. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI, day_of

DEFAULT_SESSIONS = ((time(8, 30), time(12, 0)), (time(13, 30), time(17, 30)))
"""Office hours of a working day: morning and afternoon."""


class LimitUnit(Word):
    """What a limit is counted in."""

    WORKDAYS = "workdays", "个工作日"
    MINUTES = "minutes", "分钟（工作时间）"


class DayKind(Enum):
    """What kind of day a date is, in the word that the arithmetic shows beside it."""

    WORKING = ""
    MAKE_UP = "补班"
    WEEKEND = "周末"
    HOLIDAY = "放假"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Office hours, special days (date → works or not) and the years that are published."""

    special: Mapping[date, bool]
    published_years: frozenset[int]
    sessions: tuple[tuple[time, time], ...] = DEFAULT_SESSIONS

    def kind_of(self, day: date) -> DayKind:
        """Whether people work on this day, and if that is unusual, why."""
        weekday = day.weekday() < 5
        works = self.special.get(day, weekday)
        if works:
            return DayKind.WORKING if weekday else DayKind.MAKE_UP
        return DayKind.HOLIDAY if weekday or day in self.special else DayKind.WEEKEND

    def works_on(self, day: date) -> bool:
        """Whether offices are open on this day."""
        return self.kind_of(day) in (DayKind.WORKING, DayKind.MAKE_UP)

    def is_published(self, day: date) -> bool:
        """Whether the holidays of this day's year are known."""
        return day.year in self.published_years


@dataclass(frozen=True, slots=True)
class Due:
    """When something falls due, the days that were counted, and whether an unpublished year was needed."""

    at: datetime
    days: tuple[date, ...]
    is_provisional: bool


def due_after_workdays(start: datetime, workdays: int, calendar: Calendar) -> Due:
    """The end of office hours of the Nth working day; the day of start does not count.

    Raises ValueError: workdays below 1.
    """
    if workdays < 1:
        raise ValueError("a day limit is at least one working day")
    counted: list[date] = []
    for day in _days_from(day_of(start) + timedelta(days=1)):
        if calendar.works_on(day):
            counted.append(day)
        if len(counted) == workdays:
            break
    return Due(_at(counted[-1], calendar.sessions[-1][1]), tuple(counted), not calendar.is_published(counted[-1]))


def due_after_minutes(start: datetime, minutes: int, calendar: Calendar) -> Due:
    """The moment when so many minutes inside office hours have passed since `start`.

    Raises ValueError: minutes below 1.
    """
    if minutes < 1:
        raise ValueError("an hour limit is at least one minute")
    left = timedelta(minutes=minutes)
    days: list[date] = []
    for opens, closes in _sessions_from(start, calendar):
        length = closes - opens
        if not days or days[-1] != day_of(opens):
            days.append(day_of(opens))
        if left <= length:
            return Due(opens + left, tuple(days), not calendar.is_published(days[-1]))
        left -= length
    raise AssertionError("unreachable: sessions never end")


def due_after(start: datetime, amount: int, unit: LimitUnit, calendar: Calendar) -> Due:
    """The due time of a limit in either unit."""
    count = due_after_workdays if unit is LimitUnit.WORKDAYS else due_after_minutes
    return count(start, amount, calendar)


def warn_before(due: Due, start: datetime, calendar: Calendar) -> datetime:
    """When 临期 begins: at the opening of the last working day, or at three quarters of a limit within one day."""
    opening = _at(due.days[-1], calendar.sessions[0][0])
    if len(due.days) > 1 and opening > start:
        return opening
    return start + (due.at - start) * 3 / 4


def working_seconds(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Seconds inside office hours between two moments (0 when end is not after start)."""
    total = timedelta()
    if end <= start:
        return 0
    for opens, closes in _sessions_from(start, calendar):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return int(total.total_seconds())


def workdays_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Working days after the day of `start` up to and with the day of `end`; negative when end lies before start."""
    first, last = sorted((day_of(start), day_of(end)))
    span = sum(calendar.works_on(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return span if end >= start else -span


def arithmetic(start: datetime, due: Due, amount: int, unit: LimitUnit, calendar: Calendar, act: str = "交办") -> str:
    """The sum in words: 交办 4月27日 15:40，5 个工作日：4月28日(补班) 5月2日 3日 4日 7日，到期 5月7日 17:30."""
    begun = start.astimezone(SHANGHAI)
    steps: list[str] = []
    month = begun.month
    for day in due.days:
        label = f"{day.month}月{day.day}日" if day.month != month or not steps else f"{day.day}日"
        kind = calendar.kind_of(day).value
        steps.append(f"{label}({kind})" if kind else label)
        month = day.month
    ends = due.at.astimezone(SHANGHAI)
    tail = "（该年放假安排尚未公布，为暂定时间）" if due.is_provisional else ""
    return (
        f"{act} {begun.month}月{begun.day}日 {begun:%H:%M}，{amount} {unit.label}：{' '.join(steps)}，"
        f"到期 {ends.month}月{ends.day}日 {ends:%H:%M}{tail}"
    )


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def _sessions_from(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Open stretches of office time from `start` on, the first one cut at `start`."""
    for day in _days_from(day_of(start)):
        if not calendar.works_on(day):
            continue
        for opens, closes in calendar.sessions:
            ends = _at(day, closes)
            if ends > start:
                yield max(_at(day, opens), start.astimezone(UTC)), ends


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI).astimezone(UTC)
