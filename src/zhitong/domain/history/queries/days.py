"""The digests of days, read from the seals whenever they are asked for: the same day gives the same file for ever."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from zhitong.domain.history.queries.sealed import last_head
from zhitong.domain.history.rules.days import DaySeal
from zhitong.kit.clock import SHANGHAI


def seal_of_day(day: date) -> DaySeal | None:
    """The digest of a day of Shanghai: the last seal that stood at its end; None before the first. One query."""
    head = last_head(before=datetime.combine(day + timedelta(days=1), time(), SHANGHAI))
    return DaySeal(day, head) if head else None
