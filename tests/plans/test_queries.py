"""What people see of plans: heads, tasks with units and targets, at a fixed number of queries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plans.conftest import region, unit
from tests.world import NOW
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans import queries
from zhitong.domain.plans.actions.loading import load
from zhitong.domain.plans.package import PlanRecord
from zhitong.domain.plans.rules import Role, TaskKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("from_the_province")]


def provincial(viewer: Viewer) -> queries.PlanView:
    plan = queries.plan_of(viewer, "hebei-2018", region("13").id)
    assert plan is not None
    return plan


def test_the_head_of_a_plan_counts_its_tasks_by_kind(viewer: Viewer) -> None:
    plan = provincial(viewer)

    assert (plan.number, plan.region_name, plan.version) == ("冀发〔2018〕7号", "河北省", 1)
    assert plan.tasks_by_kind[TaskKind.LIVELIHOOD_WORK] == 20
    assert plan.tasks_by_kind[TaskKind.SPECIAL_ACTION] == 6
    assert [one.campaign for one in queries.plans_seen(viewer)] == ["hebei-2018", "bohai-2018"]


def test_a_region_without_a_plan_has_none(viewer: Viewer) -> None:
    assert queries.plan_of(viewer, "hebei-2018", region("1309").id) is None


def test_tasks_come_in_order_with_units_and_targets_in_four_queries(viewer: Viewer) -> None:
    plan = provincial(viewer)

    with CaptureQueriesContext(connection) as asked:
        tasks = queries.tasks_of(viewer, plan.id)

    assert len(asked) == 4
    assert [task.number for task in tasks[:3]] == ["1", "2", "3"]
    roads = next(task for task in tasks if task.number == "24")
    built = next(target for target in roads.targets if target.code == "P116")
    assert (built.goal, built.aspiration, built.clause.text) == ("500公里", "580公里", "确保建成500公里")
    first = tasks[0]
    assert [target.goal for target in first.targets] == ["10%", "≥50万户"]
    assert [(unit.as_printed, unit.role) for unit in first.units] == [("省工商局", Role.LEAD)]


def test_a_unit_finds_the_tasks_it_leads_and_those_it_shares(viewer: Viewer) -> None:
    lead = queries.tasks_of_unit(viewer, unit("省科技厅").id)
    joint = queries.tasks_of_unit(viewer, unit("渤海新区科技局").id, (Role.JOINT,))

    assert [task.number for task in lead] == ["3", "5", "9"]
    assert [task.number for task in joint] == ["2", "3", "5", "9"]


def test_a_provincial_task_knows_the_local_ones_that_carry_it_out(viewer: Viewer) -> None:
    upper = next(task for task in queries.tasks_of(viewer, provincial(viewer).id) if task.number == "21")

    [local] = queries.local_tasks_under(viewer, upper.id)

    assert upper.local_tasks == 1
    assert (local.title, local.parent_title) == ("环卫市场化管理", "垃圾无害化处理工程")
    assert queries.task_seen(viewer, local.id) == local


def test_objectives_stated_again_in_a_task_are_not_shown_twice(viewer: Viewer) -> None:
    objectives = queries.objectives_of(viewer, provincial(viewer).id)

    assert [one.code for one in objectives] == ["P007", "P147"]


def test_gates_come_by_day(viewer: Viewer) -> None:
    gates = queries.gates_of(viewer, "hebei-2018")

    assert [gate.on.isoformat() for gate in gates] == sorted(gate.on.isoformat() for gate in gates)
    assert next(gate for gate in gates if gate.code == "october").share == 80


def test_an_amended_plan_takes_the_place_of_the_one_before(viewer: Viewer, written: list[PlanRecord]) -> None:
    load([replace(plan, version=2) for plan in written], now=NOW)

    plan = provincial(viewer)
    upper = next(task for task in queries.tasks_of(viewer, plan.id) if task.number == "21")
    led = queries.tasks_of_unit(viewer, unit("省科技厅").id)

    assert plan.version == 2
    assert [task.number for task in led] == ["3", "5", "9"]
    assert (upper.local_tasks, len(queries.local_tasks_under(viewer, upper.id))) == (1, 1)
    assert [one.version for one in queries.plans_seen(viewer)] == [2, 2]
