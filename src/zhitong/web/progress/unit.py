"""One department: the tasks it leads or supports, how they stand here, what it owes, and how they stand below on its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import TaskView, tasks_named, tasks_of_unit
from zhitong.domain.plans.rules import Role
from zhitong.domain.progress.queries import watching
from zhitong.domain.progress.queries.watching import ReportLine, WatchedTarget
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.progress import saying, tables
from zhitong.web.progress.saying import Counted
from zhitong.web.shell.components import Crumb, Empty


@dataclass(frozen=True)
class UnitTask:
    """A task of a unit with what it is in it and the lights of its targets here and in the regions below."""

    task: TaskView
    url: str
    role: str
    here: Sequence[Counted]
    below: Sequence[Counted]


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """A unit of the viewer's territory: tasks by role with lights, what it owes, its line below.

    Raises NotFound: there is no such unit, or its region is not the viewer's to watch.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    here = directory()
    unit = here.unit_coded(code)
    if unit is None:
        raise NotFound
    region = watching.watched_region(viewer, unit.region_id)
    reports = watching.newest_reports_of(viewer, unit.id, region.id)
    tasks = _tasks(viewer, unit)
    children = here.children(region.id)
    ids = [one.id for one in tasks]
    found = watching.targets_in(viewer, [region.id, *(one.id for one in children)], task_ids=ids) if tasks else []
    own = [one for one in found if one.region_id == region.id]
    counts = saying.counts_of([one for one in own if one.judged])
    return render(request, "progress/unit.html", {
        "unit": unit,
        "region": region,
        "crumbs": [Crumb(region.name, saying.page_of_region(region.code)), Crumb(unit.name)],
        "title": tables.finding_of(_("%s参与的任务里") % unit.name, counts) if counts.every else _("%s的目标任务") % unit.name,
        "figures": saying.figures_of(counts, reverse("progress:list"), region=region.code, own="1", lead=unit.code)
        if counts.every and all(_leads(one, unit) for one in tasks) else [],
        "tasks": [_line(one, unit, found, region.code) for one in tasks],
        "owed": [_owed(one) for one in reports],
        "lines": tables.target_lines(own, region.code),
        "heads": [saying.light_of(light) for light in saying.WORST_FIRST],
        "below": _below(found, unit, here),
        "territory_url": reverse("territory:unit", args=[unit.code]),
        "nothing": Empty(
            _("没有由这个单位牵头或参与的任务"), _("方案里写明它的责任、或由它填报进度的，列在这里。"), icon="target-arrow",
        ),
    })


def _tasks(viewer: Viewer, unit: UnitEntry) -> list[TaskView]:
    """The tasks in which the paper names the unit, then those it reports though the paper names another one above."""
    named = tasks_of_unit(viewer, unit.id, tuple(Role))
    known = {one.id for one in named}
    return [*named, *tasks_named(viewer, [one for one in watching.tasks_reported_by(viewer, unit.id) if one not in known])]


def _leads(task: TaskView, unit: UnitEntry) -> bool:
    return any(one.unit_id == unit.id and one.role is Role.LEAD for one in task.units)


def _line(task: TaskView, unit: UnitEntry, found: Sequence[WatchedTarget], code: str) -> UnitTask:
    roles = [one.role.label + (f"（{one.part}）" if one.part else "") for one in task.units if one.unit_id == unit.id]
    of_task = [one for one in found if one.task_id == task.id and one.judged]
    own = saying.counts_of([one for one in of_task if one.region_id == unit.region_id])
    below = saying.counts_of([one for one in of_task if one.region_id != unit.region_id])
    rows = {"campaign": task.campaign, "task": task.number, "region": code}
    return UnitTask(
        task, saying.asking(saying.task_address(task.campaign, task.number), region=code), "、".join(roles) or _("填报"),
        [one for one in saying.counted(own, reverse("progress:list"), **rows, own="1") if one.number],
        [one for one in saying.counted(below, reverse("progress:list"), **rows) if one.number],
    )


def _owed(one: ReportLine) -> dict[str, Any]:
    return {
        "report": one, "is_late": one.is_late(clock.now()), "url": saying.task_address(one.campaign, one.task_number),
    }


def _below(found: Sequence[WatchedTarget], unit: UnitEntry, here: Directory) -> list[tables.RegionLine]:
    """The regions below with the lights of the unit's tasks there."""
    regions = here.children(unit.region_id)
    counts = {
        one.id: saying.counts_of([target for target in found if target.region_id == one.id and target.judged]) for one in regions
    }
    return tables.region_lines(regions, counts, tables.BY_RED, lead=unit.code)
