"""Office time in the story: when the next thing happens, always within office hours of a working day. Pure."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from zhitong.domain.calendars.rules import Calendar
from zhitong.kit.clock import SHANGHAI

MORNING, EVENING = time(8, 35), time(17, 20)
NOON_BEGINS, NOON_ENDS = time(12), time(13, 30)


class OfficeTime:
    """The working days between two dates, and moments within them."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        span = (last - first).days
        self.days = [day for n in range(span + 1) if calendar.works_on(day := first + timedelta(days=n))]

    def moment(self, day: date, draw: random.Random) -> datetime:
        """Some moment of a working day, in office hours."""
        return self._between(day, MORNING, EVENING, draw)

    def later(self, at: datetime, workdays: int, draw: random.Random) -> datetime:
        """Some moment so many working days later; with 0 a little later the same day, or the next morning."""
        today = at.astimezone(SHANGHAI)
        if workdays:
            return self.moment(self._after(today.date(), workdays), draw)
        soon = today + timedelta(minutes=draw.randint(15, 150))
        if soon.date() == today.date() and soon.time() <= EVENING:
            return _past_noon(soon)
        return self._between(self._after(today.date(), 1), MORNING, time(10), draw)

    def between(self, first: date, last: date) -> Iterator[date]:
        """The working days from one date to another."""
        yield from self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def _after(self, day: date, workdays: int) -> date:
        place = bisect_right(self.days, day) + workdays - 1
        return self.days[min(place, len(self.days) - 1)]

    def _between(self, day: date, first: time, last: time, draw: random.Random) -> datetime:
        begins = datetime.combine(day, first, SHANGHAI)
        seconds = int((datetime.combine(day, last, SHANGHAI) - begins).total_seconds())
        return _past_noon(begins + timedelta(seconds=draw.randint(0, seconds)))


def _past_noon(moment: datetime) -> datetime:
    """The moment itself, or as long after the noon break as it would fall after its beginning."""
    if NOON_BEGINS <= moment.time() < NOON_ENDS:
        return moment + (datetime.combine(moment.date(), NOON_ENDS) - datetime.combine(moment.date(), NOON_BEGINS))
    return moment
