"""What stands now of what an amendment changes (the side “before” of its lines, in words of JSON), and what has been
changed for good: loading the plan again leaves it alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.plans.models import AmendedItem, Target, Task, TaskUnit
from zhitong.domain.plans.rules import AmendmentState, Changed
from zhitong.domain.plans.rules.amending import OF_TARGETS, ItemAsked

Stand = dict[str, Any]


def stands_of(items: Sequence[ItemAsked]) -> list[Stand | None]:
    """How each thing stands now, in order; None for one that is not kept (three queries)."""
    of_targets = {item.thing_id for item in items if item.changed in OF_TARGETS}
    of_tasks = {item.thing_id for item in items if item.changed not in OF_TARGETS}
    targets = Target.objects.in_bulk(of_targets)
    tasks = Task.objects.in_bulk(of_tasks)
    units = _units(of_tasks)
    return [
        _target(item.changed, targets.get(item.thing_id)) if item.changed in OF_TARGETS
        else _task(item.changed, tasks.get(item.thing_id), units) for item in items
    ]


def content_amended(plan_id: UUID) -> dict[str, Stand]:
    """The content of a plan's tasks that an approved amendment has set, by number (one query)."""
    tasks = _approved(Changed.CONTENT).values("task_id")
    return {
        number: {"content": content}
        for number, content in Task.objects.filter(plan_id=plan_id, id__in=tasks).values_list("number", "content")
    }


def units_amended(task_ids: Collection[UUID]) -> set[UUID]:
    """Those of these tasks whose units an approved amendment has set (one query)."""
    found = _approved(Changed.UNITS).filter(task__in=task_ids).values_list("task_id", flat=True)
    return {task_id for task_id in found if task_id}


def aspirations_amended(indicator_ids: Collection[UUID], region_id: UUID) -> dict[UUID, Stand]:
    """The values striven for in a region that an approved amendment has set, by indicator (one query)."""
    amended = _approved(Changed.ASPIRATION).values("target_id")
    rows = Target.objects.filter(indicator__in=indicator_ids, region_id=region_id, id__in=amended)
    return {
        indicator: {"aspiration_value": value} for indicator, value in rows.values_list("indicator_id", "aspiration_value")
    }


def _approved(changed: Changed) -> QuerySet[AmendedItem]:
    return AmendedItem.objects.filter(changed=changed.value, amendment__state=AmendmentState.APPROVED.value)


def _target(changed: Changed, row: Target | None) -> Stand | None:
    if row is None:
        return None
    match changed:
        case Changed.DEADLINE:
            return {"deadline": row.deadline.isoformat() if row.deadline else ""}
        case Changed.ASPIRATION:
            return {"value": "" if row.aspiration_value is None else plain(row.aspiration_value)}
        case _:
            return {
                "comparator": row.comparator, "value": plain(row.value),
                "upper": "" if row.upper is None else plain(row.upper),
            }


def _task(changed: Changed, row: Task | None, units: Mapping[UUID, list[Stand]]) -> Stand | None:
    if row is None:
        return None
    return {"content": row.content} if changed is Changed.CONTENT else {"units": units[row.id]}


def _units(task_ids: Collection[UUID]) -> Mapping[UUID, list[Stand]]:
    units: dict[UUID, list[Stand]] = defaultdict(list)
    for one in TaskUnit.objects.filter(task__in=task_ids).order_by("task_id", "position"):
        units[one.task_id].append({
            "unit": str(one.unit_id) if one.unit_id else "", "role": one.role, "part": one.part, "name": one.as_printed,
        })
    return units


def plain(number: Any) -> str:
    """A kept number as words: 520, 96.6."""
    return format(number.normalize(), "f") if number else "0"
