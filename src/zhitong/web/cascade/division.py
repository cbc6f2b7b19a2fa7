"""One target's division: the table of regions, filled in and tried, with its sum held against the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.actions.dividing.drafting import set_shares
from zhitong.domain.plans.queries.dividing.divisions import DivisionView, ShareView, division_seen, divisions_of
from zhitong.domain.plans.queries.dividing.heads import TargetHead, may_decide, may_draft, target_to_divide
from zhitong.domain.plans.queries.dividing.weights import weight_sets
from zhitong.domain.plans.rules import ShareState
from zhitong.domain.plans.rules.dividing import (
    WAITING,
    Balance,
    DivisionState,
    balance_of,
    fitting_methods,
    share_trouble,
    why_not_divided,
)
from zhitong.kit.figures import NoFigure, number_in
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.cascade.forms import MethodForm, SharesSheetForm
from zhitong.web.cascade.looking import balance_figures, crumbs_of, in_cell, light_of, page_of, turn_of
from zhitong.web.shell.components import Figure, Light, Tone
from zhitong.web.shell.sending import key_of, new_key, send_once

TONES = {
    ShareState.ACCEPTED: Tone.GOOD, ShareState.ISSUED: Tone.NONE, ShareState.ASKED: Tone.WARN,
    ShareState.CHANGED: Tone.NONE, ShareState.KEPT: Tone.NONE, ShareState.DRAFT: Tone.NONE,
}


@dataclass(frozen=True)
class Line:
    """A region of the table: its share, what stands in its field, what is wrong with it, and where one goes from here."""

    share: ShareView
    typed: str
    trouble: str
    part: str
    light: Light
    divide_url: str
    answer_url: str


@dataclass(frozen=True)
class Typed:
    """What was typed, field by field: the text, the value where it is one, and what is wrong."""

    texts: Mapping[UUID, str]
    values: Mapping[UUID, Decimal | None]
    troubles: Mapping[UUID, str]


@require_GET
def page(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """A target's division. Raises NotFound: the target is above the viewer or beside it."""
    head = target_to_divide(request.viewer, target_id)
    number = request.GET.get("number", "")
    if number and not number.isdigit():
        raise NotFound
    found = division_seen(request.viewer, head, int(number) if number else None)
    return show(request, head, found)


@require_POST
def fill(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Try what was typed, or keep it: do=try adds it up and keeps nothing. Raises NotFound, NotYours."""
    head = target_to_divide(request.viewer, target_id)
    found = division_seen(request.viewer, head)
    if found is None or found.state is not DivisionState.DRAFT:
        raise NotFound
    typed = typed_in(request, head, found)
    if request.POST.get("do") == "try":
        return show(request, head, found, typed=typed, tried=True)
    if typed.troubles:
        return show(request, head, found, typed=typed, status=422)
    version = request.POST.get("version", "")

    def act() -> int:
        return set_shares(
            found.id, typed.values, turn_of(request), version=int(version) if version.isdigit() else None
        )

    try:
        send_once(request, act)
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        troubles = {UUID(region): sentence for region, sentence in refused.fields.items()}
        return show(request, head, found, typed=Typed(typed.texts, typed.values, troubles), status=422)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return show(request, head, division_seen(request.viewer, head), typed=typed, status=409)
    messages.success(request, _("已保存。核对合计后下达。"))
    return redirect(page_of(target_id))


def typed_in(request: HttpRequest, head: TargetHead, found: DivisionView) -> Typed:
    """The shares of a form, each read as people write figures."""
    texts = {share.region.id: request.POST.get(f"share-{share.region.code}", "").strip() for share in found.shares}
    values: dict[UUID, Decimal | None] = {}
    troubles: dict[UUID, str] = {}
    for region_id, text in texts.items():
        try:
            value = number_in(text)
        except NoFigure as trouble:
            troubles[region_id] = _("%s。") % trouble
            continue
        if value is not None and (said := share_trouble(head.asks, value)):
            troubles[region_id] = said
            continue
        values[region_id] = value
    return Typed(texts, values, troubles)


def show(
    request: HttpRequest, head: TargetHead, found: DivisionView | None, *, typed: Typed | None = None, tried: bool = False,
    status: int = 200, **more: Any,
) -> HttpResponse:
    """The page of a target's division, with what was typed where it was refused or tried."""
    viewer, here = request.viewer, directory()
    region = here.regions[head.region_id]
    may_fill = found is not None and found.state is DivisionState.DRAFT and may_draft(viewer, head)
    balance = _balance(head, found, typed) if found else None
    lines = _lines(head, found, typed, may_decide(viewer, head.region_id)) if found else []
    return render(request, "cascade/division.html", {
        "head": head, "region": region, "division": found, "lines": lines, "balance": balance,
        "figures": _figures(head, found, balance), "light": light_of(balance) if balance else None,
        "may_fill": may_fill, "tried": tried, "crumbs": crumbs_of(head),
        "may_begin": not why_not_divided(head.asks) and bool(here.children(region.id)) and may_draft(viewer, head)
        and (found is None or found.state is DivisionState.ISSUED),
        "may_issue": may_fill and may_decide(viewer, head.region_id),
        "why_not": why_not_divided(head.asks) or ("" if here.children(region.id) else _("%s下面没有区划，不用再分解。") % region.name),
        "method_form": MethodForm(methods=fitting_methods(head.asks), sets=weight_sets(viewer, head.campaign)) if may_fill else None,
        "sheet_form": SharesSheetForm() if may_fill else None,
        "history": divisions_of(viewer, head) if found else [],
        "shown": [here.regions[one].name for one in here.shown.get(region.id, ())],
        "oob": ",".join(f"#part-{line.share.region.code}" for line in lines),
        "once_key": new_key() if status != 200 else key_of(request), **more,
    }, status=status)  # fmt: skip


def _figures(head: TargetHead, found: DivisionView | None, balance: Balance | None) -> list[Figure]:
    if found is None or balance is None:
        return []
    figures = balance_figures(head, balance, found.weighed_by)
    if found.state is DivisionState.DRAFT:
        return figures
    accepted, asked = found.count(ShareState.ACCEPTED), found.count(ShareState.ASKED)
    waits = _("%s地还没有接收") % found.count(*WAITING) if found.count(*WAITING) else ""
    return [
        *figures, Figure(_("已接收"), f"{accepted} / {len(found.shares)}", _("地"), waits),
        *([Figure(_("请求调整"), str(asked), _("地"), _("等本级答复"))] if asked else []),
    ]


def _balance(head: TargetHead, found: DivisionView, typed: Typed | None) -> Balance:
    """The balance of what is typed, or else of what is kept."""
    values = {share.region.id: share.value for share in found.shares}
    if typed is not None:
        values = {region_id: typed.values.get(region_id) for region_id in values}
    weights = {share.region.id: share.weight for share in found.shares if share.weight is not None}
    return balance_of(head.asks, values, weights)


def _lines(head: TargetHead, found: DivisionView, typed: Typed | None, decides: bool) -> list[Line]:
    return [_line(head, share, typed, decides) for share in found.shares]


def _line(head: TargetHead, share: ShareView, typed: Typed | None, decides: bool) -> Line:
    region_id = share.region.id
    value = typed.values.get(region_id) if typed else share.value
    part = f"{value * 100 / head.asks.value:.1f}" if value is not None and head.asks.is_summed and head.asks.value else ""
    is_asked = share.state is ShareState.ASKED
    below = bool(directory().children(region_id)) and share.target_id is not None
    return Line(
        share, typed.texts.get(region_id, "") if typed else in_cell(share.value), typed.troubles.get(region_id, "") if typed else "",
        part, Light(TONES[share.state], share.state.label), page_of(share.target_id) if below and share.target_id else "",
        reverse("cascade:answer", args=[share.id]) if is_asked and decides else "",
    )
