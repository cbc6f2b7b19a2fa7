"""The provincial plan as shipped says exactly what the careful reading of its text says."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from tests import packages, papers
from zhitong.domain.plans.package import IndicatorRecord, PlanRecord, parse
from zhitong.domain.plans.rules import IndicatorClass, Role, TaskKind


@pytest.fixture(scope="module")
def plan() -> PlanRecord:
    record, findings = parse(packages.shipped("hebei-2018"))
    assert findings == []
    assert record is not None
    return record


def readings_of(gold: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in gold["indicators"] if one["class"] in ("target", "coverage")}


def test_it_has_thirty_tasks_and_six_special_actions(plan: PlanRecord) -> None:
    counts = Counter(task.kind for task in plan.tasks)

    assert counts == {
        TaskKind.PLATFORM_CULTIVATION: 6, TaskKind.ENTERPRISE_SERVICE: 3, TaskKind.PROJECT_SERVICE: 1,
        TaskKind.LIVELIHOOD_WORK: 20, TaskKind.SPECIAL_ACTION: 6,
    }
    assert [task.number for task in plan.tasks[:30]] == [str(number) for number in range(1, 31)]


def test_every_target_and_coverage_of_the_reading_is_there_and_nothing_else(plan: PlanRecord) -> None:
    wanted = readings_of(papers.gold())

    have = {one.code for one in plan.indicators} | {one.aspiration.code for one in plan.indicators if one.aspiration}

    assert have == set(wanted)


def test_values_units_comparators_and_clauses_are_those_of_the_reading(plan: PlanRecord) -> None:
    wanted = readings_of(papers.gold())

    for one in plan.indicators:
        told = wanted[one.code]
        assert (one.value, one.unit, one.comparator.value) == (
            Decimal(str(told["value"])), told["unit"], told["comparator"]
        ), one.code
        assert (one.clause.start, one.clause.end, one.text) == (told["start"], told["end"], told["text"]), one.code
        assert (one.kind.value, one.klass.value) == (told["kind"], told["class"]), one.code
        assert (one.scope or None, one.deadline and one.deadline.isoformat()) == (told["scope"], told["deadline"])
        assert list(one.restated_by) == told.get("restated_by", []), one.code
        assert one.task == (told["task_id"] if plan_has(plan, told["task_id"]) else ""), one.code


def plan_has(plan: PlanRecord, number: str) -> bool:
    return any(task.number == number for task in plan.tasks)


def test_the_second_value_striven_for_stands_beside_the_promised_one(plan: PlanRecord) -> None:
    told = readings_of(papers.gold())["P117"]

    [promised] = [one for one in plan.indicators if one.aspiration]

    assert promised.aspiration is not None
    assert (promised.value, promised.aspiration.value, promised.unit) == (500, 580, "公里")
    assert (promised.aspiration.clause.start, promised.aspiration.clause.end) == (told["start"], told["end"])


def test_every_clause_is_the_very_words_of_the_text(plan: PlanRecord) -> None:
    text = papers.seed("hebei-2018-7")

    for one in plan.indicators:
        assert text[one.clause.start : one.clause.end] == one.text
    for task in plan.tasks:
        assert task.content in text[task.clause.start : task.clause.end]
        assert task.title in text[task.clause.start : task.clause.end]


def test_titles_sections_and_clauses_of_tasks_are_those_of_the_reading(plan: PlanRecord) -> None:
    wanted = {one["id"]: one for one in papers.gold()["tasks"] if one["kind"] in ("numbered", "special_action")}

    assert [task.number for task in plan.tasks] == list(wanted)
    for task in plan.tasks:
        told = wanted[task.number]
        assert (task.title, task.clause.start, task.clause.end) == (told["title"], told["start"], told["end"])
        assert told["section_path"].replace("/", "").startswith(task.section)


def test_units_and_roles_are_those_of_the_reading(plan: PlanRecord) -> None:
    wanted = {one["id"]: one["responsible"] for one in papers.gold()["tasks"]}

    for task in plan.tasks:
        told = [(one.get("alias_of") or one["name"], one["role"], one.get("part", "")) for one in wanted[task.number]]
        have = [(one.name, "responsible" if one.role is Role.JOINT else one.role.value, one.part) for one in task.units]
        assert have == told, task.number
        assert [one.is_collective for one in task.units] == [bool(one.get("collective")) for one in wanted[task.number]]


def test_the_parts_of_the_toilets_go_to_their_departments(plan: PlanRecord) -> None:
    [toilets] = [task for task in plan.tasks if task.number == "23"]

    parts = {unit.part: unit.as_printed for unit in toilets.units if unit.role is Role.RESPONSIBLE}

    assert [unit.name for unit in toilets.units if unit.role is Role.LEAD] == ["省住房城乡建设厅"]
    assert parts["交通沿线厕所建设"] == "省交通厅"
    assert set(parts) == {"城区厕所建设", "农村厕所改造", "交通沿线厕所建设", "旅游厕所建设"}


@pytest.mark.parametrize(
    ("whole", "value"),
    [("P046", 6563), ("P054", 2050), ("P055", 106), ("P062", 587), ("P069", 1357), ("P076", 2000), ("P026", 3550)],
)
def test_parts_add_up_to_the_whole(plan: PlanRecord, whole: str, value: int) -> None:
    parts = [one.value for one in plan.indicators if one.part_of == (whole,)]

    assert sum(parts) == value == by_code(plan, whole).value


def by_code(plan: PlanRecord, code: str) -> IndicatorRecord:
    return next(one for one in plan.indicators if one.code == code)


def test_what_part_two_states_again_is_counted_once(plan: PlanRecord) -> None:
    counted = [one for one in plan.indicators if not one.restated_by and one.klass is IndicatorClass.TARGET]

    assert len([one for one in counted if one.name == "市场主体总量增长"]) == 1


def test_gates_stand_on_the_dates_of_the_text(plan: PlanRecord) -> None:
    dated = {
        one["start"]: one["deadline"] for one in papers.gold()["indicators"]
        if one["kind"] == "deadline" or one["id"] == "P007"
    }

    assert {gate.clause.start: gate.on.isoformat() for gate in plan.gates} == dated
    assert {gate.code: gate.share for gate in plan.gates if gate.share} == {"october": 80}
