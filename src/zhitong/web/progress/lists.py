"""The rows behind every number of progress: each target of a territory with its newest light, the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans import queries as plans
from zhitong.domain.plans.rules import Light as Standing
from zhitong.domain.plans.rules import TaskKind
from zhitong.domain.progress.queries import watching
from zhitong.domain.progress.queries.watching import ProgressFilters, ProgressRow
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.progress import saying
from zhitong.web.progress.choosing import regions_offered
from zhitong.web.shell.components import Empty
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.shell.lists import Column, DeskList, Kind


class TargetFilters(PlainForm):
    """The bar above the rows; what leads here from a number travels in the hidden fields."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    own = forms.ChoiceField(
        label=gettext_lazy("范围"), required=False, choices=[("", gettext_lazy("含下级各地")), ("1", gettext_lazy("只看本级"))],
    )
    light = forms.ChoiceField(
        label=gettext_lazy("灯"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(Standing)],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("任务类别"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(TaskKind)],
    )
    line = forms.ChoiceField(label=gettext_lazy("牵头条线"), required=False)
    overridden = forms.BooleanField(label=gettext_lazy("上级另定的"), required=False)
    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("指标、任务"), "type": "search"}),
    )
    campaign = forms.SlugField(label=gettext_lazy("活动"), required=False, widget=forms.HiddenInput)
    task = forms.CharField(label=gettext_lazy("任务"), required=False, max_length=40, widget=forms.HiddenInput)
    lead = forms.SlugField(label=gettext_lazy("牵头单位"), required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, viewer: Viewer) -> None:
        super().__init__(query)
        self.fields["region"].choices = [("", _("全辖区")), *regions_offered(viewer)]  # type: ignore[attr-defined]
        lines = [(one.code, one.name) for one in directory().lines.values()]
        self.fields["line"].choices = [("", _("全部")), *lines]  # type: ignore[attr-defined]


COLUMNS = (
    Column("name", gettext_lazy("指标"), url=lambda row: _page_of(row)),
    Column("region", gettext_lazy("地区")),
    Column("light", gettext_lazy("灯"), Kind.LIGHT, sort_by="severity", value=lambda row: saying.light_of(row.light)),
    Column("goal", gettext_lazy("目标")),
    Column("actual", gettext_lazy("实际"), value=lambda row: _actual(row)),
    Column("expected", gettext_lazy("应达"), value=lambda row: _expected(row)),
    Column("share", gettext_lazy("完成目标的"), value=lambda row: saying.percent(row.share)),
    Column("override", gettext_lazy("上级另定"), Kind.LIGHT, value=lambda row: row.override and saying.light_of(row.override)),
    Column("period", gettext_lazy("期"), sort_by="period_end"),
    Column("task_title", gettext_lazy("任务"), value=lambda row: f"{row.task_number} {row.task_title}"),
    Column("words", gettext_lazy("怎么算的"), Kind.LONG),
    Column("deadline", gettext_lazy("期限"), Kind.DAY, extra=True),
    Column("is_accepted", gettext_lazy("上级"), value=lambda row: _("已接受") if row.is_accepted else _("未接受"), extra=True),
)
DESK = DeskList(
    "progress-targets", gettext_lazy("目标进度"), COLUMNS, Sort("severity", descending=True), filters=PlainForm,
    empty=Empty(
        gettext_lazy("没有符合条件的目标"),
        gettext_lazy("各单位报送、本级审核后才有灯；有灯的目标都在这里。放宽筛选条件再看。"), icon="target-arrow",
    ),
)


@require_GET
def targets(request: HttpRequest) -> HttpResponse | FileResponse:
    """Every target of the territory that has a light, narrowed as asked.

    Raises NotFound: the viewer watches nothing, or the region asked for lies outside the viewer's own.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not watching.may_watch(viewer):
        raise NotFound
    form = TargetFilters(request.GET, viewer)
    asked = request.GET.get("region", "")
    region = directory().region_coded(asked) if asked else None
    if asked and (region is None or not watching.may_watch(viewer, region.id)):
        raise NotFound
    place = region or directory().regions[viewer.region_id]
    filters = filters_of(viewer, wanted_of(form) | ({"region": region.code} if region else {}))
    return DESK.respond(
        request, "progress/list.html", filters=form, asked_by=request.user.name,
        fetch=lambda _asked, sort, after, limit: watching.rows_for(viewer, filters, sort, after, limit),
        count=lambda _asked, most: watching.count_rows(viewer, filters, most),
        why=_("最新一期，最差的在前"),
        context={"title": _("%s的目标进度") % place.name, "region": place},
    )


def filters_of(viewer: Viewer, wanted: Mapping[str, Any]) -> ProgressFilters:
    """What was asked for, in the room's own words. A code that names nothing narrows to nothing."""
    here = directory()
    region = here.region_coded(wanted["region"]) if wanted.get("region") else None
    line = next((one for one in here.lines.values() if one.code == wanted.get("line")), None)
    lead = here.unit_coded(wanted["lead"]) if wanted.get("lead") else None
    campaign, number = wanted.get("campaign", ""), wanted.get("task", "")
    task = plans.task_numbered(viewer, campaign, number) if campaign and number else None
    return ProgressFilters(
        region_id=region.id if region else None, own_only=bool(wanted.get("own")), campaign=campaign,
        task_id=task.id if task else None, lights=(Standing(wanted["light"]),) if wanted.get("light") else (),
        kind=TaskKind(wanted["kind"]) if wanted.get("kind") else None, lead_id=lead.id if lead else None,
        line_id=line.id if line else None, is_overridden=bool(wanted.get("overridden")), words=wanted.get("q", ""),
    )


def _page_of(row: ProgressRow) -> str:
    return saying.asking(saying.task_address(row.campaign, row.task_number), region=row.region_code, target=row.code)


def _actual(row: ProgressRow) -> str:
    return row.stage.label if row.stage else saying.measured(row.actual, row.measure)


def _expected(row: ProgressRow) -> str:
    return saying.measured(saying.whole(row.expected), row.measure)
