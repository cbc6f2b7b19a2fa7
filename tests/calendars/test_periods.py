"""Periods: their codes, their days, their words, and what comes before and after."""

from __future__ import annotations

from datetime import date

import pytest

from zhitong.domain.calendars.rules import (
    PeriodKind,
    last_ended,
    period_before,
    period_of,
    period_trouble,
    periods_between,
)
from zhitong.domain.calendars.rules.periods import period_after, period_holding


@pytest.mark.parametrize(("code", "kind", "first", "last", "words"), [
    ("2018-08A", PeriodKind.TEN_DAYS, date(2018, 8, 1), date(2018, 8, 10), "2018年8月上旬"),
    ("2018-08B", PeriodKind.TEN_DAYS, date(2018, 8, 11), date(2018, 8, 20), "2018年8月中旬"),
    ("2016-02C", PeriodKind.TEN_DAYS, date(2016, 2, 21), date(2016, 2, 29), "2016年2月下旬"),
    ("2018-12", PeriodKind.MONTH, date(2018, 12, 1), date(2018, 12, 31), "2018年12月"),
    ("2018Q3", PeriodKind.QUARTER, date(2018, 7, 1), date(2018, 9, 30), "2018年三季度"),
    ("2018H1", PeriodKind.HALF_YEAR, date(2018, 1, 1), date(2018, 6, 30), "2018年上半年"),
    ("2018H2", PeriodKind.HALF_YEAR, date(2018, 7, 1), date(2018, 12, 31), "2018年下半年"),
    ("2018", PeriodKind.YEAR, date(2018, 1, 1), date(2018, 12, 31), "2018年"),
])
def test_a_period_knows_its_days_and_its_words(code: str, kind: PeriodKind, first: date, last: date, words: str) -> None:
    found = period_of(code)

    assert (found.kind, found.first, found.last, found.words) == (kind, first, last, words)
    assert period_after(period_before(found)) == found == period_holding(last, kind) == period_holding(first, kind)


@pytest.mark.parametrize("code", ["", "2018-13", "2018Q5", "2018H3", "2018-8", "2018-08D", "2018Q3A", "八月", "18-08"])
def test_what_is_no_period_is_told_how_one_is_written(code: str) -> None:
    assert "2018-08A" in period_trouble(code)
    with pytest.raises(ValueError, match="no period"):
        period_of(code)


def test_the_last_one_that_is_over_is_the_one_before_today_s() -> None:
    today = date(2018, 9, 17)

    assert [last_ended(today, kind).code for kind in PeriodKind] == ["2018-09A", "2018-08", "2018Q2", "2018H1", "2017"]


def test_every_period_that_shares_a_day_is_named_in_order() -> None:
    found = periods_between(date(2018, 1, 31), date(2018, 7, 1), PeriodKind.QUARTER)

    assert [one.code for one in found] == ["2018Q1", "2018Q2", "2018Q3"]
