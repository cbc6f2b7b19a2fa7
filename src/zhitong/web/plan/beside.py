"""What stands beside a task's progress in a region: the problems on its line that are still open, and its timetable."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import TaskView
from zhitong.domain.plans.queries.timetables import milestones_of
from zhitong.domain.plans.rules import Role
from zhitong.domain.problems.queries.lists import Filters, problems_for
from zhitong.domain.problems.rules.kinds import OPEN_STATES
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.kit import clock
from zhitong.web.problems.showing import address_of

SHOWN = 5


def of_task(viewer: Viewer, task: TaskView, region: RegionEntry) -> dict[str, Any]:
    """The timetable of a task in a region, and the newest open problems on the line that leads it."""
    today = clock.today()
    return {
        "milestones": [
            (one, reverse("roadmap:page", args=[one.id])) for one in milestones_of(viewer, task.id, region.id, today=today)
        ],
        "roadmap_url": reverse("roadmap:task", args=[task.id, region.code]),
        **_problems(viewer, task, region),
    }


def _problems(viewer: Viewer, task: TaskView, region: RegionEntry) -> dict[str, Any]:
    here = directory()
    lead = next((here.units[one.unit_id] for one in task.units if one.role is Role.LEAD and one.unit_id in here.units), None)
    lens = next((one for one in (Lens.TERRITORY, Lens.LINE) if one in lenses_of(viewer)), None)
    if lead is None or lens is None or not lead.line_ids:
        return {"problems": [], "line": ""}
    line = min((here.lines[one] for one in lead.line_ids), key=lambda one: list(here.lines).index(one.id))
    asked = Filters(states=tuple(OPEN_STATES), region_id=region.id, line_id=line.id)
    found = problems_for(viewer, lens, asked, now=clock.now(), limit=SHOWN)
    return {
        "line": line.name,
        "problems": [(one, address_of(one.number)) for one in found.rows],
        "more_problems": found.next_key is not None,
    }
