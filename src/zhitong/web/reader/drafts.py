"""The draft of a plan as its side of the desk shows it: tasks with units and goals, each with its words in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.papers.queries.naming import NameView
from zhitong.domain.papers.rules.recording import day_of, is_counted
from zhitong.domain.plans.rules import Comparator, Goal, IndicatorClass, Role, goal_in_words
from zhitong.policy.shapes import Indicator, Plan, Responsible, Task
from zhitong.web.reader.marking import Anchors
from zhitong.web.shell.words import day_in_words


@dataclass(frozen=True)
class UnitLine:
    """A unit of a task: its role, as printed, and what is wrong with the name."""

    role: str
    name: str
    part: str
    note: str


@dataclass(frozen=True)
class GoalLine:
    """An indicator: what is to be reached, by when, and whether it becomes a target."""

    anchor: str
    name: str
    goal: str
    deadline: str
    scope: str
    note: str
    is_counted: bool
    change_url: str
    strike_url: str


@dataclass(frozen=True)
class TaskLine:
    """A task with its units and goals."""

    anchor: str
    number: str
    title: str
    place: str
    is_damaged: bool
    units: Sequence[UnitLine]
    goals: Sequence[GoalLine]
    change_url: str
    strike_url: str


def task_lines(paper_id: UUID, plan: Plan, anchors: Anchors, names: Sequence[NameView] = ()) -> list[TaskLine]:
    """The tasks in the order of the text."""
    known = {one.name: one for one in names}
    return [
        TaskLine(
            anchors.tasks[task.id], task.id, task.title, task.section_path, task.damaged,
            [_unit(one, known) for one in task.responsible],
            [goal_line(paper_id, one, anchors) for one in plan.indicators if one.task_id == task.id],
            _address(paper_id, "task", task.id), _address(paper_id, "strike_task", task.id),
        ) for task in plan.tasks
    ]


def loose_goals(paper_id: UUID, plan: Plan, anchors: Anchors) -> list[GoalLine]:
    """The indicators of the plan as a whole."""
    return [goal_line(paper_id, one, anchors) for one in plan.indicators if not one.task_id]


def goal_line(paper_id: UUID, one: Indicator, anchors: Anchors) -> GoalLine:
    """An indicator as an official writes it."""
    return GoalLine(
        anchors.indicators[one.id], one.name or one.text, goal_words(one), _deadline(one), one.scope or "", _note(one),
        is_counted(one), _address(paper_id, "indicator", one.id), _address(paper_id, "strike_indicator", one.id),
    )


def goal_words(one: Indicator) -> str:
    """The goal in words: ≥50万户, 1–2家; a number that the text lost is said to be so."""
    unit = one.unit or ""
    if one.values:
        return goal_in_words(Goal(Comparator.RANGE, one.values[0], one.values[-1], unit))
    if one.value is None:
        return _("数值缺损") if one.damaged else ""
    return goal_in_words(Goal(Comparator(one.comparator or Comparator.EQUAL.value), one.value, None, unit))


def units_in_words(task: Task) -> str:
    """牵头 科技局；配合 财政局、人社局."""
    by_role: dict[str, list[str]] = {}
    for one in task.responsible:
        by_role.setdefault(Role(one.role).label, []).append(one.name)
    return "；".join(f"{role} {'、'.join(names)}" for role, names in by_role.items())


def _unit(one: Responsible, known: Mapping[str, NameView]) -> UnitLine:
    name = known.get(one.name)
    note = ""
    if name is not None and name.unit_id is None:
        note = _("集体名称") if name.is_collective else _("按原文保留") if name.is_left else _("没有对上单位")
    return UnitLine(Role(one.role).label, one.name, one.part or "", note)


def _deadline(one: Indicator) -> str:
    day = day_of(one.deadline)
    return _("%s前") % day_in_words(day) if day else ""


def _note(one: Indicator) -> str:
    if one.restated_by:
        return _("在任务里重复表述")
    return "" if is_counted(one) or one.damaged else IndicatorClass(one.class_).label


def _address(paper_id: UUID, name: str, thing: str) -> str:
    return f"{reverse(f'reader:{name}', args=[paper_id])}?{urlencode({'of': thing})}"
