"""One unit under several names is linked to the name that is known; what could be two units stays unlinked (R-C6)."""

from __future__ import annotations

import pytest

from tests.papers import gold
from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import read_text
from zhitong.policy.responsibility import principal_names, with_aliases
from zhitong.policy.shapes import Responsible

REGISTRY = (
    "市政府办公室", "市政府", "市委办公室", "市发展改革委", "市工业和信息化局", "市人力资源社会保障局", "市交通运输局", "市生态环境局",
    "市市场监管局", "市住房城乡建设局", "市城市管理行政执法局", "市委编办", "市法制办", "市安全监管局", "市卫生健康委", "市农业农村局",
    "临江新区管理委员会", "演示东港经济技术开发区管委会", "演示港务集团有限公司", "甲县财政局", "乙县财政局", "市活动领导小组办公室",
)  # fmt: skip


def known_as(name: str, known: tuple[str, ...] = REGISTRY) -> str | None:
    return with_aliases([Responsible(name, "lead")], known)[0].alias_of


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("市发改委", "市发展改革委"), ("市发展和改革委员会", "市发展改革委"), ("演示市发展和改革委员会", "市发展改革委"),
        ("市发展改革部门", "市发展改革委"), ("市工信局", "市工业和信息化局"), ("市人社局", "市人力资源社会保障局"),
        ("市人力资源和社会保障局", "市人力资源社会保障局"), ("市交通局", "市交通运输局"), ("市住建局", "市住房城乡建设局"),
        ("市市场监督管理局", "市市场监管局"), ("市城管局", "市城市管理行政执法局"), ("市政府法制办公室", "市法制办"),
        ("市安全生产监督管理局", "市安全监管局"), ("市安监局", "市安全监管局"), ("市卫健委", "市卫生健康委"),
        ("演示市人民政府办公室", "市政府办公室"), ("演示市人民政府", "市政府"), ("临江新区管委会", "临江新区管理委员会"),
        ("临江新区", "临江新区管理委员会"), ("东港经济技术开发区管委会", "演示东港经济技术开发区管委会"),
        ("演示港务集团", "演示港务集团有限公司"), ("甲县财政局", None), ("领导小组办公室", "市活动领导小组办公室"),
    ],
)  # fmt: skip
def test_another_writing_of_a_unit_is_linked(printed: str, known: str | None) -> None:
    assert known_as(printed) == known


@pytest.mark.parametrize(
    "printed",
    [
        "财政局",
        "市环保局",
        "市农业局",
        "市政府研究室",
        "市委宣传部",
        "省发展改革委",
        "市科技局",
        "市发展改革委",
        "各有关单位",
        "市卫生局",
    ],
)
def test_what_is_known_itself_or_fits_nothing_or_several_stays_unlinked(printed: str) -> None:
    assert known_as(printed) is None


def test_an_abbreviation_that_fits_two_units_of_one_place_stays_unlinked() -> None:
    assert known_as("市演文局", ("市演示文化局", "市演出文物局")) is None
    assert known_as("市演文局", ("市演示文化局",)) == "市演示文化局"


def test_of_the_names_of_one_unit_in_a_paper_the_most_printed_is_the_principal() -> None:
    printed = ["省交通运输厅", "省交通运输厅", "省交通厅", "省财政厅"]

    assert principal_names(printed) == {"省交通运输厅", "省财政厅"}


def test_a_compiled_paper_says_under_which_other_name_a_unit_goes() -> None:
    text = "一、重点任务\n1.甲事。完成改造。（省交通运输厅）\n2.乙事。完成改造。（省交通运输厅）\n3.丙事。完成改造。（省交通厅）"
    plan = compile_reading(read_text(text))

    assert [(one.name, one.alias_of) for task in plan.tasks for one in task.responsible] == [
        ("省交通运输厅", None), ("省交通运输厅", None), ("省交通厅", "省交通运输厅"),
    ]  # fmt: skip


def test_the_provincial_plan_names_one_department_twice() -> None:
    rows = [row for task in gold()["tasks"] for row in task["responsible"]]
    linked = with_aliases(
        [Responsible(row["name"], row["role"]) for row in rows], principal_names(row["name"] for row in rows)
    )

    assert {one.name: one.alias_of for one in linked if one.alias_of} == {
        row["name"]: row["alias_of"] for row in rows if "alias_of" in row
    }
