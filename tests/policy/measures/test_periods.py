"""What recurs and what is to be done within a span (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.measures.said import all_told, measured


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("每季度召开座谈会听取意见。", ["1 次/季度 = frequency period -"]),
        ("每月至少召开2次调度会。", ["2 次/月 >= frequency period -"]),
        ("每年开展不少于4次联合检查。", ["4 次/年 >= frequency period -"]),
        ("每半年通报一次进展。", ["1 次/半年 = frequency period -"]),
        (
            "实行月督查、季调度、年考核。",
            ["1 次/月 = frequency period -", "1 次/季 = frequency period -", "1 次/年 = frequency period -"],
        ),
        ("建立周调度、月通报机制。", ["1 次/周 = frequency period -", "1 次/月 = frequency period -"]),
        ("每月5日前报送进展。", ["1 次/月 = frequency period -"]),
        ("坚持一月一调度、一季一通报。", ["1 次/月 = frequency period -", "1 次/季 = frequency period -"]),
        ("按月通报完成情况。", ["1 次/月 = frequency period -"]),
        ("5个工作日内受理，15个工作日内办结。", ["5 工作日 <= deadline period -", "15 工作日 <= deadline period -"]),
        ("自印发之日起30日内制定细则。", ["30 日 <= deadline period -"]),
        ("接到诉求后24小时内派单。", ["24 小时 <= deadline period -"]),
        ("每年新增就业5万人。", ["50000 人 = increment target -"]),
        ("每年举办招聘活动200场。", ["200 场 = count target -"]),
    ],
)
def test_a_period_is_read_with_its_span(sentence: str, found: list[str]) -> None:
    assert all_told(sentence) == found


def test_a_frequency_is_named_after_its_deed() -> None:
    assert [one.name for one in measured("每季度召开座谈会，实行月督查。").indicators] == ["座谈会", "督查"]
