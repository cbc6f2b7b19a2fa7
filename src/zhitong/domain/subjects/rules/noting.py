"""Figures of periods: how a period is written, which of two figures stands, and which figure the register row follows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from zhitong.domain.calendars.rules.periods import period_of
from zhitong.domain.subjects.rules.known import Known

LARGEST = Decimal(10) ** 16
"""What the column of a figure can hold before the point."""
_PLACES = Decimal("0.0001")
_PERIOD = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2])|Q([1-4]))?")
_YEARS = {Known.REVENUE: "revenue_cny"}
_ANY = {Known.INVESTED: "invested_cny"}
FOLLOWED: Mapping[Known, str] = {**_YEARS, **_ANY}
"""Columns of the register row that follow the newest figure. Revenue follows whole years, for the thresholds of the
plan are revenues of a year (冀发〔2018〕7号 三.7, 三.8); investment done is counted from the beginning, so any period tells it."""
_MAY_BE_NEGATIVE = frozenset({Known.PROFIT, Known.TAX})
_WHOLE = frozenset({Known.EMPLOYEES, Known.HATCHED})


@dataclass(frozen=True, slots=True)
class Standing:
    """The figure that stands for a period, and when it was said."""

    value: Decimal
    noted_at: datetime


class Verdict(Enum):
    """What becomes of a figure that is said: the first, it takes the place of another, nothing new, or older news."""

    NEW = "new"
    REPLACES = "replaces"
    SAME = "same"
    OLDER = "older"


def verdict_on(standing: Standing | None, value: Decimal, said_at: datetime) -> Verdict:
    """Whether a figure stands: what was said later wins, whatever its source; an equal value changes nothing."""
    if standing is None:
        return Verdict.NEW
    if standing.value == value:
        return Verdict.SAME
    return Verdict.REPLACES if said_at >= standing.noted_at else Verdict.OLDER


def as_kept(value: Decimal) -> Decimal:
    """A figure as precisely as it is kept."""
    return value.quantize(_PLACES, ROUND_HALF_UP) if value.is_finite() and abs(value) < LARGEST else value


def period_trouble(period: str) -> str:
    """What is wrong with the writing of a period, with the way it is written; empty when nothing is."""
    return "" if _PERIOD.fullmatch(period) else f"不认识统计期“{period}”，请写成 2018、2018Q3 或 2018-08。"


def value_trouble(code: Known, value: Decimal) -> str:
    """What is wrong with a figure; empty when nothing is."""
    if not value.is_finite() or abs(value) >= LARGEST:
        return f"{code.label}的数太大，请核对单位（这里以元计）。"
    if value < 0 and code not in _MAY_BE_NEGATIVE:
        return f"{code.label}不能是负数，请核对。"
    if code in _WHOLE and value != value.to_integral_value():
        return f"{code.label}要填整数，请核对。"
    return ""


def last_day(period: str) -> date:
    """The last day of a well-written period."""
    return period_of(period).last


def period_in_words(period: str) -> str:
    """2018年, 2018年三季度, 2018年8月; what is not written as a period stays as it is."""
    return period if period_trouble(period) else period_of(period).words


def followed_value(code: Known, told: Iterable[tuple[str, Decimal]]) -> int | None:
    """What the register row shows of a followed figure, from its (period, value) pairs, in whole yuan; None for none.

    Of periods that end on one day the longest tells.
    """
    fitting = [one for one in told if code in _ANY or len(one[0]) == 4]
    if not fitting:
        return None
    return int(max(fitting, key=lambda one: (last_day(one[0]), -len(one[0])))[1])
