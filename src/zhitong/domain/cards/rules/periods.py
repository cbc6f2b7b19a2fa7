"""Periods of rounds: which month or quarter is asked after, its code and its name, and the days that go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from zhitong.domain.cards.rules.kinds import Period

_CODE = re.compile(r"20\d\d(-(0[1-9]|1[0-2])|Q[1-4])?|[a-z0-9-]{3,12}")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """A period as code ("2018-08", "2018Q3") and as people say it."""

    code: str
    name: str


def period_before(today: date, period: Period) -> AskedPeriod | None:
    """The period that ended last before this month; none where it ended earlier, or is not a recurring one."""
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    if period is Period.MONTH:
        return AskedPeriod(f"{year}-{month:02}", f"{year}年{month}月")
    if period is Period.QUARTER and month % 3 == 0:
        quarter = month // 3
        return AskedPeriod(f"{year}Q{quarter}", f"{year}年{_QUARTERS[quarter - 1]}")
    return None


def period_trouble(code: str) -> str:
    """What is wrong with the code of a period; empty when nothing is."""
    if _CODE.fullmatch(code):
        return ""
    return "期次写成 2018-08、2018Q3、2018，专项填报可用小写字母、数字和短横，3到12位。"
