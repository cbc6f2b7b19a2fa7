"""The calendar in force, read once and kept by the process until a year is entered."""

from __future__ import annotations

import time

from zhitong.domain.calendars.models import PublishedYear, SpecialDay
from zhitong.domain.calendars.rules import Calendar

KEPT_SECONDS = 60

_kept: tuple[float, Calendar] | None = None


def calendar() -> Calendar:
    """The working calendar of the installation; another process's change arrives within a minute."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
        special = dict(SpecialDay.objects.values_list("on", "works"))
        years = frozenset(PublishedYear.objects.values_list("year", flat=True))
        _kept = (time.monotonic(), Calendar(special, years))
    return _kept[1]


def forget_calendar() -> None:
    """Let the next question read the tables again."""
    global _kept
    _kept = None
