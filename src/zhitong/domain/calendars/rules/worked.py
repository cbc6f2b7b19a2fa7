"""Working time between many pairs of moments: the open stretches are laid out once, each question is two bisections. Pure."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta

from zhitong.domain.calendars.rules.days import Calendar
from zhitong.kit.clock import SHANGHAI


class WorkedTime:
    """Office time of a calendar from a first to a last day (both counted); moments outside count as its edges."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self._opens: list[datetime] = []
        self._closes: list[datetime] = []
        self._before: list[timedelta] = []
        total = timedelta()
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            for opens, closes in calendar.sessions_on(day) if calendar.works_on(day) else ():
                self._opens.append(_at(day, opens))
                self._closes.append(_at(day, closes))
                self._before.append(total)
                total += self._closes[-1] - self._opens[-1]

    def minutes(self, start: datetime, end: datetime) -> int:
        """Whole minutes inside office hours between two moments; 0 when the end is not after the start."""
        return int((self._until(end) - self._until(start)).total_seconds() // 60) if end > start else 0

    def _until(self, moment: datetime) -> timedelta:
        place = bisect_right(self._opens, moment) - 1
        if place < 0:
            return timedelta()
        return self._before[place] + min(moment, self._closes[place]) - self._opens[place]


def minutes_of_a_day(calendar: Calendar) -> int:
    """How many minutes offices are usually open on a working day."""
    return sum(_minutes(closes) - _minutes(opens) for opens, closes in calendar.sessions)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI).astimezone(UTC)


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute
