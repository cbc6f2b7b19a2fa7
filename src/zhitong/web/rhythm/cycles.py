"""The cycles one may see, what lies ahead first, and one of them with its phases."""

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

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.queries.cycles import CycleRow, CycleView, Filters, count_for, cycle_seen, cycles_for
from zhitong.domain.rhythm.rules.kinds import AgendaState, CycleKind, CycleSide, CycleState
from zhitong.domain.rhythm.rules.way import CycleAct
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.rhythm.decisions import OF_A_CYCLE, shown_decisions
from zhitong.web.rhythm.showing import ALL, figures_of, light_of, officials_only, phases_of, shown, tabs
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Act, Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key

_ICONS = {
    CycleAct.CALL: "send", CycleAct.RECORD: "pencil", CycleAct.PUBLISH: "file-text", CycleAct.FILE: "folder", CycleAct.ADD: "plus",
    CycleAct.ASK: "plus", CycleAct.GATHER: "refresh", CycleAct.CHANGE: "edit",
}
_PREPARED = frozenset({CycleState.PREPARING, CycleState.CALLED})
_PUBLISHED = frozenset({CycleState.PUBLISHED, CycleState.FILED})


class CycleFilters(PlainForm):
    """The bar above."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("会议名称")}),
    )
    side = forms.ChoiceField(label=gettext_lazy("哪些"), required=False, choices=[ALL, *choices_of(CycleSide)])
    kind = forms.ChoiceField(label=gettext_lazy("类型"), required=False, choices=[ALL, *choices_of(CycleKind)])
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[ALL, *choices_of(CycleState)])


CYCLES = DeskList(
    "cycles", gettext_lazy("推进调度"),
    (
        Column("title", gettext_lazy("会议"), url=lambda row: reverse("rhythm:page", args=[row.id])),
        Column("state", gettext_lazy("状态"), Kind.LIGHT, value=lambda row: light_of(row.state)),
        Column("kind", gettext_lazy("类型"), value=lambda row: row.kind.label),
        Column("meets_at", gettext_lazy("时间"), Kind.MOMENT, sort_by="meets_at"),
        Column("place", gettext_lazy("地点")),
        Column("office", gettext_lazy("召集单位")),
        Column("decisions", gettext_lazy("决定事项"), Kind.NUMBER),
        Column("open", gettext_lazy("未落实"), Kind.NUMBER),
    ),
    Sort("meets_at", descending=True),
    filters=CycleFilters,
    empty=Empty(
        gettext_lazy("还没有会议"), gettext_lazy("筹备一次会议，议题和数字自动汇集；设了例会安排的，到时间自动开始筹备。"),
        icon="calendar-event",
    ),
)  # fmt: skip


@require_GET
def cycles(request: HttpRequest) -> HttpResponse | FileResponse:
    """Every cycle the viewer may see, the furthest ahead first.

    Raises NotFound: one of the served.
    """
    viewer = request.viewer
    officials_only(viewer)
    return CYCLES.respond(
        request, "rhythm/list.html", fetch=_fetch(viewer), count=lambda asked, most: count_for(viewer, _asked(asked), most=most),
        why=_("时间在后的在前"), asked_by=request.user.name,
        context={"tabs": tabs("list", viewer), "may_open": viewer.may(Permission.SUPERVISE)},
    )


@require_GET
def cycle(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """One cycle: where it stands, what may be done, its agenda, figures, minutes, decisions.

    Raises NotFound: there is none for this viewer.
    """
    viewer, now = request.viewer, clock.now()
    officials_only(viewer)
    found = cycle_seen(viewer, cycle_id, now=now)
    mark_read(viewer, cycle_id, now=now)
    may_arrange = CycleAct.ARRANGE in found.acts
    agenda = [one for one in shown(found.agenda) if may_arrange or one.row.state is not AgendaState.OFF]
    return render(request, "rhythm/page.html", {
        "found": found, "row": found.row, "light": light_of(found.row.state), "phases": phases_of(found), "acts": _acts(found),
        "figures": figures_of(found), "agenda": agenda, "may_arrange": may_arrange, "on": AgendaState.ON,
        "decisions": shown_decisions(found.decisions), "heads": OF_A_CYCLE, "is_prepared": found.row.state in _PREPARED,
        "is_published": found.row.state in _PUBLISHED, "is_called": found.called_at is not None, "once_key": new_key(),
        "crumbs": [Crumb(_("推进调度"), reverse("rhythm:list")), Crumb(found.row.title)],
    })  # fmt: skip


def _acts(found: CycleView) -> list[Act]:
    """The acts that have a page of their own, the next step first."""
    own = [one for one in found.acts if one is not CycleAct.ARRANGE]
    return [
        Act(one.label, _address(found, one), primary=place == 0, icon=_ICONS.get(one, "")) for place, one in enumerate(own)
    ]


def _address(found: CycleView, one: CycleAct) -> str:
    if one in (CycleAct.CHANGE, CycleAct.RECORD):
        return reverse(f"rhythm:{one.value}", args=[found.row.id])
    return reverse("rhythm:act", args=[found.row.id, one.value])


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[CycleRow]:
        key = (after[0], UUID(str(after[1]))) if after else None
        return cycles_for(viewer, _asked(asked), after=key, turned=not sort.descending, limit=limit)

    return fetch


def _asked(asked: Mapping[str, Any]) -> Filters:
    return Filters(
        side=CycleSide(asked["side"]) if "side" in asked else None, kind=CycleKind(asked["kind"]) if "kind" in asked else None,
        state=CycleState(asked["state"]) if "state" in asked else None, words=asked.get("q", ""),
    )
