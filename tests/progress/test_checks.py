"""What is odd about a figure is said beside it: refused, or asked why and kept (bad input of R-E3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import packages
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.plans.rules import IndicatorKind
from zhitong.domain.progress.package import parse
from zhitong.domain.progress.rules.checks import AskedFigure, doubts_of, trouble_of
from zhitong.domain.progress.rules.timetable import USUAL, Counting, PeriodRule, days_after, is_owed, rules_written


def asked(value: str | None, kind: IndicatorKind = IndicatorKind.COUNT, measure: str = "户", **more: Any) -> AskedFigure:
    """A figure of an indicator."""
    numbers = {name: Decimal(said) for name, said in more.items() if name in ("previous", "target", "below", "tolerance")}
    rest = {name: said for name, said in more.items() if name not in numbers}
    return AskedFigure(
        name="指标", measure=measure, kind=kind, value=None if value is None else Decimal(value), **numbers, **rest,
    )


@pytest.mark.parametrize(("figure", "words", "is_refused"), [
    (asked("101", IndicatorKind.RATE, "%"), "比率不能超过100%", True),
    (asked("-1"), "不能是负数", True),
    (asked("130", IndicatorKind.GROWTH_RATE, "%"), "增长超过100%", False),
    (asked("90", previous="100"), "累计数比上期（100户）减少了10户", False),
    (asked("1500", IndicatorKind.AMOUNT, "公顷", previous="100"), "亩和公顷", False),
    (asked("100", IndicatorKind.AMOUNT, "亩", previous="1500"), "亩和公顷", False),
    (asked("500000", previous="52"), "差了一个“万”", False),
    (asked("52", previous="500000"), "差了一个“万”", False),
    (asked("500000", target="50"), "差了一个“万”", False),
    (asked("90", below="100", tolerance="0.005"), "比本级数多10户", False),
    (asked("110", below="100", tolerance="0.005"), "比本级数少10户", False),
    (asked(None), "不要填0", False),
])
def test_what_is_odd_is_said(figure: AskedFigure, words: str, is_refused: bool) -> None:
    found = [doubt for doubt in doubts_of(figure) if words in doubt.sentence]

    assert [doubt.is_refused for doubt in found] == [is_refused]
    assert trouble_of(figure)


@pytest.mark.parametrize("figure", [
    asked("100", IndicatorKind.RATE, "%"), asked("80", IndicatorKind.RATE, "%", previous="90"), asked("0"),
    asked("104", previous="100", target="500"), asked("100.4", below="100", tolerance="0.005"),
    asked("110", below="100", missing=1, tolerance="0.005"), asked(None, stage="advancing"),
    asked("90", previous="100", note="核减重复登记"),
])
def test_what_is_ordinary_or_explained_may_be_sent(figure: AskedFigure) -> None:
    assert trouble_of(figure) == ""


def test_what_is_refused_no_reason_helps() -> None:
    assert "100%" in trouble_of(asked("101", IndicatorKind.RATE, "%", note="就是这样"))


def works(day: date) -> bool:
    return day.weekday() < 5


def test_days_after_a_period_move_on_from_days_off() -> None:
    august = period_of("2018-08")
    by_days = days_after(august, PeriodRule(1, 8, 20), works)
    by_workdays = days_after(august, PeriodRule(1, 2, 4, Counting.WORKDAYS), works)

    assert (by_days.opens, by_days.due, by_days.locked) == (date(2018, 9, 1), date(2018, 9, 10), date(2018, 9, 20))
    assert (by_workdays.opens, by_workdays.due, by_workdays.locked) == (date(2018, 9, 3), date(2018, 9, 4), date(2018, 9, 6))


@pytest.mark.parametrize(("period", "owed"), [
    ("2018-01", False), ("2018-02", True), ("2018-10", True), ("2018-11", False), ("2018Q1", True), ("2018Q4", True),
])
def test_a_target_is_owed_from_its_beginning_to_its_deadline(period: str, owed: bool) -> None:
    assert is_owed(period_of(period), date(2018, 2, 20), date(2018, 10, 31)) is owed
    assert not is_owed(period_of(period), date(2018, 2, 20), date(2018, 10, 31), is_cancelled=True)


def test_the_shipped_rules_are_read_and_kept_as_written() -> None:
    rules, findings = parse(packages.shipped("hebei-2018"))

    assert findings == []
    assert rules == USUAL
    assert rules_written(USUAL.written()) == USUAL
