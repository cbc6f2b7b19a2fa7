"""The years that the State Council has published, as the `chinesecalendar` tables know them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from zhitong.domain.calendars.rules.days import Calendar

WEEKEND = 5
"""The first weekday number that is not worked: Saturday."""

SOURCE = "国务院办公厅关于部分节假日安排的通知"


@dataclass(frozen=True, slots=True)
class SpecialDate:
    """A weekday off or a weekend day worked, with the holiday it belongs to."""

    on: date
    works: bool
    name: str


def days_of(year: int) -> tuple[date, ...]:
    """Every day of a year."""
    first = date(year, 1, 1)
    length = (date(year, 12, 31) - first).days + 1
    return tuple(first + timedelta(days=n) for n in range(length))


def special_dates(year: int) -> tuple[SpecialDate, ...] | None:
    """The days of a year that are not as the week says; None when the tables do not know the year."""
    return _tables().get(year)


@cache
def published_calendar() -> Calendar:
    """The calendar of every year the tables know, with the usual office hours."""
    special = {one.on: one.works for dates in _tables().values() for one in dates}
    return Calendar(special, frozenset(_tables()))


@cache
def _tables() -> dict[int, tuple[SpecialDate, ...]]:
    """Year by year what differs from the week: free weekdays and worked weekend days."""
    free = [(day, False, name) for day, name in chinese_calendar.holidays.items() if day.weekday() < WEEKEND]
    worked = [(day, True, name) for day, name in chinese_calendar.workdays.items() if day.weekday() >= WEEKEND]
    found: dict[int, list[SpecialDate]] = {day.year: [] for day in chinese_calendar.holidays}
    for day, works, name in sorted(free + worked):
        found[day.year].append(SpecialDate(day, works, chinese_calendar.Holiday(name).chinese))
    return {year: tuple(dates) for year, dates in found.items()}
