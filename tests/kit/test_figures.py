"""Figures and days in cells: read when they say one value, refused with the reason when they do not (R-D6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhitong.kit.figures import NoDay, NoFigure, day_in, number_in, whole_in


@pytest.mark.parametrize(("text", "unit", "number"), [
    ("1200.5", 10_000, "12005000"), ("１，２００", 1, "1200"), ("1,234,567.8", 1, "1234567.8"), ("12万", 1, "120000"),
    ("12万", 10_000, "120000"), ("12万元", 10_000, "120000"), ("3.5亿元", 1, "350000000"), ("86人", 1, "86"),
    ("500000元", 10_000, "500000"), ("-30", 10_000, "-300000"), ("－３０", 1, "-30"), ("12.5%", 1, "12.5"), (" 1 234 ", 1, "1234"),
    (".5", 1, "0.5"),
])  # fmt: skip
def test_a_figure_is_read_in_its_own_unit_or_the_columns(text: str, unit: int, number: str) -> None:
    assert number_in(text, unit) == Decimal(number)


@pytest.mark.parametrize("text", ["", "—", "——", "-", "/", "无", "暂无", "　"])
def test_nothing_is_nothing(text: str) -> None:
    assert number_in(text) is None
    assert day_in(text) is None


@pytest.mark.parametrize(("text", "why"), [
    ("约300", "不是确定的数"), ("300左右", "不是确定的数"), ("300多", "不是确定的数"),
    ("100-200", "是一个范围"), ("100～200", "是一个范围"),
    ("三百", "读不成一个数"), ("12,34", "读不成一个数"), ("1.2.3", "读不成一个数"), ("#REF!", "错误值"), ("#公式没有结果", "错误值"),
])  # fmt: skip
def test_what_is_no_single_figure_says_why(text: str, why: str) -> None:
    with pytest.raises(NoFigure, match=why):
        number_in(text)


def test_what_is_counted_whole_has_no_rest() -> None:
    assert whole_in("1200.5", 10_000) == 12_005_000
    with pytest.raises(NoFigure, match="不是整数"):
        whole_in("8.5")


@pytest.mark.parametrize("text", [
    "2018-04-27", "2018/4/27", "2018.4.27", "2018年4月27日", "２０１８年４月２７日", "20180427",
    "43217", "2018-04-27 15:40", "2018年4月27号",
])  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day_in(text) == date(2018, 4, 27)


def test_a_month_alone_is_its_first_day() -> None:
    assert day_in("2018年4月") == date(2018, 4, 1)


@pytest.mark.parametrize("text", ["四月底", "2018-13-01", "2018-02-30", "4月27日", "2018-04-27至30日"])
def test_what_is_no_single_day_says_how_to_write_one(text: str) -> None:
    with pytest.raises(NoDay, match="请写成2018-04-27"):
        day_in(text)
