"""The forecasts of a territory: how many targets will be reached or not, the regions below, and every target from the worst."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.analysis.queries.forecasting import kept
from zhitong.domain.analysis.queries.forecasting.kept import ForecastFilters
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import task_numbered
from zhitong.domain.plans.rules import TaskKind
from zhitong.domain.progress.queries import watching
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.figures import whole_day
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.forecast import saying, tables
from zhitong.web.progress.choosing import regions_offered
from zhitong.web.shell.components import Empty
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.shell.lists import Column, DeskList, Kind

BELOW = "below"


class ForecastForm(PlainForm):
    """The bar above the rows; what leads here from a number travels in the hidden fields."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    scope = forms.ChoiceField(
        label=gettext_lazy("范围"), required=False, choices=[("", gettext_lazy("只看本级")), (BELOW, gettext_lazy("含下级各地"))],
    )
    prospect = forms.ChoiceField(
        label=gettext_lazy("结论"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(Prospect)],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("任务类别"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(TaskKind)],
    )
    line = forms.ChoiceField(label=gettext_lazy("牵头条线"), required=False)
    until = forms.DateField(
        label=gettext_lazy("截至哪一天作的预测"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("指标、任务"), "type": "search"}),
    )
    campaign = forms.SlugField(label=gettext_lazy("活动"), required=False, widget=forms.HiddenInput)
    task = forms.CharField(label=gettext_lazy("任务"), required=False, max_length=40, widget=forms.HiddenInput)
    lead = forms.SlugField(label=gettext_lazy("牵头单位"), required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, viewer: Viewer) -> None:
        super().__init__(query)
        self.fields["region"].choices = [("", _("本地区")), *regions_offered(viewer)]  # type: ignore[attr-defined]
        lines = [(one.code, one.name) for one in directory().lines.values()]
        self.fields["line"].choices = [("", _("全部")), *lines]  # type: ignore[attr-defined]


def columns(until: str) -> tuple[Column, ...]:
    """The columns of the list; its links stay on the day looked at."""
    return (
        Column("name", gettext_lazy("指标"), url=lambda row: saying.page_of(row, until)),
        Column("region", gettext_lazy("地区"), sort_by="position"),
        Column("prospect", gettext_lazy("结论"), Kind.LIGHT, sort_by="severity", value=lambda row: saying.light_of(row.prospect)),
        Column("chance", gettext_lazy("达到的可能性"), sort_by="least_chance", value=lambda row: saying.chance(row.chance)),
        Column("value", gettext_lazy("到期预计"), Kind.LONG, value=tables.deadline_in_words),
        Column("goal_words", gettext_lazy("目标")),
        Column("actual", gettext_lazy("已完成"), value=lambda row: saying.figure(row, row.actual)),
        Column("expected", gettext_lazy("今天应达"), value=lambda row: saying.figure(row, row.expected)),
        Column("gate", gettext_lazy("下一节点预计"), Kind.LONG, value=tables.gate_in_words),
        Column("per_month", gettext_lazy("此后每月需完成"), value=lambda row: saying.each_month(row, row.per_month)),
        Column("best_month", gettext_lazy("最好的一个月"), value=lambda row: saying.each_month(row, row.best_month)),
        Column("deadline", gettext_lazy("期限"), Kind.DAY, sort_by="deadline"),
        Column("task_title", gettext_lazy("任务"), value=lambda row: f"{row.task_number} {row.task_title}"),
        Column("said_before", gettext_lazy("上期预测"), Kind.LONG, value=tables.said_before_in_words, extra=True),
        Column("method", gettext_lazy("办法"), value=lambda row: row.method.label if row.method else "", extra=True),
        Column("mean_error", gettext_lazy("回测误差"), value=tables.error_in_words, extra=True),
        Column("period", gettext_lazy("依据到哪一期"), extra=True),
    )


def desk(until: str) -> DeskList:
    """The list as it is declared."""
    return DeskList(
        "forecasts", gettext_lazy("完成预测"), columns(until), Sort("severity", descending=True), filters=PlainForm,
        empty=Empty(
            gettext_lazy("没有符合条件的预测"),
            gettext_lazy("目标有了报送、审核通过的数，系统每天据此预测一次。放宽筛选条件再看。"), icon="trending-up",
        ),
    )


@require_GET
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """The forecasts of a region, its own or with all below it, as of today or of a day in the past.

    Raises NotFound: the viewer watches nothing, or the region asked for lies outside the viewer's own.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    region = region_asked(viewer, request.GET.get("region", ""))
    form = ForecastForm(request.GET, viewer)
    wanted = wanted_of(form)
    until: date | None = wanted.get("until")
    filters = filters_of(viewer, wanted, region)
    here = directory()
    children = here.children(region.id)
    found = kept.prospects_of(viewer, [region.id, *(one.id for one in children)], at=filters.at)
    asked = {"until": until.isoformat() if until else ""}
    return desk(asked["until"]).respond(
        request, "forecast/list.html", filters=form, asked_by=request.user.name,
        fetch=lambda _asked, sort, after, limit: kept.forecasts_for(viewer, filters, sort, after, limit),
        count=lambda _asked, most: kept.count_forecasts(viewer, filters, most),
        why=_why(until),
        context={
            "region": region,
            "title": tables.finding_of(region.name, found[region.id]),
            "figures": tables.figures_of(found[region.id], region=region.code, **asked),
            "below": tables.region_lines(children, found, **asked),
            "heads": [saying.light_of(one) for one in Prospect],
            "until": until,
            "progress_url": reverse("progress:region", args=[region.code]),
        },
    )


def region_asked(viewer: Viewer, code: str) -> RegionEntry:
    """The region of an address, the viewer's own where none is named.

    Raises NotFound: there is none, or it is not the viewer's to watch.
    """
    here = directory()
    found = here.region_coded(code) if code else here.regions.get(viewer.region_id)
    if found is None:
        raise NotFound
    return watching.watched_region(viewer, found.id)


def filters_of(viewer: Viewer, wanted: Mapping[str, Any], region: RegionEntry) -> ForecastFilters:
    """What was asked for, in the room's own words. A code that names nothing narrows to nothing."""
    here = directory()
    line = next((one for one in here.lines.values() if one.code == wanted.get("line")), None)
    lead = here.unit_coded(wanted["lead"]) if wanted.get("lead") else None
    campaign, number = wanted.get("campaign", ""), wanted.get("task", "")
    task = task_numbered(viewer, campaign, number) if campaign and number else None
    return ForecastFilters(
        region_id=region.id, own_only=wanted.get("scope") != BELOW, campaign=campaign, task_id=task.id if task else None,
        prospects=(Prospect(wanted["prospect"]),) if wanted.get("prospect") else (),
        kind=TaskKind(wanted["kind"]) if wanted.get("kind") else None, lead_id=lead.id if lead else None,
        line_id=line.id if line else None, words=wanted.get("q", ""), at=moment_of(wanted.get("until")),
    )


def moment_of(until: date | None) -> datetime | None:
    """The end of a day that has passed; None for today, which is the present."""
    return saying.end_of(until) if until and until < clock.today() else None


def _why(until: date | None) -> str:
    return _("截至%s作出的预测，最让人担心的在前") % whole_day(until) if until else _("最近一次预测，最让人担心的在前")
