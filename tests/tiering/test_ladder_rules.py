"""Ladders: which rung a firm is ready for, why, and what the next one still asks (R-D4)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import packages
from zhitong.domain.tiering.package import LADDERS, parse
from zhitong.domain.tiering.rules.ladders import Climber, Ladder, kept_form, propose, read_ladder

WAN = Decimal(10_000)
GROWING = {"revenue_cny": {2016: 1500 * WAN, 2017: 2000 * WAN, 2018: 2500 * WAN}, "research_cny": {2018: 100 * WAN}}


@pytest.fixture(scope="module")
def ladders() -> dict[str, Ladder]:
    package, findings = parse(packages.shipped("hebei-2018"))
    assert findings == []
    return {one.code: one for one in package.ladders}


def climber(*marks: str, **figures: dict[int, Decimal]) -> Climber:
    return Climber(frozenset(marks), figures)


def test_the_four_works_of_the_plan_are_the_rungs(ladders: dict[str, Ladder]) -> None:
    assert [rung.name for rung in ladders["growth"].rungs] == ["苗圃", "雏鹰", "小巨人", "上市"]  # 三（一）5
    assert ladders["high_tech"].name == "高新技术企业后备库"


@pytest.mark.parametrize(
    ("one", "rung"),
    [
        (climber(), ""),
        (climber("provincial_recognition"), "seedling"),
        (climber("national_recognition", revenue_cny={2018: 500 * WAN}), "fledgling"),
        (climber("national_recognition", revenue_cny={2018: 499 * WAN}), ""),
        (climber(**GROWING), "little_giant"),
        (climber("listed"), "listed"),
    ],
)
def test_the_highest_rung_whose_asks_all_hold_is_proposed(ladders: dict[str, Ladder], one: Climber, rung: str) -> None:
    assert propose(one, ladders["growth"]).rung == rung


def test_a_proposal_says_why_and_what_is_lacking(ladders: dict[str, Ladder]) -> None:
    giant = propose(climber(**GROWING), ladders["growth"])
    seedling = propose(climber("provincial_recognition"), ladders["growth"])

    assert giant.words == (
        "年营业收入2000万元以上（现为2500万元）、研发投入占营业收入3%以上（现为4%）、"
        "近两年营业收入年均增长15%以上（现为29.1%），符合“小巨人”的条件。"
    )
    assert giant.lacking == "距“上市”还差：已在资本市场上市或挂牌。"
    assert seedling.lacking == "距“雏鹰”还差：已通过国家认定、年营业收入500万元以上（还没有数据）。"


def test_the_reserve_pool_is_left_on_recognition(ladders: dict[str, Ladder]) -> None:
    able = {"revenue_cny": {2018: 1000 * WAN}, "research_cny": {2018: 30 * WAN}}

    assert propose(climber(**able), ladders["high_tech"]).rung == "reserve"
    assert propose(climber("high_tech", **able), ladders["high_tech"]).rung == "recognised"
    assert propose(climber("high_tech", **able), ladders["high_tech"]).lacking == ""


def test_ladders_are_kept_and_read_again_without_loss(ladders: dict[str, Ladder]) -> None:
    assert [read_ladder(kept_form(one)) for one in ladders.values()] == list(ladders.values())


@pytest.mark.parametrize(
    ("words", "other", "said"),
    [
        ("mark: listed", "merk: listed", "不认识字段“merk”"),
        ("mark: listed}", "mark: listed, lacks: high_tech}", "只能写一个"),
        ("fact: revenue_cny, at_least: 5000000", "fact: revenue_cny", "要一起写"),
        ("kinds: [tech_sme]", "kinds: [project]", "不是企业"),
        ("code: listed", "code: seedling", "已经用过"),
    ],
)
def test_a_fault_is_found_at_its_line(tmp_path, words: str, other: str, said: str) -> None:  # type: ignore[no-untyped-def]
    copy = packages.Copy("hebei-2018", tmp_path)
    line = copy.replace(LADDERS, words, other)

    _package, findings = parse(copy.source())

    assert any(said in one.message and one.line == line for one in findings), findings


def test_faults_of_the_diagnosis_are_found(tmp_path) -> None:  # type: ignore[no-untyped-def]
    copy = packages.Copy("hebei-2018", tmp_path)
    line = copy.replace("diagnosis.yaml", "{measure: profit, below: 0}", "{measure: profit, below: 0, at_least: 3}")

    package, findings = parse(copy.source())

    assert [(one.line, "只能写一个" in one.message) for one in findings] == [(line, True)]
    assert package.diagnosis == ()
