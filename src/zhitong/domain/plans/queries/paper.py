"""What can be seen of plans: the plan of a region, tasks with their units and targets, and who leads what.

Plans are public to everyone who is signed in, so no row is hidden; every query takes the viewer all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Gate, Indicator, IndicatorLink, Plan, Target, Task, TaskUnit
from zhitong.domain.plans.rules import (
    Comparator,
    Goal,
    IndicatorClass,
    IndicatorKind,
    PlanKind,
    Relation,
    Role,
    TaskKind,
    goal_in_words,
)


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan's head, with how many tasks of each kind it has."""

    id: UUID
    campaign: str
    version: int
    region_id: UUID
    region_name: str
    document: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued_on: date | None
    tasks_by_kind: Mapping[TaskKind, int]


@dataclass(frozen=True, slots=True)
class UnitInTask:
    """A unit in a task as the paper prints it; `unit_id` is None for a collective."""

    unit_id: UUID | None
    as_printed: str
    role: Role
    part: str


@dataclass(frozen=True, slots=True)
class ClauseView:
    """The words a thing comes from."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TargetView:
    """An indicator with its target: `goal` as an official writes it, and the second value striven for."""

    indicator_id: UUID
    code: str
    name: str
    reading_class: IndicatorClass
    kind: IndicatorKind
    scope: str
    goal: str
    comparator: Comparator
    value: Decimal
    upper: Decimal | None
    measure: str
    deadline: date | None
    aspiration: str
    modality: str
    is_damaged: bool
    part_of: tuple[str, ...]
    clause: ClauseView


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with its units and targets."""

    id: UUID
    campaign: str
    region_id: UUID
    number: str
    kind: TaskKind
    section: str
    title: str
    content: str
    is_damaged: bool
    clause: ClauseView
    parent_id: UUID | None
    parent_campaign: str
    parent_title: str
    parent_number: str
    local_tasks: int
    units: tuple[UnitInTask, ...]
    targets: tuple[TargetView, ...]


@dataclass(frozen=True, slots=True)
class GateView:
    """A day of the campaign's calendar."""

    code: str
    name: str
    on: date
    printed: str
    share: Decimal | None


def plan_of(viewer: Viewer, campaign: str, region_id: UUID) -> PlanView | None:
    """The newest version of a region's plan in a campaign (two queries); None where the region has none."""
    row = (
        Plan.objects.filter(campaign=campaign, region_id=region_id)
        .order_by("-version").select_related("region").first()
    )
    return _plan_views([row])[0] if row else None


def plans_seen(viewer: Viewer) -> list[PlanView]:
    """The newest version of every plan, the province's first (two queries); lists beside the plans are not among them."""
    newest: dict[str, Plan] = {}
    papers = Plan.objects.filter(kind=PlanKind.PAPER.value)
    for row in papers.select_related("region").order_by("region__position", "campaign", "version"):
        newest[row.campaign] = row
    return _plan_views(list(newest.values()))


def _plan_views(rows: Sequence[Plan]) -> list[PlanView]:
    grouped = Task.objects.filter(plan__in=[row.id for row in rows]).values_list("plan_id", "kind")
    counts = {(plan_id, kind): number for plan_id, kind, number in grouped.annotate(Count("id")).order_by()}
    return [
        PlanView(
            row.id, row.campaign, row.version, row.region_id, row.region.name, row.document, row.title, row.number,
            tuple(row.issuers), row.issued_on, {kind: counts.get((row.id, kind.value), 0) for kind in TaskKind},
        )
        for row in rows
    ]


def tasks_of(viewer: Viewer, plan_id: UUID) -> list[TaskView]:
    """Every task of a plan in its order, with units and targets (four queries)."""
    return _task_views(Task.objects.filter(plan_id=plan_id))


def task_seen(viewer: Viewer, task_id: UUID) -> TaskView | None:
    """One task with its units and targets (four queries)."""
    return next(iter(_task_views(Task.objects.filter(id=task_id))), None)


def tasks_named(viewer: Viewer, task_ids: Collection[UUID]) -> list[TaskView]:
    """The tasks of plans in force that are named, with units and targets, in the order of the paper (four queries)."""
    return _task_views(Task.objects.filter(id__in=task_ids, plan__in=_in_force())) if task_ids else []


def task_numbered(viewer: Viewer, campaign: str, number: str) -> TaskView | None:
    """The task with a number in the newest version of a campaign's plan (four queries)."""
    in_force = Task.objects.filter(plan__campaign=campaign, number=number, plan__in=_in_force())
    return next(iter(_task_views(in_force)), None)


def tasks_of_unit(viewer: Viewer, unit_id: UUID, roles: Collection[Role] = (Role.LEAD,)) -> list[TaskView]:
    """The tasks of plans in force in which a unit has one of these roles (four queries)."""
    words = [role.value for role in roles]
    mine = TaskUnit.objects.filter(unit_id=unit_id, role__in=words).values("task_id")
    return _task_views(Task.objects.filter(id__in=mine, plan__in=_in_force()))


def local_tasks_under(viewer: Viewer, task_id: UUID) -> list[TaskView]:
    """The tasks of lower plans in force that carry out this one (four queries)."""
    return _task_views(Task.objects.filter(parent_id=task_id, plan__in=_in_force()))


def objectives_of(viewer: Viewer, plan_id: UUID) -> list[TargetView]:
    """What the plan asks outside its tasks and does not state again in one (two queries)."""
    restated = IndicatorLink.objects.filter(relation=Relation.RESTATED_BY.value).values("indicator_id")
    kept = Indicator.objects.filter(plan_id=plan_id, task__isnull=True).exclude(id__in=restated)
    return [view for views in _targets_by_task(kept).values() for view in views]


def gates_of(viewer: Viewer, campaign: str) -> list[GateView]:
    """The campaign's calendar by day (one query)."""
    rows = Gate.objects.filter(campaign=campaign).order_by("on", "code")
    return [GateView(row.code, row.name, row.on, row.printed, row.share) for row in rows]


def _in_force() -> QuerySet[Plan, UUID]:
    """The newest version of every plan."""
    return Plan.objects.order_by("campaign", "-version").distinct("campaign").values_list("id", flat=True)


def _task_views(kept: QuerySet[Task]) -> list[TaskView]:
    local = Count("carried_out_by", filter=Q(carried_out_by__plan__in=_in_force()))
    rows = list(
        kept.select_related("plan", "parent__plan").annotate(local_tasks=local)
        .order_by("plan__campaign", "-plan__version", "position")
    )
    units: dict[UUID, list[UnitInTask]] = defaultdict(list)
    for one in TaskUnit.objects.filter(task__in=[row.id for row in rows]).order_by("task_id", "position"):
        units[one.task_id].append(UnitInTask(one.unit_id, one.as_printed, Role(one.role), one.part))
    targets = _targets_by_task(Indicator.objects.filter(task__in=[row.id for row in rows]))
    return [
        TaskView(
            row.id, row.plan.campaign, row.plan.region_id, row.number, TaskKind(row.kind), row.section, row.title,
            row.content, row.is_damaged, ClauseView(row.document, row.clause_start, row.clause_end, row.content), row.parent_id,
            row.parent.plan.campaign if row.parent else "", row.parent.title if row.parent else "",
            row.parent.number if row.parent else "",
            row.local_tasks, tuple(units[row.id]), tuple(targets[row.id]),
        )
        for row in rows
    ]


def _targets_by_task(kept: QuerySet[Indicator]) -> Mapping[UUID | None, list[TargetView]]:
    parts: dict[UUID, list[str]] = defaultdict(list)
    links = IndicatorLink.objects.filter(indicator__in=kept, relation=Relation.PART_OF.value)
    for indicator_id, code in links.order_by("other__code").values_list("indicator_id", "other__code"):
        parts[indicator_id].append(code)
    views: dict[UUID | None, list[TargetView]] = defaultdict(list)
    own = Target.objects.filter(indicator__in=kept, region_id=F("indicator__plan__region_id"))
    for row in own.select_related("indicator").order_by("indicator__position"):
        views[row.indicator.task_id].append(_target_view(row, parts[row.indicator_id]))
    return views


def _target_view(row: Target, part_of: Iterable[str]) -> TargetView:
    one = row.indicator
    comparator = Comparator(row.comparator)
    more = row.aspiration_value
    return TargetView(
        one.id, one.code, one.name, IndicatorClass(one.reading_class), IndicatorKind(one.kind), one.scope,
        goal_in_words(Goal(comparator, row.value, row.upper, one.measure)), comparator, row.value, row.upper,
        one.measure, row.deadline,
        "" if more is None else goal_in_words(Goal(comparator, more, None, one.measure)),
        one.modality, one.is_damaged, tuple(part_of),
        ClauseView(row.document, row.clause_start, row.clause_end, one.text),
    )
