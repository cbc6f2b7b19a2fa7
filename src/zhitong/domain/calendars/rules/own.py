"""The calendars of units and regions, laid over that of the installation. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zhitong.domain.calendars.rules.days import Calendar, Sessions


@dataclass(frozen=True, slots=True)
class OwnCalendar:
    """What a unit or region has of its own: hours from days on (None: as above again), and special days."""

    hours: Mapping[date, Sessions | None] = field(default_factory=dict)
    special: Mapping[date, bool] = field(default_factory=dict)

    def hours_on(self, day: date) -> Sessions | None:
        """Its own hours on a day; None where it has none."""
        since = max((one for one in self.hours if one <= day), default=None)
        return self.hours[since] if since else None


def laid_over(base: Calendar, own: Sequence[OwnCalendar]) -> Calendar:
    """The calendar of who stands under all of these, nearest first.

    On each day the nearest with own hours gives them; a special day of the nearest outdoes the same day further up.
    """
    special = dict(base.special)
    for one in reversed(own):
        special |= one.special
    days = sorted({since for one in own for since in one.hours} | {since for since, _ in base.changes})
    changes = tuple((day, _hours_on(day, base, own)) for day in days)
    return replace(base, special=special, changes=changes)


def _hours_on(day: date, base: Calendar, own: Sequence[OwnCalendar]) -> Sessions:
    return next((hours for one in own if (hours := one.hours_on(day))), base.sessions_on(day))
