"""The timetable that a paper prints becomes milestones of its tasks in its own region; loading it again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from zhitong.domain.plans.models import Milestone, MilestoneLink, Postponement
from zhitong.domain.plans.package import PlanRecord
from zhitong.domain.plans.package.records import MilestoneRecord
from zhitong.kit.keeping import Loaded, keep


def load_timetable(record: PlanRecord, region_id: UUID, tasks: Mapping[str, UUID]) -> Loaded:
    """Write the printed milestones. One that was begun, done, put off or dropped keeps its days; one that is printed no
    longer goes, unless somebody has worked on it. Milestones written by hand are not touched."""
    wanted = {
        (tasks[number], region_id, one.code): _values(place, one)
        for place, one in enumerate(record.timetable, 1) for number in one.tasks
    }
    put_off = Exists(Postponement.objects.filter(milestone_id=OuterRef("id")))
    kept = Milestone.objects.filter(task_id__in=tasks.values(), region_id=region_id).exclude(code="").annotate(is_put_off=put_off)
    touched = {
        (row.task_id, row.region_id, row.code): row
        for row in kept if row.is_put_off or row.begun_on or row.done_on or row.dropped_reason
    }
    left_alone = [row.id for key, row in touched.items() if key not in wanted]
    rows = Milestone.objects.filter(task_id__in=tasks.values(), region_id=region_id).exclude(code="").exclude(id__in=left_alone)
    for key in wanted.keys() & touched.keys():
        wanted[key] = {**wanted[key], **{name: getattr(touched[key], name) for name in ("begin_on", "due_on", "first_due_on")}}
    ids, counted = keep(rows, ("task_id", "region_id", "code"), wanted)
    links = {
        (ids[task_id, region, before], ids[task_id, region, one.code]): {"lag_days": one.lag_days}
        for one in record.timetable for number in one.tasks for before in one.after
        for task_id, region in [(tasks[number], region_id)] if (task_id, region, before) in ids
    }
    of_printed = MilestoneLink.objects.filter(before_id__in=ids.values(), after_id__in=ids.values())
    return counted + keep(of_printed, ("before_id", "after_id"), links)[1]


def _values(place: int, one: MilestoneRecord) -> dict[str, Any]:
    return {
        "position": place, "name": one.name, "printed": one.printed, "begin_on": one.begin_on, "due_on": one.due_on,
        "first_due_on": one.due_on, "weight": one.weight, "needs_evidence": one.needs_evidence,
        "document": one.clause.document, "clause_start": one.clause.start, "clause_end": one.clause.end,
    }
