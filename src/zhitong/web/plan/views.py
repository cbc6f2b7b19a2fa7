"""The plan of a region as a list, and one task with everything the paper says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans import queries
from zhitong.domain.plans.queries import GateView, PlanView, TaskView
from zhitong.domain.plans.rules import NUMBERED, Role
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.plan import rows
from zhitong.web.plan.filters import TaskFilters, narrowed
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.sheets import notes_of, sheet_of
from zhitong.web.shell.words import whole_day

COLUMNS = (
    Column("number", "编号"),
    Column("title", "任务"),
    Column("kind", "类别", value=lambda task: task.kind.label),
    Column("section", "章节"),
    Column("lead", "牵头单位", Kind.LONG, value=lambda task: rows.units_in_words(task, Role.LEAD)),
    Column("support", "配合单位", Kind.LONG, value=lambda task: rows.units_in_words(task, Role.SUPPORT)),
    Column("joint", "负责单位", Kind.LONG, value=lambda task: rows.units_in_words(task, Role.JOINT, Role.RESPONSIBLE)),
    Column("targets", "目标", Kind.LONG, value=rows.targets_in_words),
    Column("content", "原文", Kind.LONG),
)


def plan(request: HttpRequest, campaign: str = "") -> HttpResponse | FileResponse:
    """A plan's tasks by section, narrowed as asked; or the same as a workbook.

    Raises NotFound: there is no plan of that campaign.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plans = queries.plans_seen(viewer)
    if not plans and not campaign:
        nothing = Empty("还没有方案", "载入活动包后，这里列出任务、目标和牵头单位。", icon="target-arrow")
        return render(request, "plan/none.html", {"nothing": nothing})
    chosen = _nearest(plans, viewer) if not campaign else _of(plans, campaign)
    tasks = queries.tasks_of(viewer, chosen.id)
    form = TaskFilters(request.GET, tasks=tasks)
    shown = narrowed(tasks, form)
    if request.GET.get("export") == "xlsx":
        title = f"{chosen.region_name}{_('目标任务')}"
        return sheet_of(title, COLUMNS, shown, notes_of(form, f"{chosen.title}（{chosen.number}）", request.user.name))
    gates = queries.gates_of(viewer, chosen.campaign)
    return render(request, "plan/plan.html", {
        "plan": chosen,
        "plans": plans,
        "title": _standing_of(chosen, _next(gates)),
        "form": form,
        "how_many": len(shown),
        "sections": rows.sections_of(shown, viewer, directory()),
        "objectives": rows.target_lines(queries.objectives_of(viewer, chosen.id)),
        "gates": _calendar(gates),
        "export_url": _export_url(request),
        "is_narrowed": len(shown) < len(tasks),
        "nothing": Empty("没有符合条件的任务", "放宽或清除筛选条件再看。", icon="target-arrow"),
    })


def task(request: HttpRequest, campaign: str, number: str) -> HttpResponse:
    """One task: its words, who is what in it, its targets, the task above and those below, the calendar.

    Raises NotFound: the newest plan of the campaign has no such task.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.task_numbered(viewer, campaign, number)
    if found is None:
        raise NotFound
    here = directory()
    chosen = _of(queries.plans_seen(viewer), campaign)
    below = queries.local_tasks_under(viewer, found.id)
    return render(request, "plan/task.html", {
        "plan": chosen,
        "task": found,
        "crumbs": [Crumb(chosen.region_name + _("目标任务"), _section_of(found)), Crumb(rows.name_of(found))],
        "pieces": rows.pieces_of(found.content, found.targets),
        "place": rows.place_of(found.clause),
        "roles": rows.roles_of(found.units, viewer, here),
        "targets": rows.target_lines(found.targets),
        "parent_url": rows.page_of(found.parent_campaign, found.parent_number) if found.parent_id else "",
        "below": [(here.regions[one.region_id].name, rows.line_of(one, viewer, here)) for one in below],
        "gates": _calendar(queries.gates_of(viewer, campaign)),
    })


def _of(plans: Sequence[PlanView], campaign: str) -> PlanView:
    chosen = next((one for one in plans if one.campaign == campaign), None)
    if chosen is None:
        raise NotFound
    return chosen


def _section_of(found: TaskView) -> str:
    return f"{reverse('plan:of', args=[found.campaign])}#s-{found.section}"


def _nearest(plans: Sequence[PlanView], viewer: Viewer) -> PlanView:
    """The plan of the viewer's own region, else of the nearest above that has one, else the first."""
    by_region = {one.region_id: one for one in plans}
    path = [region.id for region in reversed(directory().path(viewer.region_id))]
    return next((by_region[region_id] for region_id in path if region_id in by_region), plans[0])


def _standing_of(chosen: PlanView, gate: GateView | None) -> str:
    numbered, actions = rows.counted(dict(chosen.tasks_by_kind), NUMBERED)
    what = _("%(place)s %(tasks)d 项任务") % {"place": chosen.region_name, "tasks": numbered}
    if actions:
        what += _("、%d 个专项行动") % actions
    return what if gate is None else _("%(what)s，%(day)s前%(gate)s") % {
        "what": what, "day": f"{gate.on.month}月{gate.on.day}日", "gate": gate.name,
    }


def _next(gates: Sequence[GateView]) -> GateView | None:
    return next((one for one in gates if one.on >= clock.today()), None)


def _calendar(gates: Sequence[GateView]) -> list[dict[str, Any]]:
    """The days of the calendar: which are past, and which is the next."""
    today, following = clock.today(), _next(gates)
    return [
        {"gate": one, "day": whole_day(one.on), "is_past": one.on < today, "is_next": one is following} for one in gates
    ]


def _export_url(request: HttpRequest) -> str:
    query = request.GET.copy()
    query["export"] = "xlsx"
    return f"?{query.urlencode()}"
