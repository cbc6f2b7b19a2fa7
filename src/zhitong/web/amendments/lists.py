"""调整: the amendments of the own region, of those above and those below, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.queries import plans_seen
from zhitong.domain.plans.queries.amendments import AmendmentFilters, AmendmentRow, amendments_for, count_amendments
from zhitong.domain.plans.queries.rights import may_amend
from zhitong.domain.plans.rules import AmendmentState
from zhitong.kit.paging import Key, Sort
from zhitong.web.amendments.forms import AmendmentFilterForm
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty
from zhitong.web.shell.lists import DeskList

LIST = DeskList(
    "amendments", gettext_lazy("目标任务的调整"),
    (
        Column("title", gettext_lazy("标题"), url=lambda row: reverse("amendments:page", args=[row.id])),
        Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
        Column("region", gettext_lazy("区划")),
        Column("items", gettext_lazy("项数"), Kind.NUMBER),
        Column("since", gettext_lazy("生效日"), Kind.DAY),
        Column("unit", gettext_lazy("拟定单位")),
        Column("made_at", gettext_lazy("拟定时间"), Kind.MOMENT),
        Column("plan", gettext_lazy("方案"), Kind.LONG, extra=True),
    ),
    Sort("id", descending=True),
    empty=Empty(
        gettext_lazy("还没有调整"),
        gettext_lazy("方案印发以后目标、时限或责任单位要变的，由活动办公室拟定调整，上一级批准后列在这里。"), icon="history",
    ),
)


@require_GET
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """The amendments the viewer may read. Raises NotFound: the viewer is one of the served."""

    def fetch(said: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[AmendmentRow]:
        place = after[1] if after else None
        return amendments_for(request.viewer, _filters(said), after=place, turned=not sort.descending, limit=limit)

    def count(said: Mapping[str, Any], most: int) -> int:
        return count_amendments(request.viewer, _filters(said), most=most)

    return LIST.respond(
        request, "amendments/list.html", fetch=fetch, count=count, filters=AmendmentFilterForm(request.GET),
        why=_("最近的在前"), asked_by=request.user.name, context={"plans": _plans_to_amend(request)},
    )


def _plans_to_amend(request: HttpRequest) -> list[tuple[str, str]]:
    """The plans that hold in the viewer's region, where this post drafts amendments: (campaign, title)."""
    viewer = request.viewer
    if not may_amend(viewer, viewer.region_id):
        return []
    above = {region.id for region in directory().path(viewer.region_id)}
    return [(one.campaign, one.title) for one in plans_seen(viewer) if one.region_id in above]


def _filters(said: Mapping[str, Any]) -> AmendmentFilters:
    state = AmendmentState(said["state"]) if "state" in said else None
    return AmendmentFilters(state=state, words=said.get("q", ""))
