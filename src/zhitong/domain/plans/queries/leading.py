"""Which unit leads a task in a region: the lead itself at its plan's level, below it whoever keeps the lead's line there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.models import TaskUnit
from zhitong.domain.plans.rules import Role

_LEADING = (Role.LEAD, Role.JOINT, Role.RESPONSIBLE)
"""In the order in which they lead: the rest only where the paper names no lead."""


def units_leading(task_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The units that the paper makes answer for tasks, in its order; one query."""
    by_role: dict[UUID, dict[Role, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    words = [role.value for role in _LEADING]
    rows = TaskUnit.objects.filter(task_id__in=list(task_ids), role__in=words, unit__isnull=False)
    for task_id, role, unit_id in rows.order_by("task_id", "position").values_list("task_id", "role", "unit_id"):
        if unit_id is not None:
            by_role[task_id][Role(role)].append(unit_id)
    return {
        task_id: tuple(next(units[role] for role in _LEADING if role in units)) for task_id, units in by_role.items()
    }


def leading_in(region_id: UUID, leads: Iterable[UUID], here: Directory | None = None) -> tuple[UUID, ...]:
    """Who leads in a region what these units lead: those of them that stand there; else the keepers of their lines; else
    the campaign office."""
    here = here or directory()
    standing = [unit for unit_id in leads if (unit := here.standing(unit_id))]
    own = [unit.id for unit in standing if unit.region_id == region_id]
    if own:
        return tuple(own)
    lines = [line_id for unit in standing for line_id in sorted(unit.line_ids, key=str)]
    keepers = [keeper.id for line_id in lines if (keeper := here.keeper(region_id, line_id))]
    office = here.office(region_id)
    return tuple(dict.fromkeys(keepers)) or ((office.id,) if office else ())
