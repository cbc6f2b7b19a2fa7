"""The time an analysis speaks of: a period up to the cut-off, and as much of the one before it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhitong.domain.calendars.rules import Period, PeriodKind, period_before, periods_between
from zhitong.kit.clock import SHANGHAI, day_of

MONTHS_OFFERED, QUARTERS_OFFERED, YEARS_OFFERED = 12, 4, 2


@dataclass(frozen=True, slots=True)
class Span:
    """What lies after `since` up to and with `until`, and what it is held against: after `since_before` up to `until_before`."""

    period: Period
    before: Period
    since: datetime
    until: datetime
    since_before: datetime
    until_before: datetime

    @property
    def is_over(self) -> bool:
        """Whether the period is told to its end."""
        return self.until == _midnight(self.period.last + timedelta(days=1))


def span_of(period: Period, cut_off: datetime) -> Span | None:
    """A period as far as it had come at a cut-off; None where it had not begun.

    The period before is told as far as this one has come: 1–17 September against 1–17 August.
    """
    since, end = _midnight(period.first), _midnight(period.last + timedelta(days=1))
    if cut_off <= since:
        return None
    before = period_before(period)
    since_before, until = _midnight(before.first), min(end, cut_off)
    until_before = since if until == end else min(since, since_before + (until - since))
    return Span(period, before, since, until, since_before, until_before)


def periods_offered(now: datetime) -> list[Period]:
    """The periods a page offers, the newest of each kind first: months, quarters, years."""
    today = day_of(now)
    offered = (
        (PeriodKind.MONTH, MONTHS_OFFERED, 31), (PeriodKind.QUARTER, QUARTERS_OFFERED, 92), (PeriodKind.YEAR, YEARS_OFFERED, 366),
    )
    return [
        period for kind, count, days in offered
        for period in list(periods_between(_earlier(today, count * days), today, kind))[::-1][:count]
    ]


def _earlier(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
