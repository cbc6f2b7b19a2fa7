"""The plans one may see, one of them opened, and the list that a sample was drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.inspections.queries.inspections import (
    Filters,
    InspectionRow,
    InspectionView,
    count_for,
    inspection_seen,
    inspections_for,
    sample_names,
)
from zhitong.domain.inspections.queries.sight import officials_only
from zhitong.domain.inspections.rules.kinds import InspectionState, Way
from zhitong.domain.inspections.rules.way import InspectionAct
from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Act, Crumb, Empty, Light, Tab, Tone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList

ALL = ("", gettext_lazy("全部"))
_TONES = {
    InspectionState.DRAFTED: Tone.NONE, InspectionState.SUBMITTED: Tone.WARN, InspectionState.REFUSED: Tone.BAD,
    InspectionState.APPROVED: Tone.GOOD, InspectionState.ENDED: Tone.NONE,
}
_ICONS = {
    InspectionAct.SUBMIT: "arrow-right", InspectionAct.APPROVE: "check", InspectionAct.FIND: "plus",
    InspectionAct.DRAW: "arrows-split", InspectionAct.END: "flag",
}


class InspectionFilters(PlainForm):
    """The bar above."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("督查名称")}),
    )
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[ALL, *choices_of(InspectionState)])
    way = forms.ChoiceField(label=gettext_lazy("方式"), required=False, choices=[ALL, *choices_of(Way)])


def light_of(row: InspectionRow) -> Light:
    """How an inspection stands, as a shape and a word."""
    return Light(_TONES[row.state], row.state.label)


INSPECTIONS = DeskList(
    "inspections", gettext_lazy("督查"),
    (
        Column("title", gettext_lazy("督查"), url=lambda row: reverse("inspections:page", args=[row.id])),
        Column("state", gettext_lazy("状态"), Kind.LIGHT, value=light_of),
        Column("way", gettext_lazy("方式"), value=lambda row: row.way.label),
        Column("by_unit", gettext_lazy("督查单位")),
        Column("objects", gettext_lazy("督查单位数"), Kind.NUMBER),
        Column("found", gettext_lazy("发现问题"), Kind.NUMBER),
        Column("open", gettext_lazy("未销号"), Kind.NUMBER),
        Column("since", gettext_lazy("开始"), Kind.DAY, sort_by="id"),
        Column("until", gettext_lazy("结束"), Kind.DAY),
    ),
    Sort("id", descending=True),
    filters=InspectionFilters,
    empty=Empty(gettext_lazy("还没有督查"), gettext_lazy("督查方案经督查室批准后，抽样、发现的问题和整改情况都在这里。"), icon="award"),
)  # fmt: skip


def tabs(here: str) -> list[Tab]:
    """The places of inspections, side by side."""
    places = (("list", _("督查")), ("findings", _("整改台账")), ("in_place", _("五到位")))
    return [Tab(label, reverse(f"inspections:{name}"), name == here) for name, label in places]


@require_GET
def inspections(request: HttpRequest) -> HttpResponse | FileResponse:
    """Every inspection the viewer may see, the newest first.

    Raises NotFound: one of the served.
    """
    viewer = request.viewer
    officials_only(viewer)
    return INSPECTIONS.respond(
        request, "inspections/list.html", fetch=_fetch(viewer), count=lambda asked, most: count_for(viewer, _asked(asked), most=most),
        why=_("新安排的在前"), asked_by=request.user.name,
        context={"tabs": tabs("list"), "may_plan": viewer.may(Permission.SUPERVISE)},
    )


@require_GET
def inspection(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """One inspection: the plan, the samples with their seeds, what was found, what may be done.

    Raises NotFound: there is none for this viewer.
    """
    officials_only(request.viewer)
    found = inspection_seen(request.viewer, inspection_id, now=clock.now())
    mark_read(request.viewer, inspection_id, now=clock.now())
    return render(request, "inspections/page.html", {
        "found": found, "row": found.row, "light": light_of(found.row), "acts": _acts(found),
        "may_see_in_place": InspectionAct.FIND in found.acts,
        "crumbs": [Crumb(_("督查"), reverse("inspections:list")), Crumb(found.row.title)],
    })  # fmt: skip


@require_GET
def names(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Every name a sample was drawn from, one a line, to draw it again.

    Raises NotFound: the viewer does not see the inspection.
    """
    officials_only(request.viewer)
    answer = HttpResponse("\n".join(sample_names(request.viewer, sample_id)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sample-{sample_id}.txt"'
    return answer


def _acts(found: InspectionView) -> list[Act]:
    at = found.row.id
    acts = [
        Act(one.label, reverse("inspections:act", args=[at, one.value]), primary=place == 0, icon=_ICONS.get(one, ""))
        for place, one in enumerate(found.acts)
    ]
    if InspectionAct.SUBMIT in found.acts:
        acts.append(Act(_("修改方案"), reverse("inspections:change", args=[at])))
    return acts


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[InspectionRow]:
        key = UUID(str(after[0])) if after else None
        return inspections_for(viewer, _asked(asked), after=key, turned=not sort.descending, limit=limit)

    return fetch


def _asked(asked: Mapping[str, Any]) -> Filters:
    return Filters(
        state=InspectionState(asked["state"]) if "state" in asked else None, way=Way(asked["way"]) if "way" in asked else None,
        words=asked.get("q", ""),
    )
