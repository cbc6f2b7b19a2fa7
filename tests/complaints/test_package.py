"""complaints.yaml: faults are named where they stand; the shipped one is whole (R-F13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packages import Copy
from zhitong.domain.campaigns.package import parse

RECEIVERS = "receivers: [inspection, party_inspection, government_inspection]"
LIMITS = "{acknowledge_workdays: 5, notify_workdays: 35}"


def findings_with(folder: Path, words: str, other: str) -> tuple[int, list[str]]:
    """The line where a fault was planted, and what the check of the whole package says."""
    copy = Copy("hebei-2018", folder)
    line = copy.replace("complaints.yaml", words, other)
    return line, [str(one) for one in parse(copy.folder)[1]]


@pytest.mark.parametrize(("words", "other", "said"), [
    (RECEIVERS, "receivers: [inspection, discipline]", "写的“discipline”在 units.yaml 里没有"),
    (RECEIVERS, "receivers: [inspection, party_inspection, development]", "不是督查机构或党群机构"),
    (RECEIVERS, "receivers: [inspection]", "最高一级至少要有两个受理机构"),
    (RECEIVERS, "receivers: [party_inspection, government_inspection]", "市级没有受理密封件的机构"),
    (LIMITS, "{acknowledge_workdays: 40, notify_workdays: 35}", "签收时限至少一个工作日，且不能长于告知时限"),
    (LIMITS, "{acknowledge_workdays: 0, notify_workdays: 35}", "签收时限至少一个工作日"),
    (LIMITS, "{acknowledge_workdays: 5}", "缺少“notify_workdays”"),
])
def test_a_fault_is_named_in_its_line(tmp_path: Path, words: str, other: str, said: str) -> None:
    line, findings = findings_with(tmp_path, words, other)

    assert any(one.startswith(f"complaints.yaml 第 {line} 行：") and said in one for one in findings), findings


def test_a_campaign_of_its_own_must_say_who_receives(tmp_path: Path) -> None:
    copy = Copy("hebei-2018", tmp_path)
    (copy.folder / "complaints.yaml").unlink()

    assert [str(one) for one in parse(copy.folder)[1]] == ["complaints.yaml 第 1 行：缺少这个文件，请补上。"]
