"""Which backups stay: the newest ones, and of the months before, the last of each. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

NEWEST, MONTHS = 7, 12


def to_drop(taken: Iterable[datetime], newest: int, months: int = MONTHS) -> list[datetime]:
    """Of backups taken at these moments, those to let go, oldest first.

    Kept are the `newest` ones and, of the `months` latest months in which any was taken, the last of each.
    """
    ordered = sorted(set(taken))
    last_of_month = {(one.year, one.month): one for one in ordered}
    kept = {*ordered[-newest:], *(last_of_month[month] for month in sorted(last_of_month)[-months:])}
    return [one for one in ordered if one not in kept]
