"""The number of a common problem, as people say it: 共-<the region>-2018-7. Gaps are allowed; the id stands behind it."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.kit.clock import day_of


def common_number(region: RegionEntry, at: datetime, serial: int) -> str:
    """Region, year and serial."""
    return f"共-{region.short}-{day_of(at).year}-{serial}"
