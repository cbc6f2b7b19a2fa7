"""The scorer counts what was found, missed and made up, and takes what the hand-made reading calls as good."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from zhitong.policy.scoring import Part, score

GOLD: dict[str, Any] = {
    "document": {"title": "实施意见", "number": "演发〔2018〕7号", "issuer": ["演示市人民政府"], "recipients": [], "year": 2018},
    "sections": [{"id": "一", "level": 1, "title": "任务", "start": 0}, {"id": "1", "level": 3, "title": "培育", "start": 10}],
    "tasks": [
        {"id": "1", "title": "培育", "start": 10, "end": 60, "responsible": [
            {"name": "市科技局", "role": "lead"}, {"name": "市财政局", "role": "support", "part": "经费"},
            {"name": "市交通局", "alias_of": "市交通运输局", "role": "support"},
        ]},
    ],
    "indicators": [
        {"id": "G1", "task_id": "1", "value": 50, "unit": "家", "comparator": "=", "comparator_accept": [">="], "kind": "count",
         "kind_alt": ["increment"], "class": "target", "scope": None, "deadline": "2018-03-10", "deadline_fuzzy": True,
         "deadline_month": "2018-03", "text": "3月上旬建成50家", "start": 20, "end": 30},
        {"id": "G2", "task_id": "1", "value": 6, "unit": "个", "comparator": "=", "kind": "count", "class": "structure",
         "scope": None, "deadline": None, "text": "6个行动", "start": 40, "end": 45, "optional": True},
        {"id": "G3", "task_id": "1", "values": [1, 2], "value": None, "unit": "家", "comparator": "range", "kind": "count",
         "class": "target", "scope": "市级", "deadline": None, "text": "1-2家", "start": 50, "end": 54, "restated_by": ["G1"]},
    ],
    "timeline": [{"what": "建成", "when": "2018-03", "text": "3月上旬建成50家", "start": 20}],
}  # fmt: skip


@pytest.fixture
def plan() -> dict[str, Any]:
    """A reading that agrees in everything."""
    return copy.deepcopy(GOLD)


def figures(part: Part) -> tuple[int, int, int]:
    return part.right, part.found, part.expected


def test_a_reading_that_agrees_has_no_miss(plan: dict[str, Any]) -> None:
    assert {part.name: part.f1 for part in score(plan, GOLD).parts} == dict.fromkeys(score(plan, GOLD).as_json(), 1.0)


def test_as_good_is_as_good(plan: dict[str, Any]) -> None:
    plan["tasks"][0]["responsible"][2] = {"name": "市交通运输局", "role": "support"}
    plan["indicators"][0] |= {"comparator": ">=", "kind": "increment", "deadline": "2018-03-31"}
    del plan["indicators"][1]

    assert {part.name for part in score(plan, GOLD).parts if part.f1 < 1} == set()


def test_units_are_missed_and_made_up_by_name(plan: dict[str, Any]) -> None:
    plan["tasks"][0]["responsible"][1:] = [{"name": "市财政局", "role": "lead"}, {"name": "市商务局", "role": "support"}]
    result = score(plan, GOLD)

    assert figures(result.part("units")) == (2, 3, 3)
    assert (result.part("units").missed, result.part("units").made_up) == (("1: 市交通局",), ("1: 市商务局",))
    assert figures(result.part("roles")) == (1, 3, 3)
    assert figures(result.part("parts of tasks")) == (0, 0, 1)


def test_a_duty_that_was_not_found_costs_its_units_too(plan: dict[str, Any]) -> None:
    plan["tasks"] = []
    result = score(plan, GOLD)

    assert figures(result.part("tasks")) == (0, 0, 1)
    assert figures(result.part("units")) == (0, 0, 3)
    assert result.part("units").f1 == 0


@pytest.mark.parametrize("change", [{"value": 51}, {"unit": "户"}, {"comparator": "<="}, {"start": 70, "end": 75}])
def test_value_unit_and_comparator_must_all_be_right(plan: dict[str, Any], change: dict[str, Any]) -> None:
    plan["indicators"][0] |= change

    assert figures(score(plan, GOLD).part("indicators")) == (1, 2, 2)


def test_a_deadline_made_up_and_one_missed_both_count(plan: dict[str, Any]) -> None:
    plan["indicators"][0]["deadline"] = None
    plan["indicators"][2]["deadline"] = "2018-12-31"

    assert figures(score(plan, GOLD).part("deadlines")) == (0, 1, 1)


def test_a_head_counts_field_by_field(plan: dict[str, Any]) -> None:
    plan["document"] |= {"title": "方案", "number": "演发[2018]7号"}

    assert score(plan, GOLD).part("document").missed == ("title: 实施意见",)
