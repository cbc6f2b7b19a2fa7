"""What is wrong with a written plan is said at its file and line, everything at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import packages
from zhitong.domain.plans.package import check, parse

Fault = tuple[str, str, str, str]

FAULTS: list[Fault] = [
    ("plan.yaml", "    title: 市场主体培育\n", "    titel: 市场主体培育\n", "不认识字段“titel”（是不是“title”？）"),
    ("plan.yaml", "{name: 省工商局, role: lead}", "{name: 省工商局, role: leader}", "只能是 lead"),
    ("plan.yaml", "value: 216\n", "value: 二百一十六\n", "应当是数"),
    ("plan.yaml", "restated_by: [P031]", "restated_by: [P931]", "“P931”在 plan.yaml 里没有"),
    ("plan.yaml", "id: P041\n", "id: P042\n", "已经用过"),
    ("plan.yaml", "value: 1014\n", "value: 1015\n", "相加是 1358"),
    ("plan.yaml", "value: 130\n", "value: 13\n", "超过了它所属各项之和 43"),
    ("plan.yaml", "start: 2559, end: 2648", "start: 2648, end: 2559", "start 要小于 end"),
    ("plan.yaml", "form: milestone", "form: milestones", "只能是 number"),
    ("plan.yaml", "form: milestone", "form: formula", "要同时写"),
    ("plan.yaml", "form: milestone", "form: formula\n        formula: {factor: -1.3, of: P095}", "系数要大于0"),
    ("plan.yaml", "form: milestone", "form: formula\n        formula: {factor: 1.3, of: P995}", "“P995”在 plan.yaml 里没有"),
    ("plan.yaml", "form: milestone", "base_words: 上年底", "还要写基数 base"),
    ("plan.yaml", "form: milestone", "curve: {shape: monthly, months: [50, 40, 100]}", "逐月填写12个数，现在是3个"),
    ("plan.yaml", "form: milestone", "curve: {shape: monthly, months: [半]}", "逐月写百分数"),
    ("plan.yaml", "form: milestone", "curve: {shape: 曲线}", "只能是 linear"),
    ("campaign.yaml", "on: 2018-10-31", "on: 十月底", "应当是日期"),
]


@pytest.mark.parametrize(("file", "words", "other", "said"), FAULTS)
def test_a_planted_fault_is_found_at_its_line(tmp_path: Path, file: str, words: str, other: str, said: str) -> None:
    copy = packages.Copy("hebei-2018", tmp_path)
    copy.replace(file, words, other)

    _, findings = parse(copy.source())

    assert any(said in finding.message and finding.file == file for finding in findings), list(map(str, findings))


def test_the_line_is_that_of_the_fault(tmp_path: Path) -> None:
    copy = packages.Copy("hebei-2018", tmp_path)
    line = copy.replace("plan.yaml", "{name: 省工商局, role: lead}", "{name: 省工商局, role: leader}")

    _, findings = parse(copy.source())

    assert [(finding.file, finding.line) for finding in findings] == [("plan.yaml", line)]


def test_a_fault_in_one_row_hides_no_fault_in_another(tmp_path: Path) -> None:
    copy = packages.Copy("hebei-2018", tmp_path)
    faults = list({(file, words): (file, words, other, said) for file, words, other, said in FAULTS}.values())
    for file, words, other, _ in faults:
        copy.replace(file, words, other)

    _, findings = parse(copy.source())

    for file, _, _, said in faults:
        assert any(said in finding.message and finding.file == file for finding in findings), said


def test_units_and_parents_that_nobody_has_written_are_found_at_their_line(tmp_path: Path) -> None:
    copy = packages.Copy("bohai-2018", tmp_path)
    region = copy.replace("plan.yaml", 'region: "130973"', 'region: "130937"')
    unit = copy.replace("plan.yaml", "name: 渤海新区公安分局", "name: 渤海新区公安局")
    parent = copy.replace("plan.yaml", "parent: hebei-2018#30", "parent: hebei-2018#31")
    upper, _ = parse(packages.shipped("hebei-2018"))
    plan, _ = parse(copy.source())
    assert plan is not None
    names = {one.name for task in plan.tasks for one in task.units} - {"渤海新区公安局"}

    findings = check(plan, unit_names=names, regions={"130973"}, upper={"hebei-2018": upper}.get)

    said = {finding.line: finding.message for finding in findings}
    assert set(said) == {region, unit, parent}
    assert "“130937”在 regions.tsv 里没有" in said[region]
    assert "“渤海新区公安局”在 units.yaml 里没有" in said[unit]
    assert "没有任务“31”" in said[parent]


def test_a_local_reading_carries_out_one_that_the_upper_plan_has(tmp_path: Path) -> None:
    copy = packages.Copy("bohai-2018", tmp_path)
    line = copy.replace("plan.yaml", "upper: hebei-2018#P031", "upper: hebei-2018#P931")
    upper, _ = parse(packages.shipped("hebei-2018"))
    plan, _ = parse(copy.source())
    assert plan is not None
    names = {one.name for task in plan.tasks for one in task.units}

    [finding] = check(plan, unit_names=names, regions={"130973"}, upper={"hebei-2018": upper}.get)

    assert (finding.file, finding.message) == ("plan.yaml", "上级方案“hebei-2018”里没有读数“P931”，请改正 upper。")
    assert finding.line >= line - 20


def test_a_missing_plan_is_said_by_the_folder(tmp_path: Path) -> None:
    copy = packages.Copy("hebei-2018", tmp_path)
    (copy.folder / "plan.yaml").unlink()
    source = copy.source()

    plan, findings = parse(source)

    assert (plan, findings) == (None, [])
    assert [str(finding) for finding in source.findings] == ["plan.yaml 第 1 行：缺少这个文件，请补上。"]
