"""How far timetables have come, for who judges by them: without a wall of their own, few queries whatever the number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhitong.domain.plans.models import Milestone
from zhitong.domain.plans.rules.timetable import Step, weighed_by

Place = tuple[UUID, UUID]
"""(task, region)"""


def steps_at(places: Iterable[Place]) -> Mapping[Place, Sequence[Step]]:
    """The timetables of tasks in regions; one without a timetable is left out (one query, none where none is asked)."""
    wanted = set(places)
    found: dict[Place, list[Step]] = defaultdict(list)
    if not wanted:
        return found
    rows = Milestone.objects.filter(
        task_id__in={task_id for task_id, _region in wanted}, region_id__in={region_id for _task, region_id in wanted}
    )
    for row in rows:
        if (row.task_id, row.region_id) in wanted:
            found[(row.task_id, row.region_id)].append(step_of(row))
    return found


def shares_by_task(task_ids: Iterable[UUID], day: date) -> dict[UUID, Decimal]:
    """How much of the timetables of tasks was done by a day wherever they are kept, 0 to 1; one query."""
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for row in Milestone.objects.filter(task_id__in=set(task_ids)):
        steps[row.task_id].append(step_of(row))
    found = {task_id: weighed_by(own, day).share_done for task_id, own in steps.items()}
    return {task_id: share for task_id, share in found.items() if share is not None}


def steps_open(task_id: UUID) -> list[str]:
    """The names of a task's milestones that are still to be done, by day; one query."""
    rows = Milestone.objects.filter(task_id=task_id, done_on__isnull=True, dropped_reason="")
    return list(rows.order_by("due_on").values_list("name", flat=True))


def step_of(row: Milestone) -> Step:
    """A row as the rules take it."""
    return Step(
        row.id, row.name, row.due_on, row.first_due_on, row.begin_on, row.begun_on, row.done_on, bool(row.dropped_reason),
        row.weight,
    )
