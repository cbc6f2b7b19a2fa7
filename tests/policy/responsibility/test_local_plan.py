"""The local plan, whose text lost brackets and characters: every clause was read by eye, and these facts hold (R-C6)."""

from __future__ import annotations

import re

import pytest

from tests.papers import seed
from tests.policy.responsibility.telling import read, said
from zhitong.policy.responsibility import Clause, clauses_in, house_rules

ZONES = {"中捷产业园区管委会", "南大港产业园区管委会", "临港经济技术开发区管委会"}


@pytest.fixture(scope="module")
def clauses() -> tuple[Clause, ...]:
    return read(seed("bohai-2018-168"))


def named(clauses: tuple[Clause, ...], before: str) -> str:
    """The units of the clause behind these words."""
    place = seed("bohai-2018-168").index(before) + len(before)
    clause = next(one for one in clauses if one.start >= place)
    return "; ".join(said(one) for one in clause.responsible)


def test_twenty_seven_tasks_and_six_special_actions_have_one_clause_each(clauses: tuple[Clause, ...]) -> None:
    assert len(clauses) == 27 + 6 == seed("bohai-2018-168").count("责任单位:")


def test_clauses_that_lost_a_bracket_are_damaged_and_no_others(clauses: tuple[Clause, ...]) -> None:
    whole = [clause for clause in clauses if re.fullmatch(r"\(.*\)", clause.text)]

    assert [clause for clause in clauses if not clause.is_damaged] == whole
    assert len(whole) == 22


def test_every_name_is_whole_and_of_the_zone(clauses: tuple[Clause, ...]) -> None:
    names = {one.name for clause in clauses for one in clause.responsible}
    own = {name for name in names if name.startswith("渤海新区")}

    assert names - own == ZONES | {"新村乡政府", "沧州港务集团", "河北渤海投资集团", "区属相关职能部门"}
    assert all(name.endswith(("局", "办", "部", "公安分局")) for name in own)
    assert {one.name for clause in clauses for one in clause.responsible if one.is_collective} == {"区属相关职能部门"}


def test_only_two_tasks_say_who_leads(clauses: tuple[Clause, ...]) -> None:
    leading = [[one.name for one in clause.responsible if one.role == "lead"] for clause in clauses]
    supported = [
        {one.role for one in clause.responsible}
        for clause in clauses
        if any(one.role == "support" for one in clause.responsible)
    ]

    assert [names for names in leading if names] == [["渤海新区经发局"], ["渤海新区城管局"]]
    assert supported == [{"lead", "support"}] * 2


def test_names_run_together_are_two_and_the_lost_character_is_known_from_elsewhere(clauses: tuple[Clause, ...]) -> None:
    assert named(clauses, "1.市场主体培育。") == (
        "渤海新区行政审批局 responsible [渤海新区行政审批]; 渤海新区工商管理局 responsible"
    )


def test_a_bracket_lost_in_the_body_does_not_swallow_the_clause(clauses: tuple[Clause, ...]) -> None:
    assert named(clauses, "8.精准服务重点服务业企业。") == (
        "中捷产业园区管委会 responsible [中捷产业园区]; 南大港产业园区管委会 responsible [南大港产业园区]; "
        "临港经济技术开发区管委会 responsible; 渤海新区经发局 responsible"
    )


def test_what_the_list_shares_is_put_back(clauses: tuple[Clause, ...]) -> None:
    assert named(clauses, "23.公园绿地建设工程。") == (
        "河北渤海投资集团 responsible; 渤海新区文旅办 responsible; 渤海新区社会事务局 responsible [社会事务局]; "
        "渤海新区城管局 responsible [城管局]; 渤海新区城市规划建设局 responsible [城市规划建设局]"
    )


def test_mechanisms_are_read_from_their_sentences() -> None:
    text = seed("bohai-2018-168")
    start = text.index("(四)开展专项整治")
    found = clauses_in(text, start, text.index("(七)健全服企为民长效制度"), rules=house_rules(text))

    assert [said(one) for clause in found for one in clause.responsible] == [
        "各专项活动牵头单位 responsible {全面排查相关领域存在的不利于企业发展、不便于项目建设、不方便人民群众的突出问题} *",
        "新区 responsible {推动属地范围内的帮扶企业和项目单位填报“企业综合情况及问题反馈卡”}",
        "新区“双创双服”活动领导小组办公室 lead",
        "新区重点工作大督查办公室 support",
        "新区督查室 support",
    ]
    assert all(clause.is_prose for clause in found)
