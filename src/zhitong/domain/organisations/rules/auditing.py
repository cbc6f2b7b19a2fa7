"""The time an auditor looks at, from the days he names. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from zhitong.kit.clock import SHANGHAI

USUAL_DAYS = 30
_FIRST, _LAST = date(1900, 1, 1), date(9000, 1, 1)


def period_of(since: date | None, until: date | None, *, today: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day to that of the day behind the last; without a first day thirty days before it."""
    last = _within(until or today)
    first = _within(since or last - timedelta(days=USUAL_DAYS))
    return datetime.combine(first, time(), SHANGHAI), datetime.combine(last + timedelta(days=1), time(), SHANGHAI)


def _within(day: date) -> date:
    """A day that can be reckoned with: who types another finds what there is."""
    return min(max(day, _FIRST), _LAST)
