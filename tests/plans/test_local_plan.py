"""The local plan of 渤海新区 as shipped: its tasks point to their parents, its clauses are the words of its text."""

from __future__ import annotations

from collections import Counter

import pytest

from tests import packages, papers
from zhitong.domain.plans.package import PlanRecord, check, parse
from zhitong.domain.plans.rules import Comparator, TaskKind


@pytest.fixture(scope="module")
def plan() -> PlanRecord:
    record, findings = parse(packages.shipped("bohai-2018"))
    assert findings == []
    assert record is not None
    return record


def test_it_has_twenty_seven_tasks_and_six_special_actions(plan: PlanRecord) -> None:
    counts = Counter(task.kind is TaskKind.SPECIAL_ACTION for task in plan.tasks)

    assert counts == {False: 27, True: 6}


def test_every_clause_is_the_very_words_of_the_text(plan: PlanRecord) -> None:
    text = papers.seed("bohai-2018-168")

    for one in plan.indicators:
        assert text[one.clause.start : one.clause.end] == one.text, one.code
    for task in plan.tasks:
        words = text[task.clause.start : task.clause.end]
        assert task.title in words
        assert task.content in words
        for unit in task.units:
            assert unit.as_printed in words, (task.number, unit.as_printed)
    for gate in plan.gates:
        assert gate.printed in text[gate.clause.start : gate.clause.end]


def test_every_parent_is_a_task_of_the_provincial_plan(plan: PlanRecord) -> None:
    upper, _ = parse(packages.shipped("hebei-2018"))
    names = {unit.name for task in plan.tasks for unit in task.units}

    assert check(plan, unit_names=names, regions={"130973"}, upper={"hebei-2018": upper}.get) == []


def test_two_tasks_are_local_only_and_five_provincial_ones_have_no_local_task(plan: PlanRecord) -> None:
    local = [task.number for task in plan.tasks if not task.parent]
    taken = {task.parent.partition("#")[2] for task in plan.tasks}

    assert local == ["26", "27"]
    assert {str(number) for number in range(1, 31)} - taken == {"11", "14", "18", "26", "28"}


def test_what_the_text_lost_is_left_out_and_marked(plan: PlanRecord) -> None:
    damaged = {one.code: one for one in plan.indicators if one.is_damaged}

    assert {one.text: one.unit for one in damaged.values() if not one.unit} == {
        "认定高新技术企业8以上": "", "超10亿元的批发业企业4": "", "实施“百万燕赵工匠培养计划”220": "",
        "培训城镇登记失业人员100": "",
    }
    assert next(task.title for task in plan.tasks if task.number == "三（五）-3") == "快项目落地速度专项行动"


def test_a_range_keeps_both_ends(plan: PlanRecord) -> None:
    ranges = [(one.value, one.upper, one.unit) for one in plan.indicators if one.comparator is Comparator.RANGE]

    assert ranges == [(1, 2, "家"), (1, 2, "家")]
