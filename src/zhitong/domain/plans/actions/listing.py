"""A region's own list beside the plan (自办清单): what a place takes on of itself becomes a task with its lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from zhitong.domain.plans.models import Plan, Task, TaskUnit
from zhitong.domain.plans.rules import PlanKind, Role, TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTask:
    """Something a region takes on beside the plan of a campaign."""

    campaign: str
    region_id: UUID
    region_code: str
    list_title: str
    title: str
    content: str
    lead_unit_id: UUID
    lead: str
    listed_on: date


def put_on_list(new: ListedTask) -> UUID:
    """Make a task of the region's list, and the list where there is none; returns the task's id.

    The list is a plan of its own beside the paper, so that loading the paper anew never takes a task away. For the acts of
    rooms above, which have asked who may; inside their transaction.
    """
    row, _is_new = Plan.objects.get_or_create(
        campaign=f"{new.campaign}-list-{new.region_code}"[:40], version=1, defaults={
            "kind": PlanKind.LIST.value, "region_id": new.region_id, "document": f"list-{new.region_code}",
            "title": new.list_title, "number": "", "issued_on": new.listed_on,
        },
    )
    place = (Task.objects.filter(plan=row).aggregate(last=Max("position"))["last"] or 0) + 1
    task = Task.objects.create(
        plan=row, number=str(place), position=place, kind=TaskKind.MICRO_ITEM.value, section="清单", title=new.title,
        content=new.content, document=row.document, clause_start=0, clause_end=len(new.content),
    )
    TaskUnit.objects.create(task=task, position=1, unit_id=new.lead_unit_id, role=Role.LEAD.value, as_printed=new.lead)
    return task.id
