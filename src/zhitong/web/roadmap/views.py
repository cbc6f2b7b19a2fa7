"""The roadmap of one task in one region, and one milestone with all that happened to it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import TaskView, gates_of, task_seen
from zhitong.domain.plans.queries.keeping import keeps, keeps_below
from zhitong.domain.plans.queries.timetables import MilestoneView, milestone_seen, milestones_of
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.roadmap.charts import chart_of
from zhitong.web.roadmap.lists import light_of, scale_asked, scales_of, task_url, urls_of
from zhitong.web.shell.components import Act, Crumb, Empty
from zhitong.web.visits.asking import officials_only


def place_of(task_id: UUID, code: str, viewer: Viewer) -> tuple[TaskView, RegionEntry]:
    """The task and the region of an address.

    Raises NotFound: one of them is not there.
    """
    found, region = task_seen(viewer, task_id), directory().region_coded(code)
    if found is None or region is None:
        raise NotFound
    return found, region


@require_GET
def task(request: HttpRequest, task_id: UUID, region: str) -> HttpResponse:
    """A task's roadmap in a region: the chart, its milestones, what slips and why; what its keepers may do.

    Raises NotFound: one of the served, or there is no such task or region.
    """
    officials_only(request)
    found, place = place_of(task_id, region, request.viewer)
    today, scale = clock.today(), scale_asked(request)
    rows = milestones_of(request.viewer, task_id, place.id, today=today)
    gates = [(gate.on, gate.name) for gate in gates_of(request.viewer, found.campaign)]
    may = request.viewer.may(Permission.HANDLE) and keeps(request.viewer, task_id, place.id)
    done = [one for one in rows if one.done_on]
    kept = [one for one in rows if not one.dropped_reason]
    return render(request, "roadmap/task.html", {
        "task": found, "region": place, "rows": [(one, light_of(one)) for one in rows], "done": len(done), "whole": len(kept),
        "chart": chart_of(rows, gates, today, scale, urls_of(rows)), "scales": scales_of(request, scale),
        "slips": [one for one in rows if one.outlook and one.outlook.causes], "said": _("%(task)s在%(region)s的甘特图") % {
            "task": found.title, "region": place.name,
        },
        "acts": _acts(task_id, place, bool(rows)) if may else [], "crumbs": [
            Crumb(_("时间表"), f"{reverse('roadmap:list')}?region={place.code}"), Crumb(f"{found.number} {found.title}"),
        ],
        "nothing": Empty(
            _("这项任务在这里还没有时间表"), _("牵头单位或活动办公室逐个添加节点，也可以用表格导入，或等上级下发。"), icon="calendar"
        ),
    })  # fmt: skip


@require_GET
def milestone(request: HttpRequest, milestone_id: UUID) -> HttpResponse:
    """One milestone: how it stands, why it slips, who answers for it, the days it was put off, its evidence.

    Raises NotFound: there is none for this viewer.
    """
    officials_only(request)
    found = milestone_seen(request.viewer, milestone_id, today=clock.today())
    mark_read(request.viewer, milestone_id, now=clock.now())
    here = directory()
    return render(request, "roadmap/page.html", {
        "whole": found, "one": found.view, "light": light_of(found.view), "files": found.files, "task_url": task_url(found.view),
        "answering": [here.name_of(unit_id) for unit_id in found.answering], "acts": _acts_on(request.viewer, found.view),
        "crumbs": [
            Crumb(_("时间表"), f"{reverse('roadmap:list')}?region={here.regions[found.view.region_id].code}"),
            Crumb(f"{found.view.task_number} {found.view.task_title}", task_url(found.view)), Crumb(found.view.name),
        ],
    })  # fmt: skip


def _acts(task_id: UUID, place: RegionEntry, has_rows: bool) -> list[Act]:
    at = [task_id, place.code]
    below = bool(directory().children(place.id))
    return [
        Act(_("添加节点"), reverse("roadmap:new", args=at), primary=True, icon="plus"),
        Act(_("表格导入"), reverse("roadmap:sheet", args=at), icon="file-import"),
        *([Act(_("下发时间表"), reverse("roadmap:hand_down", args=at), icon="arrows-split")] if has_rows and below else ()),
    ]


def _acts_on(viewer: Viewer, one: MilestoneView) -> list[Act]:
    if not viewer.may(Permission.HANDLE) or not one.is_open:
        return []
    waits = [wait.name for wait in one.waits if not wait.is_over]
    keeper = keeps(viewer, one.task_id, one.region_id)
    answers = keeper or viewer.unit_id == one.unit_id
    above = keeps_below(viewer, one.task_id, one.region_id)
    is_past = clock.today() > one.due_on
    reason = _("前置节点“%s”还没有完成") % "、".join(waits) if waits else ""
    found: list[Act] = []
    if answers:
        found.append(Act(_("登记完成"), _at(one, "complete"), not waits, reason, primary=not waits, icon="check"))
        found += [] if one.begun_on else [Act(_("登记开始"), _at(one, "begin"), not waits, reason)]
    if answers or above:
        past = _("承诺的日期已过，由上级办公室或上级牵头部门定")
        is_root = directory().regions[one.region_id].parent_id is None
        may = above or not is_past or (is_root and keeper)
        found.append(Act(_("顺延"), _at(one, "postpone"), may, "" if may else past))
    if keeper:
        found += [Act(_("修改"), reverse("roadmap:change", args=[one.id])), Act(_("取消节点"), _at(one, "drop"))]
    return found


def _at(one: MilestoneView, what: str) -> str:
    return reverse("roadmap:act", args=[one.id, what])
