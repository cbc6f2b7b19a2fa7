"""Periods of rounds: which month or quarter is asked after, its code and its name, and the days that go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from zhitong.domain.calendars.rules.periods import PeriodKind, last_ended
from zhitong.domain.cards.rules.kinds import Period

_CODE = re.compile(r"20\d\d(-(0[1-9]|1[0-2])|Q[1-4])?|[a-z0-9-]{3,12}")


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """A period as code ("2018-08", "2018Q3") and as people say it."""

    code: str
    name: str


def period_before(today: date, period: Period) -> AskedPeriod | None:
    """The period that ended last before this month; none where it ended earlier, or is not a recurring one."""
    if period is Period.AD_HOC:
        return None
    month = last_ended(today, PeriodKind.MONTH)
    asked = month if period is Period.MONTH else last_ended(today, PeriodKind.QUARTER)
    return AskedPeriod(asked.code, asked.words) if asked.last == month.last else None


def period_trouble(code: str) -> str:
    """What is wrong with the code of a period; empty when nothing is."""
    if _CODE.fullmatch(code):
        return ""
    return "期次写成 2018-08、2018Q3、2018，专项填报可用小写字母、数字和短横，3到12位。"
