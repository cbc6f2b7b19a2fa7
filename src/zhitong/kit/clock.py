"""The one door to time: every part of the house asks `now()` here and nowhere else.

A demonstration database carries a fixed offset, so that its today is a day of the campaign and time runs on.
Stored times are UTC; days, months and periods are those of Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)
_offset: timedelta | None = None
_find_offset: Callable[[], timedelta] = timedelta


def now() -> datetime:
    """The present moment in UTC, shifted by the installation's offset or held still by `held_at`."""
    held = _frozen.get()
    return held if held is not None else datetime.now(UTC) + offset()


def world_now() -> datetime:
    """The present moment of the world in UTC, for what machines outside count along: one-time codes, the age of a session.

    Neither a demonstration's offset nor a held clock moves it.
    """
    return datetime.now(UTC)


def today() -> date:
    """The present day in Asia/Shanghai."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Shanghai day in which a moment falls."""
    return moment.astimezone(SHANGHAI).date()


def offset() -> timedelta:
    """How far this installation's time runs from the world's; asked once per process."""
    global _offset
    if _offset is None:
        _offset = _find_offset()
    return _offset


def ask_offset_of(source: Callable[[], timedelta]) -> None:
    """Name who knows the installation's offset; it is asked at the first need of time."""
    global _find_offset, _offset
    _find_offset, _offset = source, None


@contextmanager
def held_at(moment: datetime) -> Iterator[datetime]:
    """Hold time still for the length of a block (tests, replays)."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _frozen.reset(token)
