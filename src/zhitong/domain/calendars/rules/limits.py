"""When a limit falls due: working days and office minutes, with the days that were counted. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from zhitong.domain.calendars.rules.days import Calendar
from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI, day_of


class LimitUnit(Word):
    """What a limit is counted in."""

    WORKDAYS = "workdays", "个工作日"
    MINUTES = "minutes", "分钟（工作时间）"


@dataclass(frozen=True, slots=True)
class Due:
    """When something falls due, the days that were counted, and whether an unpublished year was needed.

    An hour limit counts a day that gave it any minute.
    """

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
    last = counted[-1]
    closes = calendar.sessions_on(last)[-1][1]
    return Due(_at(last, closes), tuple(counted), _is_provisional(start, last, calendar))


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
            return Due(opens + left, tuple(days), _is_provisional(start, days[-1], calendar))
        left -= length
    raise AssertionError("unreachable: sessions never end")


def due_after(start: datetime, amount: int, unit: LimitUnit, calendar: Calendar) -> Due:
    """The due time of a limit in either unit."""
    count = due_after_workdays if unit is LimitUnit.WORKDAYS else due_after_minutes
    return count(start, amount, calendar)


def warn_before(due: Due, start: datetime, calendar: Calendar) -> datetime:
    """When 临期 begins: at the opening of the last working day, or at three quarters of a limit within one day."""
    opening = _at(due.days[-1], calendar.sessions_on(due.days[-1])[0][0])
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


def _is_provisional(start: datetime, last: date, calendar: Calendar) -> bool:
    """Whether a year that was counted through has no published calendar."""
    return any(year not in calendar.published_years for year in range(day_of(start).year, last.year + 1))


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def _sessions_from(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Open stretches of office time from `start` on, the first one cut at `start`."""
    for day in _days_from(day_of(start)):
        if not calendar.works_on(day):
            continue
        for opens, closes in calendar.sessions_on(day):
            ends = _at(day, closes)
            if ends > start:
                yield max(_at(day, opens), start.astimezone(UTC)), ends


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI).astimezone(UTC)
