"""Moments that a list of problems is narrowed to: reported and closed within a time, and how matters stood then. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moments:
    """After `…_after`, up to and with `…_until`; `as_of` asks all else that is asked of a problem of that moment's standing."""

    reported_after: datetime | None = None
    reported_until: datetime | None = None
    closed_after: datetime | None = None
    closed_until: datetime | None = None
    as_of: datetime | None = None

    @property
    def asks_for_closed(self) -> bool:
        """Whether only problems closed within a time are wanted."""
        return self.closed_after is not None or self.closed_until is not None
