"""`zhitong policy check` and `compare` at a terminal: words for people, JSON for programs (R-C6)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from zhitong.cli import policy

UPPER = """演示省人民政府
关于2018年优化营商环境的实施意见
演政发〔2018〕7号
各市人民政府，省直各部门：
为优化营商环境，提出如下意见。
一、目标任务
（一）总体目标。净增市场主体50万户以上。
二、重点任务
（一）培育市场主体
1.市场主体培育工程。深入推进商事制度改革，全年净增市场主体50万户以上。（责任单位：省工商局牵头）
2.公园绿地建设工程。推进城市绿地建设，新建口袋公园100个。（责任单位：省住房城乡建设厅牵头）
三、保障措施
（一）加强组织领导。成立领导小组，统筹推进各项工作。
"""
LOWER = """演示市人民政府
关于2018年优化营商环境的实施方案
演市政发〔2018〕9号
各县（市、区）人民政府，市直各部门：
为优化营商环境，制定如下方案。
一、目标任务
（一）总体目标。净增市场主体1800户。
二、重点任务
（一）培育市场主体
1.市场主体培育工程。深入推进商事制度改革，全年净增市场主体2000户。（责任单位：市工商局牵头）
三、保障措施
（一）加强组织领导。成立领导小组，统筹推进各项工作。
"""


@pytest.fixture
def papers(tmp_path: Path) -> tuple[str, str]:
    names = []
    for name, text in (("upper.txt", UPPER), ("lower.txt", LOWER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        names.append(str(tmp_path / name))
    return names[0], names[1]


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    parser = argparse.ArgumentParser()
    policy.add_arguments(parser)

    assert policy.run(parser.parse_args(words)) == 0
    return capsys.readouterr().out


def test_check_tells_doubts_by_gravity(papers: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    printed = told(capsys, "check", papers[1])

    assert "严重" in printed
    assert "同一目标两个数值" in printed


def test_check_prints_the_plan_with_its_findings_as_json(
    papers: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    printed = json.loads(told(capsys, "check", papers[1], "--json"))

    assert {"document", "sections", "tasks", "indicators", "timeline", "findings"} <= printed.keys()
    assert [one["kind"] for one in printed["findings"] if one["severity"] == "high"] == ["contradiction"]
    start, end = printed["findings"][0]["spans"][0]
    assert "1800户" in LOWER[start:end]


def test_compare_tells_the_coverage_and_what_is_missing(
    papers: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    printed = told(capsys, "compare", *papers)

    assert "上级 2 项，下级承接 1 项，覆盖率 50.0%" in printed
    assert "缺失：2 公园绿地建设工程" in printed
    assert "目标按本地规模" in printed


def test_compare_prints_the_comparison_as_json(papers: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    printed = json.loads(told(capsys, "compare", *papers, "--json"))

    first, second = printed["tasks"][:2]
    assert (first["upper"], first["lower"], first["relation"]) == ("1", ["1"], "adapted")
    assert (second["upper"], second["lower"], second["relation"]) == ("2", [], "missing")
    assert printed["coverage"]["covered"] == 1
