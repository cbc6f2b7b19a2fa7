"""Forecasts on the stage: made as they would have been after each month's reports, so that they stand beside what came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from zhitong.domain.analysis.actions.forecasting import forecast
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.stage import require_stage

MONTHS, DAY = range(5, 9), 21
"""In these months, after the lock of the month before, forecasts were made."""


def foretell(campaigns: Iterable[str], *, until: datetime) -> int:
    """Forecast campaigns once a month from what was known then, and now; returns how many forecasts that made.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    moments = [_moment(date(until.year, month, DAY)) for month in MONTHS]
    return sum(forecast(one, now=moment) for one in campaigns for moment in [*(each for each in moments if each < until), until])


def _moment(day: date) -> datetime:
    """Nine in the morning of a day in Shanghai."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
