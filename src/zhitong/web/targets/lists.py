"""目标: the targets of a region in the order of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.plans.queries import plans_seen
from zhitong.domain.plans.queries.one_target import TargetFilters, TargetRow, count_targets, targets_for
from zhitong.domain.plans.rules import TargetForm, full_name
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Tab
from zhitong.web.shell.lists import DeskList
from zhitong.web.targets.forms import TargetFilterForm


def _goal(row: TargetRow) -> str:
    said = _("%(goal)s（力争%(more)s）") % {"goal": row.goal, "more": row.aspiration} if row.aspiration else row.goal
    return _("已取消（原为%s）") % row.goal if row.is_cancelled else said


LIST = DeskList(
    "targets", gettext_lazy("目标"),
    (
        Column(
            "name", gettext_lazy("指标"), value=lambda row: full_name(row.name, row.scope),
            url=lambda row: reverse("targets:page", args=[row.id]),
        ),
        Column("goal", gettext_lazy("目标值"), value=_goal),
        Column("deadline", gettext_lazy("完成时限"), Kind.DAY),
        Column("form", gettext_lazy("怎样算达到"), value=lambda row: row.form.label),
        Column("task", gettext_lazy("任务"), Kind.LONG, value=lambda row: f"{row.task} {row.task_title}".strip()),
        Column("code", gettext_lazy("编号"), extra=True),
    ),
    Sort("position"),
    empty=Empty(
        gettext_lazy("这里还没有目标"), gettext_lazy("方案印发或上级把目标分解下达以后，本地的目标列在这里。"),
        icon="target-arrow",
    ),
)


@require_GET
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """The targets of the viewer's region, or of another that is asked for, in one campaign.

    Raises NotFound: there is no plan or no such region, or the viewer is one of the served.
    """
    region = _region(request)
    plans = plans_seen(request.viewer)
    here = directory()
    own = [one for one in plans if region.id in here.within(one.region_id)]
    asked = request.GET.get("campaign", "")
    chosen = next((one for one in own if one.campaign == asked), None if asked else next(reversed(own), None))
    if chosen is None:
        raise NotFound

    def fetch(said: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[TargetRow]:
        filters = _filters(chosen.campaign, region.id, said)
        place = (int(after[0]), UUID(str(after[1]))) if after else None
        return targets_for(request.viewer, filters, after=place, turned=sort.descending, limit=limit)

    def count(said: Mapping[str, Any], most: int) -> int:
        return count_targets(request.viewer, _filters(chosen.campaign, region.id, said), most=most)

    return LIST.respond(
        request, "targets/list.html", fetch=fetch, count=count, filters=TargetFilterForm(request.GET),
        why=_("按方案里的先后"), asked_by=request.user.name,
        context={"region": region, "tabs": [_tab(one.campaign, one.title, region.code, one is chosen) for one in reversed(own)]},
    )


def _region(request: HttpRequest) -> RegionEntry:
    here, code = directory(), request.GET.get("region", "")
    found = here.region_coded(code) if code else here.regions[request.viewer.region_id]
    if found is None:
        raise NotFound
    return found


def _filters(campaign: str, region_id: UUID, said: Mapping[str, Any]) -> TargetFilters:
    form = TargetForm(said["form"]) if "form" in said else None
    return TargetFilters(campaign, region_id, form=form, words=said.get("q", ""))


def _tab(campaign: str, title: str, region: str, current: bool) -> Tab:
    return Tab(title, f"{reverse('targets:list')}?{urlencode({'campaign': campaign, 'region': region})}", current)
