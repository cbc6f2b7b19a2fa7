"""One task: the paper's words, who is what in it, and how its targets stand in a region and in those below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.extras.queries.proposals import proposal_of_task
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans import queries
from zhitong.domain.plans.queries import PlanView, TaskView
from zhitong.domain.progress.queries import watching
from zhitong.domain.progress.queries.watching import ReportLine, WatchedTarget
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.plan import beside, rows
from zhitong.web.plan.finding import calendar_of, plan_asked
from zhitong.web.plan.tree import Leaf, Watch, leaf_of
from zhitong.web.plan.views import region_shown
from zhitong.web.progress import curve, saying
from zhitong.web.progress.heat import heat_of
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm


class Where(PlainForm):
    """Which region's progress is shown."""

    region = forms.ChoiceField(label=gettext_lazy("看哪里"), required=False)

    def __init__(self, *args: Any, regions: Sequence[RegionEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [(one.code, one.name) for one in regions]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class TargetRow:
    """A target of the paper with where its words stand and, where one may watch, how it stands."""

    line: rows.TargetLine
    leaf: Leaf
    of_plan: str = ""


def task(request: HttpRequest, campaign: str, number: str) -> HttpResponse:
    """One task: its words, who is what in it, its targets and their progress, the task above and those below.

    One of a region's own list is shown as the item it is. Raises NotFound: the newest plan of the campaign has no such task.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.task_numbered(viewer, campaign, number)
    if found is None:
        raise NotFound
    item = proposal_of_task(viewer, found.id)
    if item is not None:
        return redirect("extras:page", item)
    here = directory()
    chosen = plan_asked(queries.plans_seen(viewer), viewer, campaign)
    below = queries.local_tasks_under(viewer, found.id)
    regions = watching.regions_with_targets(viewer, chosen.id)
    region = region_shown(request.GET.get("region", ""), viewer, chosen, regions)
    return render(request, "plan/task.html", {
        "plan": chosen,
        "task": found,
        "crumbs": [Crumb(chosen.region_name + _("目标任务"), _section_of(found)), Crumb(rows.name_of(found))],
        "pieces": rows.pieces_of(found.content, found.targets),
        "place": rows.place_of(found.clause),
        "roles": rows.roles_of(found.units, viewer, here),
        "amended_url": "" if viewer.unit_kind is UnitKind.SERVED else reverse("amendments:of_task", args=[found.id]),
        "parent_url": rows.page_of(found.parent_campaign, found.parent_number) if found.parent_id else "",
        "below": [(here.regions[one.region_id].name, rows.line_of(one, viewer, here)) for one in below],
        "gates": calendar_of(queries.gates_of(viewer, campaign)),
        **_progress(request, viewer, chosen, found, region, regions),
    })


def _progress(
    request: HttpRequest, viewer: Viewer, chosen: PlanView, found: TaskView, region: RegionEntry | None,
    regions: Sequence[RegionEntry],
) -> dict[str, Any]:
    """How the task stands in a region: nothing but the paper for who may not watch."""
    if region is None:
        return {"targets": target_rows(found, None, chosen), "region": None}
    here = directory()
    children = here.children(region.id)
    every = watching.targets_in(viewer, [region.id, *(one.id for one in children)], task_ids=[found.id])
    own = {one.indicator_id: one for one in every if one.region_id == region.id}
    target = _target_asked(list(own.values()), request.GET.get("target", ""))
    address = saying.asking(rows.page_of(found.campaign, found.number), region=region.code)
    asked = request.GET.copy()
    asked.setdefault("region", region.code)
    return {
        "region": region,
        "where": Where(asked, regions=regions) if len(regions) > 1 else None,
        "targets": target_rows(found, Watch(region.code, own, region.id == chosen.region_id), chosen),
        "heat": heat_of(
            [one for one in every if one.region_id != region.id], children, own, request.GET.get("target", ""),
            rows.page_of(found.campaign, found.number), region.code,
        ),
        "rows_url": saying.asking(reverse("progress:list"), region=region.code, task=found.number, campaign=found.campaign),
        "picture": _picture(viewer, target, region),
        "pictured": [
            (one.name, f"{address}&target={one.code}#curve", one is target) for one in own.values() if one.judged or one is target
        ],
        "reports": [_told(one, here) for one in watching.newest_reports_in(viewer, [region.id], task_ids=[found.id])],
        **beside.of_task(viewer, found, region),
    }


def _target_asked(own: Sequence[WatchedTarget], code: str) -> WatchedTarget | None:
    """The target whose curve is drawn: the one asked for, else the one that stands worst."""
    asked = next((one for one in own if one.code == code), None)
    return asked or min(own, key=saying.severity, default=None)


def _picture(viewer: Viewer, target: WatchedTarget | None, region: RegionEntry) -> dict[str, Any] | None:
    """The curve of a target with the table behind it."""
    if target is None:
        return None
    today = clock.today()
    series = watching.series_of(viewer, target.id, region.id)
    course = watching.course_of(viewer, target.id, today)
    gates = queries.gates_of(viewer, target.campaign)
    drawing = curve.drawn(_finding(target, region), series, course.expected, course.first, gates, today)
    return drawing and {
        "drawing": drawing,
        "shape": course.shape.label,
        "is_default": course.is_default,
        "rows": [
            {
                "judged": one, "light": saying.light_of(one.light), "share": saying.percent(one.share),
                "expected_share": saying.percent(one.expected_share), "actual": saying.measured(one.actual, target.measure),
                "expected": saying.expected_in_words(one, target.measure),
            }
            for one in reversed(series)
        ],
    }


def _finding(target: WatchedTarget, region: RegionEntry) -> str:
    """What the curve shows, as a sentence."""
    judged = target.judged
    what = f"{region.short}{target.name}"
    if judged is None or judged.share is None:
        return _("%(what)s：目标 %(goal)s，还没有上报的数") % {"what": what, "goal": target.goal}
    return _("%(what)s：完成目标的 %(share)s，应达 %(due)s，%(light)s") % {
        "what": what, "share": saying.percent(judged.share), "due": saying.percent(judged.expected_share),
        "light": judged.light.label,
    }


def target_rows(found: TaskView, watch: Watch | None, chosen: PlanView) -> list[TargetRow]:
    """Every reading of a task, with how it stands where one may watch."""
    lines = []
    for line in rows.target_lines(found.targets):
        leaf = leaf_of(line.target, watch)
        differs = watch is not None and not watch.is_own and leaf.watched is not None
        lines.append(TargetRow(line, leaf, f"{chosen.region_name} {line.target.goal}" if differs else ""))
    return lines


def _told(one: ReportLine, here: Directory) -> dict[str, Any]:
    return {"report": one, "unit": here.name_of(one.unit_id), "is_late": one.is_late(clock.now())}


def _section_of(found: TaskView) -> str:
    return f"{reverse('plan:of', args=[found.campaign])}#s-{found.section}"
