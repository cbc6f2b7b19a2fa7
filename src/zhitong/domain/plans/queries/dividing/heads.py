"""A target that is divided: what it asks, whose it is, and who may divide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.plans.models import IndicatorLink, Plan, Target, TaskUnit
from zhitong.domain.plans.rules import (
    Aggregation,
    Comparator,
    Direction,
    Goal,
    IndicatorKind,
    Relation,
    Role,
    TargetForm,
    goal_in_words,
)
from zhitong.domain.plans.rules.dividing import DIVIDED_CLASSES, Divisible
from zhitong.kit.refusals import NotFound

OFFICIALS = (Reach.SUBTREE, Reach.LINE)
"""Who may know how a target was divided: the same reaches as in the second wall."""
LEADS = (Role.LEAD, Role.JOINT)


@dataclass(frozen=True, slots=True)
class TargetHead:
    """A target of a region with what dividing asks of it; `asks.value` is in base units of `asks.measure`."""

    id: UUID
    indicator_id: UUID
    region_id: UUID
    campaign: str
    task_id: UUID | None
    task_number: str
    task_title: str
    code: str
    name: str
    weighed_by: str
    deadline: date | None
    asks: Divisible
    lead_ids: frozenset[UUID]

    @property
    def goal(self) -> str:
        """The target as an official writes it."""
        return self.in_words(self.asks.value)

    def in_words(self, value: Decimal) -> str:
        """A region's value as an official writes it."""
        return goal_in_words(Goal(self.comparator, value, None, self.asks.measure))

    @property
    def comparator(self) -> Comparator:
        """How a share is held: of a range the lower end is divided, which each then reaches or passes."""
        return Comparator.AT_LEAST if self.asks.comparator is Comparator.RANGE else self.asks.comparator


def heads_of(targets: QuerySet[Target]) -> list[TargetHead]:
    """The heads of targets in the order of their plan (two queries)."""
    rows = list(targets.select_related("indicator__plan", "indicator__task").order_by("indicator__position", "region__position"))
    leads: dict[UUID, set[UUID]] = defaultdict(set)
    tasks = {row.indicator.task_id for row in rows if row.indicator.task_id}
    words = [role.value for role in LEADS]
    for task_id, unit_id in TaskUnit.objects.filter(task_id__in=tasks, role__in=words).values_list("task_id", "unit_id"):
        if unit_id:
            leads[task_id].add(unit_id)
    return [_head(row, leads) for row in rows]


def _head(row: Target, leads: dict[UUID, set[UUID]]) -> TargetHead:
    one, task = row.indicator, row.indicator.task
    asks = Divisible(
        IndicatorKind(one.kind), Aggregation(one.aggregation), Direction(one.direction), Comparator(row.comparator),
        one.measure, row.value, TargetForm(row.form), one.per, row.is_cancelled,
    )
    return TargetHead(
        row.id, one.id, row.region_id, one.plan.campaign, one.task_id, task.number if task else "",
        task.title if task else "", one.code, one.full_name, one.weight,
        row.deadline, asks, frozenset(leads.get(one.task_id, ()) if one.task_id else ()),
    )


def divided_targets(campaign: str, region_ids: Collection[UUID]) -> QuerySet[Target]:
    """The targets of regions that are divided at all: those of tasks and objectives in force, each counted once."""
    in_force = Plan.objects.filter(campaign=campaign).order_by("-version").values("id")[:1]
    restated = IndicatorLink.objects.filter(relation=Relation.RESTATED_BY.value).values("indicator_id")
    return Target.objects.filter(
        region_id__in=region_ids, indicator__plan_id__in=in_force, is_cancelled=False,
        indicator__reading_class__in=[one.value for one in DIVIDED_CLASSES],
    ).exclude(indicator_id__in=restated)


def target_to_divide(viewer: Viewer, target_id: UUID) -> TargetHead:
    """A target whose division the viewer may see: of its own region or of one below it (two queries).

    Raises NotFound: there is none, or it is above the viewer or beside it.
    """
    found = next(iter(heads_of(Target.objects.filter(id=target_id))), None)
    if found is None or not sees_division(viewer, found.region_id):
        raise NotFound
    return found


def sees_division(viewer: Viewer, region_id: UUID) -> bool:
    """Whether a viewer may see how a region divides: officials of the region and of those above it."""
    if not first_wall_stands():
        return True
    return viewer.reach in OFFICIALS and viewer.region_id in {one.id for one in directory().path(region_id)}


def may_decide(viewer: Viewer, region_id: UUID) -> bool:
    """Whether a viewer's unit is the office that issues a region's divisions and answers for its shares."""
    office = directory().office(region_id)
    return viewer.may(Permission.DISPATCH) and office is not None and office.id == viewer.unit_id


def may_draft(viewer: Viewer, head: TargetHead) -> bool:
    """Whether a viewer may draw a division up: the office, or in the region the unit that leads the task there."""
    if may_decide(viewer, head.region_id):
        return True
    if not viewer.may(Permission.HANDLE) or viewer.region_id != head.region_id:
        return False
    units = directory().units
    lines = {line for lead in head.lead_ids if lead in units for line in units[lead].line_ids}
    return viewer.unit_id in head.lead_ids or not lines.isdisjoint(viewer.line_ids)


def regions_known(viewer: Viewer) -> Q:
    """The regions whose shares a viewer may see: below its own, and its own chain upwards; as the second wall has it."""
    if not first_wall_stands():
        return Q()
    if viewer.reach not in OFFICIALS:
        return Q(pk__in=[])
    below = RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id")
    return Q(region_id__in=below) | Q(region_id__in=[one.id for one in directory().path(viewer.region_id)])
