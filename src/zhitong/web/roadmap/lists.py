"""The milestones of a region: a list that sorts, narrows and exports, and the same rows as a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import gates_of
from zhitong.domain.plans.queries.timetables import MilestoneView, milestones_in
from zhitong.domain.plans.rules.timetable import OPEN_STATES, MilestoneState
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.roadmap.charts import Scale, chart_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Light, Tab, Tone
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.shell.lists import DeskList
from zhitong.web.visits.asking import officials_only

MOST_DRAWN = 80
OPEN = "open"
_TONES = {
    MilestoneState.LATE: Tone.BAD, MilestoneState.DUE_SOON: Tone.WARN, MilestoneState.DONE: Tone.GOOD,
    MilestoneState.DONE_LATE: Tone.WARN, MilestoneState.UNDER_WAY: Tone.GOOD,
}


class MilestoneFilters(PlainForm):
    """The bar above; the region travels along, and on the chart the scale."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("任务或节点")}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False,
        choices=[("", gettext_lazy("全部")), (OPEN, gettext_lazy("还没有完成的")), *choices_of(MilestoneState)],
    )
    slipped = forms.BooleanField(label=gettext_lazy("会推后的"), required=False)
    region = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


def light_of(one: MilestoneView) -> Light:
    """How a milestone stands, as a shape and a word."""
    return Light(_TONES.get(one.state, Tone.NONE), one.state.label)


def slipping(one: MilestoneView) -> str:
    """What slips and why, in words; empty where nothing does."""
    return one.outlook.causes[-1] if one.outlook and one.outlook.causes else ""


MILESTONES = DeskList(
    "milestones", gettext_lazy("时间表"),
    (
        Column("name", gettext_lazy("节点"), url=lambda row: reverse("roadmap:page", args=[row.id])),
        Column("task", gettext_lazy("任务"), value=lambda row: f"{row.task_number} {row.task_title}", url=lambda row: task_url(row)),
        Column("state", gettext_lazy("状态"), Kind.LIGHT, value=light_of),
        Column("due_on", gettext_lazy("完成日"), Kind.DAY, sort_by="due_on"),
        Column("standing", gettext_lazy("距今"), Kind.LONG),
        Column("unit", gettext_lazy("责任单位"), value=lambda row: row.unit or gettext_lazy("牵头单位")),
        Column("slipping", gettext_lazy("推后"), Kind.LONG, value=slipping),
        Column("printed", gettext_lazy("原文时限"), extra=True),
        Column("begin_on", gettext_lazy("计划开始"), Kind.DAY, extra=True),
        Column("begun_on", gettext_lazy("实际开始"), Kind.DAY, extra=True),
        Column("done_on", gettext_lazy("实际完成"), Kind.DAY, extra=True),
        Column("first_due_on", gettext_lazy("最初承诺"), Kind.DAY, extra=True),
        Column("postponed", gettext_lazy("顺延次数"), Kind.NUMBER, extra=True),
    ),
    Sort("due_on"),
    filters=MilestoneFilters,
    empty=Empty(
        gettext_lazy("还没有时间表"), gettext_lazy("在任务的路线图里逐个添加节点，或用表格导入；上级下发的时间表也会出现在这里。")
    ),
)  # fmt: skip


@require_GET
def milestones(request: HttpRequest) -> HttpResponse | FileResponse:
    """The milestones of a region by day, narrowed as asked; or the same as a workbook.

    Raises NotFound: one of the served, or a region that is not there.
    """
    officials_only(request)
    region = region_asked(request)
    rows = milestones_in(request.viewer, region.id, today=clock.today())
    late = sum(one.state is MilestoneState.LATE for one in rows)
    return MILESTONES.respond(
        request, "roadmap/list.html", fetch=_fetch(rows), count=lambda asked, most: min(most, len(_kept(rows, asked))),
        why=_("%(region)s，逾期未完成 %(late)d 个") % {"region": region.name, "late": late}, asked_by=request.user.name,
        context={"region": region, "tabs": _tabs(request, region, "list"), "regions": _around(request.viewer, region)},
    )


@require_GET
def chart(request: HttpRequest) -> HttpResponse:
    """The same rows drawn, by weeks or by months, with today's line and the campaign's gates.

    Raises NotFound: as for the list.
    """
    officials_only(request)
    region, today = region_asked(request), clock.today()
    form = MilestoneFilters(request.GET)
    kept = _kept(milestones_in(request.viewer, region.id, today=today), wanted_of(form))
    kept = sorted(kept, key=lambda one: (one.task_number.zfill(4), str(one.task_id), one.due_on, one.id))
    drawn = kept[:MOST_DRAWN]
    scale = scale_asked(request)
    campaigns = {one.campaign for one in drawn}
    gates = [(gate.on, gate.name) for code in sorted(campaigns) for gate in gates_of(request.viewer, code)]
    return render(request, "roadmap/chart.html", {
        "region": region, "form": form, "tabs": _tabs(request, region, "chart"), "regions": _around(request.viewer, region),
        "chart": chart_of(drawn, gates, today, scale, urls_of(drawn), by_task=True), "rows": drawn, "left": len(kept) - len(drawn),
        "scales": scales_of(request, scale), "nothing": MILESTONES.empty, "said": _("%s时间表的甘特图") % region.name,
    })  # fmt: skip


def region_asked(request: HttpRequest) -> RegionEntry:
    """The region that an address names; the viewer's own without one.

    Raises NotFound: there is no such region.
    """
    here, code = directory(), request.GET.get("region", "")
    found = here.region_coded(code) if code else here.regions[request.viewer.region_id]
    if found is None:
        raise NotFound
    return found


def scale_asked(request: HttpRequest) -> Scale:
    """By months unless weeks are asked for."""
    return Scale.WEEKS if request.GET.get("scale") == Scale.WEEKS.value else Scale.MONTHS


def scales_of(request: HttpRequest, scale: Scale) -> list[Tab]:
    """The two scales as tabs."""
    return [
        Tab(label, _with(request, scale=one.value), one is scale)
        for one, label in ((Scale.MONTHS, _("按月")), (Scale.WEEKS, _("按周")))
    ]


def urls_of(rows: Sequence[MilestoneView]) -> dict[str, str]:
    """Where the bars lead."""
    return {str(one.id): reverse("roadmap:page", args=[one.id]) for one in rows}


def task_url(row: MilestoneView) -> str:
    """The roadmap of a milestone's task in its region."""
    return reverse("roadmap:task", args=[row.task_id, row.region_code])


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _tabs(request: HttpRequest, region: RegionEntry, here: str) -> list[Tab]:
    return [
        Tab(label, f"{reverse(f'roadmap:{name}')}?region={region.code}", name == here)
        for name, label in (("list", _("清单")), ("chart", _("甘特图")))
    ]


def _around(viewer: Viewer, region: RegionEntry) -> list[Tab]:
    """The regions above and directly below whose timetables the viewer may read."""
    here = directory()
    own = set(here.within(viewer.region_id)) | {one.id for one in here.path(viewer.region_id)}
    near = [*here.path(region.id), *here.children(region.id)]
    return [Tab(one.name, f"?region={one.code}", one.id == region.id) for one in near if one.id in own]


def _kept(rows: Sequence[MilestoneView], asked: Mapping[str, Any]) -> list[MilestoneView]:
    words, state, slipped = asked.get("q", ""), asked.get("state", ""), asked.get("slipped")
    return [
        one for one in rows
        if (not words or words in f"{one.task_number} {one.task_title} {one.name}")
        and (not state or (one.state in OPEN_STATES if state == OPEN else one.state.value == state))
        and (not slipped or (one.outlook is not None and one.outlook.slipped_days > 0))
    ]


def _fetch(rows: Sequence[MilestoneView]) -> Any:
    """Pages of rows that are held whole: a region has a few hundred milestones at most."""

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[MilestoneView]:
        ordered = sorted(_kept(rows, asked), key=lambda one: (one.due_on, one.id), reverse=sort.descending)
        if after is not None:
            last = (after[0], UUID(str(after[1])))
            ordered = [one for one in ordered if ((one.due_on, one.id) < last if sort.descending else (one.due_on, one.id) > last)]
        return ordered[:limit]

    return fetch
