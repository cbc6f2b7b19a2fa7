"""The proposals that a viewer may see, ranked; the list of what was taken on; and one proposal."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.extras.queries.proposals import (
    Filters,
    ProposalRow,
    ProposalView,
    count_for,
    proposal_seen,
    proposals_for,
)
from zhitong.domain.extras.rules.kinds import ON_THE_LIST, ExtraAct, ExtraKind, ProposalState
from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Act, Crumb, Empty, Light, Tab, Tone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.visits.asking import officials_only

_ALL = ("", gettext_lazy("全部"))
_TONES = {
    ProposalState.PROPOSED: Tone.NONE, ProposalState.WEIGHED: Tone.NONE, ProposalState.LISTED: Tone.GOOD,
    ProposalState.DONE: Tone.GOOD, ProposalState.UNLISTED: Tone.WARN, ProposalState.WITHDRAWN: Tone.NONE,
}
_ACTS = {
    ExtraAct.WEIGH: "list-check", ExtraAct.LIST: "plus", ExtraAct.COMPLETE: "check", ExtraAct.RATE: "users-group",
    ExtraAct.SEND_UP: "arrow-right",
}
"""In the order in which they come, with the drawing on the button; those without one are plain."""


class ProposalFilters(PlainForm):
    """The bar above."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("项目或地点")}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False, choices=[_ALL, *choices_of(ExtraKind)])
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[_ALL, *choices_of(ProposalState)])


class LedgerFilters(PlainForm):
    """The bar above the list of what was taken on."""

    q = ProposalFilters.base_fields["q"]
    kind = ProposalFilters.base_fields["kind"]


def light_of(row: ProposalRow) -> Light:
    """How far a proposal has come, as a shape and a word."""
    return Light(_TONES[row.state], row.state.label)


def rated(row: ProposalRow) -> str:
    """满意 38 / 问到 40."""
    return _("%(satisfied)d/%(asked)d 人满意") % {"satisfied": row.satisfied, "asked": row.asked} if row.asked else ""


def _page(row: ProposalRow) -> str:
    return reverse("extras:page", args=[row.id])


PROPOSALS = DeskList(
    "extras", gettext_lazy("民生微实事申报"),
    (
        Column("title", gettext_lazy("项目"), url=_page),
        Column("state", gettext_lazy("状态"), Kind.LIGHT, value=light_of),
        Column("score", gettext_lazy("得分"), Kind.NUMBER, sort_by="score", value=lambda row: row.score or None),
        Column("cost_cny", gettext_lazy("资金"), Kind.MONEY),
        Column("beneficiaries", gettext_lazy("受益人数"), Kind.NUMBER),
        Column("by_unit", gettext_lazy("申报单位")),
        Column("region", gettext_lazy("哪级清单")),
        Column("by_when", gettext_lazy("办成时间"), Kind.DAY),
        Column("kind", gettext_lazy("类别"), value=lambda row: row.kind.label, extra=True),
        Column("place", gettext_lazy("地点"), extra=True),
        Column("proposed_at", gettext_lazy("申报时间"), Kind.MOMENT, extra=True),
    ),
    Sort("score", descending=True),
    filters=ProposalFilters,
    empty=Empty(gettext_lazy("还没有申报"), gettext_lazy("乡镇、园区和部门把群众盼着办的身边小事报上来，会按得分排在这里。")),
)  # fmt: skip

LEDGER = DeskList(
    "extras-ledger", gettext_lazy("民生微实事清单"),
    (
        Column("title", gettext_lazy("项目"), url=_page),
        Column("state", gettext_lazy("状态"), Kind.LIGHT, value=light_of),
        Column("share_done", gettext_lazy("节点完成"), Kind.PERCENT),
        Column("lead", gettext_lazy("牵头单位")),
        Column("cost_cny", gettext_lazy("资金"), Kind.MONEY),
        Column("beneficiaries", gettext_lazy("受益人数"), Kind.NUMBER),
        Column("by_when", gettext_lazy("办成时间"), Kind.DAY),
        Column("rated", gettext_lazy("群众评价"), value=rated),
        Column("region", gettext_lazy("哪级清单")),
        Column("published_on", gettext_lazy("公布日期"), Kind.DAY, extra=True),
        Column("place", gettext_lazy("地点"), extra=True),
    ),
    Sort("score", descending=True),
    filters=LedgerFilters,
    empty=Empty(gettext_lazy("清单上还没有项目"), gettext_lazy("活动办公室评议后列入清单的项目会出现在这里。")),
)  # fmt: skip


@require_GET
def proposals(request: HttpRequest) -> HttpResponse | FileResponse:
    """What was proposed in the viewer's unit and territory, the highest score first.

    Raises NotFound: one of the served.
    """
    officials_only(request)
    viewer = request.viewer
    return PROPOSALS.respond(
        request, "extras/list.html", fetch=_fetch(viewer), count=_count(viewer), why=_("得分高的在前"), asked_by=request.user.name,
        context={"tabs": _tabs("list"), "may_propose": viewer.may(Permission.HANDLE)},
    )


@require_GET
def ledger(request: HttpRequest) -> HttpResponse | FileResponse:
    """What was taken on: who leads, how far it is, what its residents say.

    Raises NotFound: one of the served.
    """
    officials_only(request)
    viewer, states = request.viewer, tuple(ON_THE_LIST)
    return LEDGER.respond(
        request, "extras/ledger.html", fetch=_fetch(viewer, states), count=_count(viewer, states), why=_("已列入清单的项目"),
        asked_by=request.user.name, context={"tabs": _tabs("ledger"), "is_office": _is_office(viewer)},
    )


@require_GET
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal: what it is, how it was weighed, how far it has come, what may be done.

    Raises NotFound: there is none for this viewer.
    """
    officials_only(request)
    found = proposal_seen(request.viewer, proposal_id, now=clock.now())
    mark_read(request.viewer, proposal_id, now=clock.now())
    return render(request, "extras/page.html", {
        "found": found, "row": found.row, "light": light_of(found.row), "files": found.files, "acts": _acts(found),
        "rated": rated(found.row), "crumbs": [Crumb(_("民生微实事"), reverse("extras:list")), Crumb(found.row.title)],
        "roadmap_url": reverse("roadmap:task", args=[found.task_id, found.lead_region]) if found.task_id else "",
    })  # fmt: skip


def _acts(found: ProposalView) -> list[Act]:
    may = [one for one in ExtraAct if one in found.acts]
    first = next((one for one in (ExtraAct.LIST, ExtraAct.WEIGH, ExtraAct.COMPLETE, ExtraAct.RATE) if one in may), None)
    ordered = sorted(may, key=lambda one: one is not first)
    return [
        Act(one.label, reverse("extras:act", args=[found.row.id, one.value]), primary=one is first, icon=_ACTS.get(one, ""))
        for one in ordered
    ]


def _tabs(here: str) -> list[Tab]:
    return [
        Tab(label, reverse(f"extras:{name}"), name == here)
        for name, label in (("list", _("申报和评议")), ("ledger", _("清单")))
    ]


def _is_office(viewer: Viewer) -> bool:
    office = directory().office(viewer.region_id)
    return office is not None and office.id == viewer.unit_id


def _fetch(viewer: Viewer, states: tuple[ProposalState, ...] = ()) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ProposalRow]:
        key = (Decimal(str(after[0])), UUID(str(after[1]))) if after else None
        return proposals_for(
            viewer, _asked(asked, states), after=key, turned=not sort.descending, limit=limit, today=clock.today()
        )

    return fetch


def _count(viewer: Viewer, states: tuple[ProposalState, ...] = ()) -> Any:
    return lambda asked, most: count_for(viewer, _asked(asked, states), most=most)


def _asked(asked: Mapping[str, Any], states: tuple[ProposalState, ...]) -> Filters:
    return Filters(
        kind=ExtraKind(asked["kind"]) if "kind" in asked else None,
        states=(ProposalState(asked["state"]),) if "state" in asked else states, words=asked.get("q", ""),
    )
