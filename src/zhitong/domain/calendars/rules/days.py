"""Which days are worked and when offices are open on them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum

Sessions = tuple[tuple[time, time], ...]
"""The open stretches of a working day, in order: (opens, closes)."""

DEFAULT_SESSIONS: Sessions = ((time(8, 30), time(12, 0)), (time(13, 30), time(17, 30)))
"""Office hours of a working day: morning and afternoon."""


class DayKind(Enum):
    """What kind of day a date is, in the word that the arithmetic shows beside it."""

    WORKING = ""
    MAKE_UP = "补班"
    WEEKEND = "周末"
    HOLIDAY = "放假"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Office hours, special days (date → works or not) and the years that are published.

    `changes` are other office hours, each from a day on, in order of their days; before the first `sessions` hold.
    """

    special: Mapping[date, bool]
    published_years: frozenset[int]
    sessions: Sessions = DEFAULT_SESSIONS
    changes: tuple[tuple[date, Sessions], ...] = ()

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

    def sessions_on(self, day: date) -> Sessions:
        """The office hours that hold on this day, if it is worked."""
        for since, sessions in reversed(self.changes):
            if since <= day:
                return sessions
        return self.sessions

    def is_published(self, day: date) -> bool:
        """Whether the holidays of this day's year are known."""
        return day.year in self.published_years
