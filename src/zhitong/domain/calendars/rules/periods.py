"""Periods that figures are told for: ten days (旬), month, quarter, half, year: their codes, days and words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from zhitong.kit.choices import Word

_CODE = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2])([ABC])?|Q([1-4])|H([12]))?")
_NUMBERS = "一二三四"
_TENS = {"A": (1, "上旬"), "B": (11, "中旬"), "C": (21, "下旬")}


class PeriodKind(Word):
    """How long a period is."""

    TEN_DAYS = "ten_days", "旬"
    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF_YEAR = "half_year", "半年"
    YEAR = "year", "年"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its code (2018-08B, 2018-08, 2018Q3, 2018H1, 2018), its days (both ends included) and its words."""

    code: str
    kind: PeriodKind
    first: date
    last: date
    words: str


def period_of(code: str) -> Period:
    """The period of a code. Raises ValueError: it is none."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError(f"{code!r} is no period")
    year, tens = int(found[1]), found[3]
    if tens:
        day, word = _TENS[tens]
        first = date(year, int(found[2]), day)
        last = _month_end(first, 1) if tens == "C" else first + timedelta(days=9)
        return Period(code, PeriodKind.TEN_DAYS, first, last, f"{year}年{first.month}月{word}")
    kind, place = _place(found)
    first = date(year, (place - 1) * _MONTHS[kind] + 1, 1)
    return Period(code, kind, first, _month_end(first, _MONTHS[kind]), _words(year, kind, place))


def is_period(code: str) -> bool:
    """Whether a code is that of a period."""
    return _CODE.fullmatch(code) is not None


def period_trouble(code: str) -> str:
    """What is wrong with the writing of a period, with the way it is written; empty when nothing is."""
    return "" if is_period(code) else f"不认识统计期“{code}”，请写成 2018、2018H1、2018Q3、2018-08 或 2018-08A（上旬）。"


def period_holding(day: date, kind: PeriodKind) -> Period:
    """The period of a kind in which a day lies."""
    if kind is PeriodKind.TEN_DAYS:
        return period_of(f"{day.year}-{day.month:02}{'ABC'[min((day.day - 1) // 10, 2)]}")
    place = (day.month - 1) // _MONTHS[kind] + 1
    written = {
        PeriodKind.MONTH: f"-{place:02}", PeriodKind.QUARTER: f"Q{place}", PeriodKind.HALF_YEAR: f"H{place}", PeriodKind.YEAR: "",
    }
    return period_of(f"{day.year}{written[kind]}")


def period_before(period: Period) -> Period:
    """The period of the same kind just before."""
    return period_holding(period.first - timedelta(days=1), period.kind)


def period_after(period: Period) -> Period:
    """The period of the same kind just after."""
    return period_holding(period.last + timedelta(days=1), period.kind)


def last_ended(today: date, kind: PeriodKind) -> Period:
    """The newest period of a kind that is over on a day."""
    return period_before(period_holding(today, kind))


def periods_between(first: date, last: date, kind: PeriodKind) -> Iterator[Period]:
    """Every period of a kind that shares a day with these days, in order."""
    period = period_holding(first, kind)
    while period.first <= last:
        yield period
        period = period_after(period)


def _place(found: re.Match[str]) -> tuple[PeriodKind, int]:
    for group, kind in ((2, PeriodKind.MONTH), (4, PeriodKind.QUARTER), (5, PeriodKind.HALF_YEAR)):
        if found[group]:
            return kind, int(found[group])
    return PeriodKind.YEAR, 1


def _words(year: int, kind: PeriodKind, place: int) -> str:
    match kind:
        case PeriodKind.MONTH:
            return f"{year}年{place}月"
        case PeriodKind.QUARTER:
            return f"{year}年{_NUMBERS[place - 1]}季度"
        case PeriodKind.HALF_YEAR:
            return f"{year}年{'上' if place == 1 else '下'}半年"
        case _:
            return f"{year}年"


def _month_end(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1) - timedelta(days=1)
