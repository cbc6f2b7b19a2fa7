"""Building a template part by part: each step gives a new definition and leaves the old one as it was."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.cards.forms import definition
from zhitong.domain.cards.rules import building
from zhitong.domain.cards.rules.building import NoSuchPart
from zhitong.domain.cards.rules.differences import differences
from zhitong.domain.cards.rules.kinds import Period
from zhitong.domain.cards.rules.soundness import faults
from zhitong.domain.cards.rules.templates import template_of

EMPTY = building.blank(code="visit", kind="industry", name="走访卡", period=Period.QUARTER, categories=[("land", "用地需求")])
SECTION = {"code": "s1", "title": "走访情况", "prefill": "never", "fields": []}
FIELD = {"code": "q1", "label": "走访日期", "type": "date", "required": True}


def codes(built: object, section: int = 0) -> list[str]:
    return [one["code"] for one in built["sections"][section]["fields"]]  # type: ignore[index]


def test_an_empty_template_takes_parts_until_it_makes_sense() -> None:
    assert [one.sentence for one in faults(EMPTY)] == ["还没有一个部分，请先加一个部分和它的栏目。"]

    built = building.with_part(EMPTY, building.next_place(EMPTY, "sections"), SECTION)
    built = building.with_part(built, building.next_place(built, "sections.0.fields"), FIELD)

    assert list(faults(built)) == []
    assert [one.code for one in template_of(built).fields()] == ["q1"]
    assert EMPTY["sections"] == []


def test_a_part_is_changed_moved_and_removed_in_place() -> None:
    before = deepcopy(definition())
    base = definition()

    renamed = building.with_part(base, "sections.1.fields.0", {**base["sections"][1]["fields"][0], "label": "营业收入"})
    down = building.moved(renamed, "sections.1.fields.0", 1)
    gone = building.without(down, "sections.1.fields.1")

    assert renamed["sections"][1]["fields"][0]["label"] == "营业收入"
    assert codes(down, 1)[:2] == ["profit", "revenue"]
    assert "revenue" not in codes(gone, 1)
    assert base == before


def test_a_field_at_the_edge_goes_over_into_the_next_section() -> None:
    up = building.moved(definition(), "sections.1.fields.0", -1)
    back = building.moved(up, f"sections.0.fields.{len(codes(up)) - 1}", 1)

    assert codes(up)[-1] == "revenue"
    assert back == definition()
    assert building.moved(definition(), "sections.0.fields.0", -1) == definition()


@pytest.mark.parametrize(
    "place", ["sections.9", "sections.0.fields.99", "checks.9", "problems", "sections.x", "code", "sections.0.fields.0.code"]
)
def test_what_is_not_there_is_refused(place: str) -> None:
    with pytest.raises(NoSuchPart):
        building.without(definition(), place)


def test_a_fresh_code_is_one_that_nothing_has() -> None:
    built = building.with_part(EMPTY, "sections.0", {**SECTION, "fields": [FIELD]})

    assert building.fresh_code(built, "q") == "q2"
    assert building.fresh_code(built, "s") == "s2"


def test_what_changed_between_versions_is_said_in_words() -> None:
    old = {key: part for key, part in definition().items() if key not in ("against_last", "sums", "among_peers")}
    new = deepcopy(old)
    new["sections"][1]["fields"][0] |= {"label": "营业收入", "least": "1"}
    new["sections"][1]["fields"][5]["options"] = [*new["sections"][1]["fields"][5]["options"][1:], {"code": "new", "label": "停产"}]
    new["sections"][1]["fields"][2]["required"] = True
    new["sections"].append({**SECTION, "fields": [FIELD], "lists": ["core"]})
    del new["sections"][0]["fields"][3]
    new["checks"] = new["checks"][1:]
    new["against_last"] = [{"fields": ["revenue"], "times": 10, "say": "请核对单位。"}]
    new["sums"] = [{"parts": ["profit"], "must": "<=", "whole": "revenue", "severity": "error", "say": "利润超过收入。"}]
    new["among_peers"] = [{"field": "revenue", "say": "与同类相差很大。"}]
    new["problems"]["most"] = 0

    said = differences(template_of(old), template_of(new))

    assert said == [
        "新增“走访情况”部分。", "删去“已通过国家认定”栏。", "“主营业务收入”栏：名称由“主营业务收入”改为“营业收入”。",
        "“主营业务收入”栏：最小值由“0”改为“1”。", "“从业人数”栏：改为必填。", "“盈亏情况”栏：增加选项“停产”。",
        "“盈亏情况”栏：去掉选项“盈利”。", "在“走访情况”部分新增“走访日期”栏（日期，必填）。",
        "删去核对：请核对单位。（请核对）", "新增核对：利润超过收入。（不能报送）", "新增核对：请核对单位。（请核对）",
        "新增核对：与同类相差很大。（请核对）", "最多反映问题数由“3”改为“0”。",
    ]
    assert differences(template_of(old), template_of(old)) == []
