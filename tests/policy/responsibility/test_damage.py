"""What damage leaves of a clause is read and marked; nothing is filled in that the paper does not print (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.responsibility.telling import read, told
from zhitong.policy.responsibility import HouseRules, clauses_in


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("建成3所。（责任单位：市教育局、市体育局\n\n2.下一项。", "市教育局 responsible; 市体育局 responsible"),
        ("建成3所。责任单位：市教育局、市体育局）\n\n2.下一项。", "市教育局 responsible; 市体育局 responsible"),
        ("建成3所。（市教育局牵头，市体育局配合\n2.下一项。", "市教育局 lead; 市体育局 support"),
        ("建成3所。市教育局牵头，市体育局配合）\n2.下一项。", "市教育局 lead; 市体育局 support"),
        ("帮扶19家(其中批发业4家，切实解决问题。责任单位:市教育局)", "市教育局 responsible"),
        ("（责任单位：市教育局】", "市教育局 responsible"),
        ("（责任单位：省财政厅省教育厅）", "省财政厅 responsible; 省教育厅 responsible"),
        ("（责任单位：东城新区财政局东城新区教育局）", "东城新区财政局 responsible; 东城新区教育局 responsible"),
        ("争取省级基地责任单位:市教育局)", "市教育局 responsible"),
    ],
)
def test_a_lost_bracket_or_mark_does_not_lose_the_units(text: str, units: str) -> None:
    assert told(text) == units


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("建成3所。（责任单位：市教育局\n下一项。", True),
        ("建成3所。责任单位：市教育局）", True),
        ("（责任单位：省财政厅省教育厅）", True),
        ("建成3所。责任单位：市教育局", False),
        ("（责任单位：市教育局】", False),
        ("（责任单位：市教育局）", False),
    ],
)
def test_only_what_is_lost_is_called_damaged(text: str, damaged: bool) -> None:
    assert [clause.is_damaged for clause in read(text)] == [damaged]


def test_a_lost_bracket_does_not_swallow_the_next_clause() -> None:
    text = "1.甲事。（责任单位：市教育局、市体育局\n2.乙事。（责任单位：市水利局）\n3.丙事。责任单位：市林业局）"

    assert [clause.text for clause in read(text)] == [
        "（责任单位：市教育局、市体育局",
        "（责任单位：市水利局）",
        "责任单位：市林业局）",
    ]


def test_a_name_that_lost_its_last_character_is_whole_where_the_paper_prints_it_whole() -> None:
    text = "1.甲事。（责任单位：东城新区行政审批、财政局）\n2.乙事。（责任单位：东城新区行政审批局）"
    damaged, whole = read(text)

    assert damaged.is_damaged
    assert not whole.is_damaged
    assert [(one.name, one.printed) for one in damaged.responsible] == [
        ("东城新区行政审批局", "东城新区行政审批"),
        ("东城新区财政局", "财政局"),
    ]


def test_a_name_that_lost_its_last_character_stays_as_printed_where_nothing_tells_it() -> None:
    assert told("（责任单位：东城新区行政审批）") == "东城新区行政审批 responsible"


@pytest.mark.parametrize(
    "odd",
    [
        "(",
        ")",
        "（责任单位：",
        "责任单位：",
        "牵头",
        "“",
        "由",
        "、",
        "市教育局",
        "（市教育局、",
        "\n",
        "按职责分工",
        "分别由",
        "其中",
        "第一",
    ],
)
def test_hostile_text_is_read_in_time(odd: str) -> None:
    text = odd * (20_000 // len(odd))

    assert clauses_in(text, 0, len(text), rules=HouseRules()) is not None
