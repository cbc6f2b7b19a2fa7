"""The desks: what waits for approval here, what waits to be accepted from below, and every report of the territory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.progress.actions.deciding import Decision, accept_reports, approve_reports, return_reports
from zhitong.domain.progress.queries.lists import (
    Narrowing,
    ReportLens,
    ReportRow,
    count_for,
    narrowing_of,
    periods_known,
    reports_for,
)
from zhitong.domain.progress.rules import Mark, ReportState
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.reports.showing import light_of, tabs_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key, send_once

COLUMNS = (
    Column(
        "title", gettext_lazy("任务"), value=lambda row: f"{row.number} {row.title}",
        url=lambda row: reverse("reports:page", args=[row.id]),
    ),
    Column("region", gettext_lazy("地区")),
    Column("unit", gettext_lazy("填报单位")),
    Column("period_end", gettext_lazy("统计期"), sort_by="period_end", value=lambda row: row.period_words),
    Column("state", gettext_lazy("状态"), Kind.LIGHT, value=lambda row: light_of(row.state)),
    Column("mark", gettext_lazy("报送"), value=lambda row: row.mark.label),
    Column("due_at", gettext_lazy("截止"), Kind.MOMENT, sort_by="due_at"),
    Column("submitted_at", gettext_lazy("报送时间"), Kind.MOMENT),
    Column("trouble", gettext_lazy("存在问题"), Kind.LONG, extra=True),
)
TOGETHER = "together"
_EMPTY = {
    ReportLens.APPROVE: (gettext_lazy("没有待审核的报告"), gettext_lazy("本级单位报送之后，会按截止时间先后出现在这里。")),
    ReportLens.ACCEPT: (gettext_lazy("没有待接受的报告"), gettext_lazy("下级审核通过之后，会按截止时间先后出现在这里。")),
    ReportLens.TERRITORY: (gettext_lazy("没有符合条件的报告"), gettext_lazy("放宽或清除筛选条件再看。")),
}
_ACTS = {"approve": approve_reports, "accept": accept_reports, "return": return_reports}


class ReportFilters(PlainForm):
    """What a list of reports is narrowed to."""

    words = forms.CharField(label=gettext_lazy("任务"), required=False, max_length=40)
    period = forms.ChoiceField(label=gettext_lazy("统计期"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    mark = forms.ChoiceField(label=gettext_lazy("报送"), required=False)
    returned = forms.BooleanField(label=gettext_lazy("曾被退回"), required=False)
    unit = forms.UUIDField(required=False, widget=forms.HiddenInput)
    line = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, viewer: Viewer, lens: ReportLens) -> None:
        super().__init__(data)
        here = directory()
        places = [here.regions[viewer.region_id], *here.children(viewer.region_id)]
        choices: dict[str, list[tuple[str, Any]]] = {
            "period": periods_known(viewer), "region": [(one.code, one.name) for one in places],
            "state": [(str(one), one.label) for one in ReportState], "mark": [(str(one), one.label) for one in Mark],
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField), "these are choices"
            field.choices = [("", _("全部")), *found]
        if lens is not ReportLens.TERRITORY:
            for name in ("state", "mark", "unit", "line"):
                del self.fields[name]


@require_GET
def approve(request: HttpRequest) -> HttpResponse | FileResponse:
    """What waits for approval here.

    Raises NotYours: the post handles nothing.
    """
    require(request.viewer, Permission.HANDLE)
    return _desk(request, ReportLens.APPROVE, "approve", _("本级单位已报送的；审核通过后报上级接受"))


@require_GET
def accept(request: HttpRequest) -> HttpResponse | FileResponse:
    """What waits to be accepted from the level below.

    Raises NotYours: the post handles nothing.
    """
    require(request.viewer, Permission.HANDLE)
    return _desk(request, ReportLens.ACCEPT, "accept", _("下级已审核通过的；接受后标为“上级已接受”"))


@require_GET
def territory(request: HttpRequest) -> HttpResponse | FileResponse:
    """Every report of the territory.

    Raises NotYours: the post oversees nothing.
    """
    require(request.viewer, Permission.OVERSEE)
    return _desk(request, ReportLens.TERRITORY, "list", _("本级及以下各期应报的全部报告，没有报的也在内"))


@require_POST
def together(request: HttpRequest, lens: str) -> HttpResponse:
    """Approve, accept or return all that were ticked: all of them or none.

    Raises NotYours, NotFound: the post does not decide, or there is no such desk or act.
    """
    require(request.viewer, Permission.HANDLE)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None or lens not in ("approve", "accept"):
        raise NotFound
    actor, reason = request.viewer.actor("web"), request.POST.get("reason", "")
    steps = [Decision(report_id=one, actor=actor, reason=reason) for one in _chosen(request)]
    if not steps:
        messages.error(request, _("没有勾选报告。请先在表里勾选，再办理。"))
        return redirect(f"reports:{lens}")
    try:
        send_once(request, lambda: len(act(steps, now=clock.now())))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, _("%s（选中的一份都没有办理。）") % refused.sentence)
    else:
        messages.success(request, _("已办理 %d 份。") % len(steps))
    return redirect(f"reports:{lens}")


def _desk(request: HttpRequest, lens: ReportLens, tab: str, why: str) -> HttpResponse | FileResponse:
    viewer = request.viewer
    title, how = _EMPTY[lens]
    is_desk = lens is not ReportLens.TERRITORY
    listed = DeskList(
        f"reports-{lens}", gettext_lazy("目标任务报告"), COLUMNS, Sort("due_at", descending=not is_desk),
        choose=TOGETHER if is_desk else "", empty=Empty(title, how, icon="circle-check"),
    )

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ReportRow]:
        return reports_for(
            viewer, lens, _narrowing(asked), by=sort.by, descending=sort.descending, after=after, limit=limit,
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_for(viewer, lens, _narrowing(asked), most=most)

    return listed.respond(
        request, "reports/desk.html", fetch=fetch, count=count, filters=ReportFilters(request.GET, viewer, lens), why=why,
        asked_by=request.user.name,
        context={"tabs": tabs_of(request, tab), "lens": str(lens), "is_desk": is_desk, "once_key": new_key(), "together": TOGETHER},
    )


def _narrowing(asked: Mapping[str, Any]) -> Narrowing:
    region = directory().region_coded(asked["region"]) if asked.get("region") else None
    return narrowing_of(asked, region.id if region else None)


def _chosen(request: HttpRequest) -> list[UUID]:
    found = []
    for text in request.POST.getlist("chosen"):
        try:
            found.append(UUID(text))
        except ValueError:
            raise NotFound from None
    return found
