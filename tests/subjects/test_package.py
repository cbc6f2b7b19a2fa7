"""What is wrong with written tiers is said at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import packages
from zhitong.domain.plans.package import check_quotas
from zhitong.domain.plans.package import parse as parse_plan
from zhitong.domain.subjects.package import parse

FAULTS = [
    ("quota: 5747", "quota: 5746", "总数是 6563，各级相加是 6562"),
    ("stage: completion, quota: 525", "stage: completion, quota: 255", "各级相加是 3280"),
    ("{over: 1000000000}, {mark", "{over: 5000000000}, {mark", "永远轮不到"),
    ("rank: county, sub_kind: retail", "rank: township, sub_kind: retail", "乡级不设帮扶名单"),
    ("rank: province, sub_kind: retail", "rank: province, sub_kind: rental", "只能是 service、wholesale、retail"),
    ("mark: growing, label: 成长型企业", "mark: growing", "缺少“label”"),
    ("{mark: national_recognition, label", "{over: 5, mark: national_recognition, label", "只能写一个"),
    ("fact: revenue_cny\n  fact_label: 主营", "fact: profit_cny\n  fact_label: 主营", "只能是 revenue_cny"),
    ("rank: city\n      quota: 500", "rank: province\n      quota: 500", "请合并成一条"),
]


@pytest.mark.parametrize(("words", "other", "said"), FAULTS)
def test_a_planted_fault_is_found(tmp_path: Path, words: str, other: str, said: str) -> None:
    copy = packages.Copy("hebei-2018", tmp_path)
    copy.replace("tiers.yaml", words, other)

    _, findings = parse(copy.source())

    assert any(said in finding.message for finding in findings), list(map(str, findings))
    assert {finding.file for finding in findings} == {"tiers.yaml"}


def test_the_line_is_that_of_the_fault_and_the_other_kinds_are_read(tmp_path: Path) -> None:
    copy = packages.Copy("hebei-2018", tmp_path)
    line = copy.replace("tiers.yaml", "rank: city\n      quota: 600", "rank: town\n      quota: 600")

    lists, findings = parse(copy.source())

    assert [finding.line for finding in findings] == [line]
    assert [one.kind.value for one in lists] == ["services", "tech_sme", "project"]


def test_a_quota_that_is_not_the_plans_is_found_where_it_is_written(tmp_path: Path) -> None:
    copy = packages.Copy("hebei-2018", tmp_path)
    fewer = copy.replace("tiers.yaml", "quota: 216", "quota: 215")
    copy.replace("tiers.yaml", "quota: 600", "quota: 601")
    unknown = copy.replace("tiers.yaml", "reading: P079", "reading: P997")
    plan, _ = parse_plan(copy.source())
    lists, findings = parse(copy.source())
    assert plan is not None

    told = [(quota.reading, quota.number, quota.row) for one in lists for quota in (one.total, *one.quotas)]
    said = {finding.line: finding.message for finding in check_quotas(plan, told)}

    assert findings == []
    assert "写的是 215，方案里 P048 是 216" in said[fewer]
    assert "没有编号为“P997”的读数" in said[unknown]
