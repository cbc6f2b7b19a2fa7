"""Tables of figures: the row says what, the column says when (R-C6)."""

from __future__ import annotations

from time import perf_counter

import pytest

from tests.policy.measures.said import all_told, measured

TABLE = """主要指标
指标\t单位\t2017年\t2019年目标\t2020年目标
规上工业企业数（家）\t\t8000\t8600\t10,000
森林覆盖率\t%\t33\t≥34\t36以上
新增市场主体\t万户\t3\t5\t6-7
人口比\t-\t3:1\t4:1\t5:1

培育龙头企业10家。
"""


def test_each_cell_of_a_year_to_come_is_a_target_of_its_row() -> None:
    assert all_told(TABLE) == [
        "8600 家 = count target 2019-12-31",
        "10000 家 = count target 2020-12-31",
        "34 % >= rate target 2019-12-31",
        "36 % >= rate target 2020-12-31",
        "50000 户 = increment target 2019-12-31",
        "60000~70000 户 range increment target 2020-12-31",
        "10 家 = count target -",
    ]


def test_a_cell_is_named_after_its_row_and_stands_where_it_says() -> None:
    found = measured(TABLE).indicators

    assert [one.name for one in found[:3]] == ["规上工业企业数", "规上工业企业数", "森林覆盖率"]
    assert [TABLE[one.start : one.end] for one in found[:3]] == ["8600", "10,000", "≥34"]


@pytest.mark.parametrize(
    "text",
    [
        "序号\t任务\t责任单位\n1\t完善机制\t市民政局",
        "指标\t2015年\t2016年\n企业数（家）\t80\t90",
        "姓名\t年龄\n某某\t35",
    ],
)
def test_a_table_without_aims_sets_nothing(text: str) -> None:
    assert all_told(text) == []


def test_an_endless_table_is_read_in_seconds() -> None:
    text = "指标\t2020年\n" + "新增企业（家）\t100\n" * 3_000 + "数" * 60_000
    began = perf_counter()

    assert len(measured(text).indicators) == 3_000
    assert perf_counter() - began < 10
