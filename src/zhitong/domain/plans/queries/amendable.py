"""What an amendment of a region can be about: its targets in a plan, and the plan's tasks where it is its own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Target, Task
from zhitong.domain.plans.rules import Comparator, Goal, goal_in_words


@dataclass(frozen=True, slots=True)
class Amendable:
    """A target or a task by name, with the group it is offered under; of a target its measure and how it is compared."""

    id: UUID
    group: str
    name: str
    measure: str = ""
    comparator: Comparator = Comparator.EQUAL


def amendable_in(viewer: Viewer, plan_id: UUID, region_id: UUID) -> list[Amendable]:
    """Tasks of the plan where the region issued it, then its targets that stand, by task (two queries).

    Raises NotFound: the viewer is one of the served.
    """
    officials_only(viewer)
    tasks = Task.objects.filter(plan=plan_id, plan__region=region_id).order_by("position")
    found = [Amendable(row.id, "任务", f"{row.number} {row.title}") for row in tasks]
    kept = Target.objects.filter(indicator__plan=plan_id, region=region_id, is_cancelled=False)
    for row in kept.select_related("indicator__task").order_by("indicator__position"):
        one = row.indicator
        comparator = Comparator(row.comparator)
        goal = goal_in_words(Goal(comparator, row.value, row.upper, one.measure))
        group = f"目标：{one.task.number} {one.task.title}" if one.task else "目标：总体"
        found.append(Amendable(row.id, group, f"{one.full_name} {goal}", one.measure, comparator))
    return found
