"""梯度培育: a ladder with who stands where, who is ready to move and why, and the moves of the month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.tiering.actions.climbing import climb
from zhitong.domain.tiering.queries.ladders import (
    FootingFilters,
    FootingRow,
    count_footings,
    footings_for,
    ladder_of,
    ladders_of,
    may_lead,
    proposed_rungs,
    rung_moves,
    rungs_counted,
)
from zhitong.domain.tiering.rules.ladders import Ladder
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Figure, Tab
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key, send_once
from zhitong.web.shell.words import figure_in_words
from zhitong.web.tiering.forms import ClimbForm, FootingFilterForm
from zhitong.web.tiering.looking import NO_TIER, campaign_looked_at

RECENT = 20
COLUMNS = (
    Column("name", gettext_lazy("企业"), url=lambda row: reverse("tiering:subject", args=[row.subject_id])),
    Column("region", gettext_lazy("区划")),
    Column("rung", gettext_lazy("现在梯次"), value=lambda row: row.rung or NO_TIER),
    Column("proposed", gettext_lazy("规则建议"), value=lambda row: row.proposed or NO_TIER),
    Column("is_ready", gettext_lazy("调整"), value=lambda row: _("可以调整") if row.is_ready else ""),
    Column("words", gettext_lazy("理由"), Kind.LONG),
    Column("lacking", gettext_lazy("上一级还差"), Kind.LONG),
    Column("kind", gettext_lazy("类别"), value=lambda row: row.kind.label, extra=True),
)


def _list(may_move: bool) -> DeskList:
    return DeskList(
        "footings", gettext_lazy("梯队名单"), COLUMNS, Sort("id"), choose="climb" if may_move else "",
        empty=Empty(
            gettext_lazy("没有符合条件的企业"), gettext_lazy("登记了资质或记入年度数据的企业，够某一级条件的会出现在这里。"), icon="stack-2"
        ),
    )


@require_GET
def first(request: HttpRequest) -> HttpResponse:
    """Lead to the first ladder. Raises NotFound: the campaign has none, or it is not the viewer's to look at."""
    ladders = ladders_of(campaign_looked_at(request).code)
    if not ladders:
        raise NotFound
    return redirect("tiering:ladder", ladders[0].code)


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """One ladder. Raises NotFound: there is none such, or it is not the viewer's to look at."""
    campaign = campaign_looked_at(request).code
    return _show(request, campaign, ladder_of(campaign, code))


@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Move the ticked to a rung, or each to the one the rule sees; refused, the page comes back with what was typed.

    Raises NotFound, NotYours.
    """
    campaign = campaign_looked_at(request).code
    ladder = ladder_of(campaign, code)
    form, ids = ClimbForm(request.POST, ladder=ladder), _chosen(request)
    if not form.is_valid():
        return _show(request, campaign, ladder, form, status=422)
    rungs, viewer = _rungs(campaign, ladder, ids, form.cleaned_data["rung"]), request.viewer

    def act() -> int:
        return climb(
            viewer, code, rungs, form.cleaned_data["reason"], campaign=campaign, actor=viewer.actor("web"), now=clock.now()
        )

    try:
        moved, _is_new = send_once(request, act)
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _show(request, campaign, ladder, form, status=409)
    messages.success(request, _("已调整%s户的梯次，理由已留存。") % moved)
    return redirect("tiering:ladder", code)


def _show(
    request: HttpRequest, campaign: str, ladder: Ladder, form: ClimbForm | None = None, *, status: int = 200
) -> HttpResponse | FileResponse:
    viewer, may_move = request.viewer, may_lead(request.viewer, ladder)
    today = clock.today()

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[FootingRow]:
        place = after[1] if after else None
        return footings_for(
            viewer, campaign, ladder, _filters(asked), after=place, turned=sort.descending, limit=limit
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_footings(viewer, campaign, ladder, _filters(asked), most=most)

    context = {
        "ladder": ladder, "form": form or ClimbForm(ladder=ladder), "may_move": may_move, "once_key": new_key(),
        "tabs": [
            Tab(one.name, reverse("tiering:ladder", args=[one.code]), one.code == ladder.code)
            for one in ladders_of(campaign)
        ],
        "figures": _figures(request, campaign, ladder),
        "moves": rung_moves(viewer, campaign, ladder, since=today.replace(day=1), limit=RECENT),
        "month": _("%s月") % today.month,
    }
    answer = _list(may_move).respond(
        request, "tiering/ladder.html", fetch=fetch, count=count, filters=FootingFilterForm(request.GET, ladder),
        why=_("按入列先后"), asked_by=request.user.name, context=context,
    )
    answer.status_code = status
    return answer


def _figures(request: HttpRequest, campaign: str, ladder: Ladder) -> list[Figure]:
    place = reverse("tiering:ladder", args=[ladder.code])
    return [
        Figure(
            one.name or _("还没有入列"), figure_in_words(one.standing), _("户"),
            _("可以调整 %s") % figure_in_words(one.ready) if one.ready else "",
            f"{place}?rung={one.rung or 'none'}" if one.standing else "",
        )
        for one in rungs_counted(request.viewer, campaign, ladder)
    ]


def _filters(asked: Mapping[str, Any]) -> FootingFilters:
    rung = asked.get("rung")
    return FootingFilters(
        rung="" if rung == "none" else rung, only_ready=bool(asked.get("ready")), words=asked.get("q", "")
    )


def _chosen(request: HttpRequest) -> list[UUID]:
    """The footings that were ticked. Raises NotFound: something else was sent."""
    try:
        return [UUID(text) for text in request.POST.getlist("chosen")]
    except ValueError:
        raise NotFound from None


def _rungs(campaign: str, ladder: Ladder, ids: list[UUID], said: str) -> dict[UUID, str]:
    """The rung of each ticked firm: the one that was chosen, or where the rule sees it."""
    seen = proposed_rungs(campaign, ladder, ids)
    if said == "as_seen":
        return seen
    return dict.fromkeys(seen, "" if said == "off" else said)
