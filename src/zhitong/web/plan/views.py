"""The plan of a region as a tree with lights, and as a workbook of the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans import queries
from zhitong.domain.plans.queries import GateView, PlanView, TaskView
from zhitong.domain.plans.rules import NUMBERED
from zhitong.domain.plans.rules import Light as Standing
from zhitong.domain.progress.queries import watching
from zhitong.web.plan import rows, sheets
from zhitong.web.plan.filters import TaskFilters, WatchFilters, narrowed
from zhitong.web.plan.finding import calendar_of, next_gate, plan_asked
from zhitong.web.plan.tree import Watch, boughs_of
from zhitong.web.progress import saying
from zhitong.web.shell.components import Empty
from zhitong.web.shell.forms import wanted_of


def plan(request: HttpRequest, campaign: str = "") -> HttpResponse | FileResponse:
    """A plan's tasks by section, narrowed as asked, with lights for who may watch; or the same as a workbook.

    Raises NotFound: there is no plan of that campaign.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plans = queries.plans_seen(viewer)
    if not plans and not campaign:
        nothing = Empty("还没有方案", "载入活动包后，这里列出任务、目标和牵头单位。", icon="target-arrow")
        return render(request, "plan/none.html", {"nothing": nothing})
    chosen = plan_asked(plans, viewer, campaign)
    tasks = queries.tasks_of(viewer, chosen.id)
    regions = watching.regions_with_targets(viewer, chosen.id)
    region = region_shown(request.GET.get("region", ""), viewer, chosen, regions)
    form, watch, context = _watched(request, viewer, chosen, tasks, region, regions)
    shown = narrowed(tasks, form)
    here = directory()
    boughs = boughs_of(shown, viewer, here, watch, request.GET.get("open", ""))
    if request.GET.get("export") == "xlsx":
        return sheets.tree_sheet(chosen, boughs, form, request.user.name, region)
    gates = queries.gates_of(viewer, chosen.campaign)
    return render(request, "plan/plan.html", {
        **context,
        "plan": chosen,
        "plans": plans,
        "title": _standing_of(chosen, next_gate(gates)),
        "form": form,
        "how_many": sum(len(bough.branches) for bough in boughs),
        "boughs": boughs,
        "objectives": rows.target_lines(queries.objectives_of(viewer, chosen.id)),
        "gates": calendar_of(gates),
        "export_url": _asking(request, export="xlsx"),
        "open_url": _asking(request, open="all"),
        "close_url": _asking(request, open="none"),
        "is_narrowed": bool(wanted_of(form).keys() - {"region"}),
        "nothing": Empty("没有符合条件的任务", "放宽或清除筛选条件再看。", icon="target-arrow"),
    })


def region_shown(
    code: str, viewer: Viewer, chosen: PlanView, regions: Sequence[RegionEntry]
) -> RegionEntry | None:
    """The region whose progress is shown: the one asked for, else the viewer's own, else the plan's; None for who may not
    watch any that has targets."""
    by_code = {one.code: one for one in regions}
    asked = by_code.get(code)
    own = next((one for one in regions if one.id == viewer.region_id), None)
    of_plan = next((one for one in regions if one.id == chosen.region_id), None)
    return asked or own or of_plan or (regions[0] if regions else None)


def _watched(
    request: HttpRequest, viewer: Viewer, chosen: PlanView, tasks: Sequence[TaskView], region: RegionEntry | None,
    regions: Sequence[RegionEntry],
) -> tuple[TaskFilters, Watch | None, dict[str, Any]]:
    """The filters, the progress the tree shows, and what stands at the head; the paper alone for who may not watch."""
    if region is None:
        return TaskFilters(request.GET, tasks=tasks), None, {"region": None}
    days = watching.periods_in(viewer, region.id)
    asked = request.GET.copy()
    asked.setdefault("region", region.code)
    form = WatchFilters(asked, tasks=tasks, regions=regions, days=days)
    wanted = wanted_of(form)
    period = wanted.get("period", "")
    found = watching.targets_in(
        viewer, [region.id], plan_id=chosen.id, by=date.fromisoformat(period) if period else None
    )
    light = Standing(wanted["light"]) if wanted.get("light") else None
    watch = Watch(region.code, {one.indicator_id: one for one in found}, region.id == chosen.region_id, light)
    numbers = {task.number for task in narrowed(tasks, form)}
    counts = saying.counts_of([one for one in found if one.judged and one.task_number in numbers])
    kept = {name: str(value) for name, value in wanted.items() if name != "light"}
    return form, watch, {
        "region": region,
        "region_url": saying.page_of_region(region.code),
        "board_url": saying.asking(reverse("progress:board", args=[chosen.campaign]), region=region.code),
        "figures": saying.figures_of(counts, reverse("plan:of", args=[chosen.campaign]), **kept) if counts.every else [],
        "until": saying.until_in_words(date.fromisoformat(period) if period else days[0]) if days else "",
    }


def _standing_of(chosen: PlanView, gate: GateView | None) -> str:
    numbered, actions = rows.counted(dict(chosen.tasks_by_kind), NUMBERED)
    what = _("%(place)s %(tasks)d 项任务") % {"place": chosen.region_name, "tasks": numbered}
    if actions:
        what += _("、%d 个专项行动") % actions
    return what if gate is None else _("%(what)s，%(day)s前%(gate)s") % {
        "what": what, "day": f"{gate.on.month}月{gate.on.day}日", "gate": gate.name,
    }


def _asking(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"
