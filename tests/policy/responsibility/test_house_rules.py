"""What a paper says once of precedence holds in all its clauses (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.responsibility.telling import told
from zhitong.policy.responsibility import house_rules

LATER = "\n2.乙事。（责任单位：市水利局、市财政局）"


@pytest.mark.parametrize(
    "clause",
    [
        "（责任单位：市教育局、市财政局。列第一位者为牵头单位，下同）",
        "（责任单位：市教育局、市财政局，第一责任单位为牵头单位,下同）",
        "（责任单位：市教育局、市财政局；排在首位的为牵头单位，下同）",
        "（市教育局、市财政局等负责。列第一位者为牵头单位，下同）",
        "（市教育局、市财政局负责，排在第一位的部门为牵头部门，下同）",
        "（责任单位：市教育局、市财政局）（注：列首位的责任单位为牵头单位）",
        "（责任单位：市教育局、市财政局）\n本方案责任分工中，列第一位的责任单位为牵头单位或汇总单位。",
    ],
)
def test_the_first_leads_in_every_clause_that_names_no_lead(clause: str) -> None:
    assert told("1.甲事。" + clause + LATER) == (
        "市教育局 lead; 市财政局 responsible; 市水利局 lead; 市财政局 responsible"
    )


def test_the_others_are_what_the_rule_says() -> None:
    text = "列第一位的单位为牵头单位，其他单位为配合单位。\n1.甲事。（责任单位：市教育局、市财政局）"

    assert told(text) == "市教育局 lead; 市财政局 support"


@pytest.mark.parametrize("sign", ["★", "*"])
def test_a_sign_beside_a_name_marks_who_leads(sign: str) -> None:
    text = f"带{sign}的为牵头单位。\n1.甲事。（责任单位：市财政局、{sign}市教育局）\n2.乙事。（责任单位：市水利局{sign}、市林业局）"

    assert told(text) == "市财政局 responsible; 市教育局 lead; 市水利局 lead; 市林业局 responsible"


@pytest.mark.parametrize(
    ("clause", "units"),
    [
        ("（市水利局牵头，市财政局配合）", "市水利局 lead; 市财政局 support"),
        ("（市财政局、市水利局牵头）", "市财政局 lead; 市水利局 lead"),
        ("（市水利局、市财政局按职责分工负责）", "市水利局 responsible; 市财政局 responsible"),
        ("（配合单位：市水利局、市财政局）", "市水利局 support; 市财政局 support"),
        ("（河道由市水利局负责，资金由市财政局负责）", "市水利局 responsible {河道}; 市财政局 responsible {资金}"),
    ],
)
def test_a_clause_that_says_it_itself_is_left_alone(clause: str, units: str) -> None:
    assert told("列第一位者为牵头单位。\n1.甲事。" + clause) == units


def test_a_paper_without_a_rule_has_none() -> None:
    rules = house_rules("1.甲事。（责任单位：市教育局、市财政局）第一位创业者为示范。")

    assert (rules.is_first_lead, rules.lead_mark, rules.stated) == (False, None, None)
    assert rules.names == {"市教育局", "市财政局"}


@pytest.mark.parametrize(
    "stated",
    [
        "具体任务均涉及相关市（州）人民政府，不再做分工，下同", "以下任务涉及各县区的，不再列出",
        "以下各项工作均需各县、区人民政府（管委会）落实，不再列出。",
    ],
)
def test_what_is_asked_of_all_places_once_is_no_unit_of_the_clause(stated: str) -> None:
    assert told(f"（省教育厅负责。{stated}）") == "省教育厅 responsible"
