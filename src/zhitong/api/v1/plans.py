"""Plans: each region's newest, its tasks with who leads and what is to be reached, its calendar of gates."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.words import Labelled, Named, Shape, labelled, named, unit_named
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.queries import (
    ClauseView,
    PlanView,
    TargetView,
    TaskView,
    gates_of,
    objectives_of,
    plans_seen,
    task_seen,
    tasks_of,
)
from zhitong.kit.refusals import NotFound

router = Router()


class TasksOfKind(Shape):
    """How many tasks of a kind a plan has."""

    kind: Labelled
    tasks: int


class Plan(Shape):
    """A plan's head."""

    id: UUID
    campaign: str
    version: int
    region: Named
    document: str
    title: str
    number: str
    issuers: list[str]
    issued_on: date | None
    tasks_by_kind: list[TasksOfKind]


class Plans(Shape):
    """The newest version of every plan."""

    rows: list[Plan]


class Clause(Shape):
    """The words a thing comes from: the document and the code points in it."""

    document: str
    start: int
    end: int
    text: str


class Target(Shape):
    """What is to be reached, as an official writes it and as a number in base units."""

    code: str
    name: str
    reading_class: Labelled
    kind: Labelled
    scope: str
    goal: str
    comparator: Labelled
    value: str
    upper: str | None
    measure: str
    deadline: date | None
    aspiration: str
    part_of: list[str]
    is_damaged: bool
    clause: Clause


class UnitInTask(Shape):
    """A unit in a task as the paper prints it; `unit` is empty for a collective."""

    unit: Named | None
    as_printed: str
    role: Labelled
    part: str


class Task(Shape):
    """A task with its units and targets."""

    id: UUID
    campaign: str
    number: str
    kind: Labelled
    section: str
    title: str
    parent_id: UUID | None
    parent_title: str
    local_tasks: int
    is_damaged: bool
    units: list[UnitInTask]
    targets: list[Target]
    clause: Clause


class Tasks(Shape):
    """The tasks of a plan in its order."""

    rows: list[Task]


class Gate(Shape):
    """A day of the campaign's calendar; `share` is what must be done by then."""

    code: str
    name: str
    on: date
    printed: str
    share: str | None


class PlanInFull(Plan):
    """A plan with what it asks outside its tasks, and its calendar."""

    objectives: list[Target]
    gates: list[Gate]


@reads(router, "/plans", answer=Plans, summary="工作方案：各地现行版本")
def all_plans(request: Request) -> Plans:
    """The newest version of every plan, the highest level first."""
    here = directory()
    return Plans(rows=[Plan(**_plan(one, here)) for one in plans_seen(request.viewer)])


@reads(router, "/plans/{plan_id}", answer=PlanInFull, summary="一个工作方案：总体目标和时间节点")
def one_plan(request: Request, plan_id: UUID) -> PlanInFull:
    """A plan's head with its objectives and gates."""
    plan = _found(request, plan_id)
    gates = [
        Gate(
            code=gate.code, name=gate.name, on=gate.on, printed=gate.printed,
            share=None if gate.share is None else str(gate.share),
        )
        for gate in gates_of(request.viewer, plan.campaign)
    ]
    objectives = [_target(one) for one in objectives_of(request.viewer, plan.id)]
    return PlanInFull(**_plan(plan, directory()), objectives=objectives, gates=gates)


@reads(router, "/plans/{plan_id}/tasks", answer=Tasks, summary="一个工作方案的全部任务：谁牵头，达到什么目标")
def tasks(request: Request, plan_id: UUID) -> Tasks:
    """Every task of a plan."""
    plan, here = _found(request, plan_id), directory()
    return Tasks(rows=[_task(one, here) for one in tasks_of(request.viewer, plan.id)])


@reads(router, "/tasks/{task_id}", answer=Task, summary="一项任务")
def one_task(request: Request, task_id: UUID) -> Task:
    """One task with its units and targets."""
    found = task_seen(request.viewer, task_id)
    if found is None:
        raise NotFound
    return _task(found, directory())


def _found(request: Request, plan_id: UUID) -> PlanView:
    found = next((one for one in plans_seen(request.viewer) if one.id == plan_id), None)
    if found is None:
        raise NotFound
    return found


def _plan(one: PlanView, here: Directory) -> dict[str, object]:
    return {
        "id": one.id, "campaign": one.campaign, "version": one.version, "region": named(here.regions[one.region_id]),
        "document": one.document, "title": one.title, "number": one.number, "issuers": list(one.issuers),
        "issued_on": one.issued_on,
        "tasks_by_kind": [TasksOfKind(kind=labelled(kind), tasks=count) for kind, count in one.tasks_by_kind.items()],
    }


def _task(one: TaskView, here: Directory) -> Task:
    return Task(
        id=one.id, campaign=one.campaign, number=one.number, kind=labelled(one.kind), section=one.section,
        title=one.title, parent_id=one.parent_id, parent_title=one.parent_title, local_tasks=one.local_tasks,
        is_damaged=one.is_damaged,
        units=[
            UnitInTask(unit=unit_named(unit.unit_id, here), as_printed=unit.as_printed, role=labelled(unit.role),
                       part=unit.part)
            for unit in one.units
        ],
        targets=[_target(target) for target in one.targets], clause=_clause(one.clause),
    )


def _target(one: TargetView) -> Target:
    return Target(
        code=one.code, name=one.name, reading_class=labelled(one.reading_class), kind=labelled(one.kind),
        scope=one.scope, goal=one.goal, comparator=labelled(one.comparator), value=str(one.value),
        upper=None if one.upper is None else str(one.upper), measure=one.measure, deadline=one.deadline,
        aspiration=one.aspiration, part_of=list(one.part_of), is_damaged=one.is_damaged, clause=_clause(one.clause),
    )


def _clause(one: ClauseView) -> Clause:
    return Clause(document=one.document, start=one.start, end=one.end, text=one.text)
