"""督办单: drafting one, its page, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.supervision.actions import supervising
from zhitong.domain.supervision.actions.supervising import Drafting
from zhitong.domain.supervision.queries.papers import PaperPage, paper_page
from zhitong.domain.supervision.rules.pressing import why_not_supervise
from zhitong.domain.supervision.rules.way import MOVES, SupervisionAct
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.showing import address_of
from zhitong.web.shell.components import Act, Crumb, Happening, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.words import whole_day, whole_moment
from zhitong.web.supervision import forms
from zhitong.web.supervision.asking import Asking, respond
from zhitong.web.supervision.pressing import heads_named
from zhitong.web.supervision.showing import crumbs_of, limit_of


@dataclass(frozen=True)
class Way:
    """How an act on a paper is done at the screen; `done` is said afterwards."""

    form: type[PlainForm]
    do: Callable[..., Any]
    done: Text
    icon: str


WAYS: Mapping[SupervisionAct, Way] = {
    SupervisionAct.ISSUE: Way(forms.SignForm, supervising.issue, gettext_lazy("已签发，被督办单位随即收到。"), "pencil"),
    SupervisionAct.DISCARD: Way(forms.NothingForm, supervising.discard, gettext_lazy("草稿已作废。"), "trash"),
    SupervisionAct.ANSWER: Way(forms.AnswerForm, supervising.answer, gettext_lazy("已反馈，等督办单位审核。"), "send"),
    SupervisionAct.ACCEPT: Way(forms.AcceptForm, supervising.accept, gettext_lazy("已办结，督办结束。"), "checks"),
    SupervisionAct.RETURN: Way(
        forms.ReturnForm, supervising.return_answer, gettext_lazy("已退回，被督办单位须按要求重报。"), "arrow-back-up"
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form of a paper on the problems that the address names, and its drafting; signed already, it goes out at once.

    Raises NotYours: the post may not supervise. Raises NotFound: no problem named, or one not there for this viewer.
    """
    viewer = request.viewer
    require(viewer, Permission.SUPERVISE)
    heads = heads_named(request, request.GET.getlist("problem"))
    if not heads:
        raise NotFound
    here = directory()
    troubles = [why_not_supervise(head.standing, viewer.unit_id, here) for head in heads]
    form = forms.DraftForm(request.POST or None)
    unit_id = heads[0].standing.accountable_unit_id
    unit = here.units[unit_id].name if unit_id in here.units else ""
    asking = Asking(
        _("督办"), _("签发后%s随即收到，签发时取号并开始计时；问题的时限和承办单位都不变。") % unit, _("存为督办单"), "flag",
        address_of(heads[0].standing.number), crumbs_of(Crumb(_("起草督办单"))), cases=heads,
        closed=next((reason for reason in troubles if reason), ""), facts=[(_("被督办单位"), unit)],
    )
    ids = tuple(head.standing.id for head in heads)
    return respond(
        request, asking, form, lambda: _draft(request, ids, form.cleaned_data), _("督办单已存好；登记了签发人的已经下发。"),
        lambda answer: reverse("supervision:page", args=[answer["id"]]),
    )


def _draft(request: HttpRequest, ids: tuple[UUID, ...], given: Mapping[str, Any]) -> dict[str, str]:
    actor, now = request.viewer.actor("web"), clock.now()
    paper = supervising.draft(Drafting(
        problem_ids=ids, grade=given["grade"], demand=given["demand"], workdays=given["workdays"], actor=actor, now=now,
    ))
    if given["signed_by"]:
        supervising.issue(
            supervision_id=paper, signed_by=given["signed_by"], signed_on=given["signed_on"], actor=actor, now=now
        )
    return {"id": str(paper)}


@require_GET
def page(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """One paper, as it is printed, with what may be done; what the unit was told of it counts as read.

    Raises NotFound: there is no such paper, or none for this viewer.
    """
    officials_only(request.viewer)
    found = paper_page(request.viewer, supervision_id, now=clock.now())
    mark_read(request.viewer, found.row.id, now=clock.now())
    newest = len(found.timeline) - 1
    context = {
        "page": found, "paper": found.row, "signed_on": whole_day(found.signed_on) if found.signed_on else "",
        "due_at": whole_moment(found.row.due_at) if found.row.due_at else "",
         "limit": limit_of(found.row.due_at, found.row.light), "acts": _acts(found),
        "crumbs": crumbs_of(Crumb(found.row.number or _("草稿"))), "urgings": found.urgings,
        "happenings": [
            Happening(told.at, told.kind.label, f"{told.unit} {told.who}".strip(), newest=place == newest)
            for place, told in reversed(list(enumerate(found.timeline)))
        ],
    }
    return render(request, "supervision/paper.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, supervision_id: UUID, act: str) -> HttpResponse:
    """The form of an act on a paper, and the act.

    Raises NotFound: there is no such act or paper for this viewer. Raises NotYours: the post lacks the right.
    """
    chosen = next((one for one in WAYS if one.value == act), None)
    officials_only(request.viewer)
    found = paper_page(request.viewer, supervision_id, now=clock.now())
    if chosen is None:
        raise NotFound
    require(request.viewer, Permission.HANDLE if chosen is SupervisionAct.ANSWER else Permission.SUPERVISE)
    way, choice = WAYS[chosen], next((one for one in found.acts if one.act is chosen), None)
    closed = _("督办单现在是“%s”，这件事不能办。") % found.row.state.label if choice is None else choice.reason
    form = way.form(request.POST if request.method == "POST" else None)
    address = reverse("supervision:page", args=[supervision_id])
    asking = Asking(
        chosen.label, MOVES[chosen].words, chosen.label, way.icon, address,
        crumbs_of(Crumb(found.row.number or _("草稿"), address), Crumb(chosen.label)), cases=found.cases, closed=closed,
        facts=_facts(found),
    )
    return respond(
        request, asking, form, lambda: _do(request, way, supervision_id, form.cleaned_data), way.done,
        lambda _answer: reverse("supervision:list") if chosen is SupervisionAct.DISCARD else address,
    )


def _do(request: HttpRequest, way: Way, supervision_id: UUID, given: Mapping[str, Any]) -> bool:
    way.do(supervision_id=supervision_id, actor=request.viewer.actor("web"), now=clock.now(), **given)
    return True


def _facts(found: PaperPage) -> list[tuple[Text, Any]]:
    told: list[tuple[Text, Any]] = [
        (_("督办等级"), found.row.grade.label), (_("被督办单位"), found.row.unit), (_("督办要求"), found.row.demand)
    ]
    told += [(_("退回理由"), found.return_reason)] if found.return_reason else []
    return told + ([(_("办理情况反馈"), found.answer)] if found.answer else [])


def _acts(found: PaperPage) -> list[Act]:
    """The bar of acts; the first that is allowed is the one to offer."""
    first = next((one.act for one in found.acts if one.allowed), None)
    return [
        Act(one.act.label, reverse("supervision:act", args=[found.row.id, one.act.value]), one.allowed, one.reason,
            primary=one.act is first, icon=WAYS[one.act].icon)
        for one in found.acts
    ]
