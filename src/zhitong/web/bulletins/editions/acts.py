"""Drafting an edition, and the acts of its office on it, each asked on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.bulletins.actions.editions import checking, drafting, issuing
from zhitong.domain.bulletins.queries.editions.listing import reserved_for
from zhitong.domain.bulletins.queries.editions.page import EditionPage, edition_page
from zhitong.domain.bulletins.rules.cutting_off import cut_off_of, judge_cut_off
from zhitong.domain.bulletins.rules.drawn import Bound
from zhitong.domain.bulletins.rules.kinds import CheckState
from zhitong.domain.bulletins.rules.way import MOVES, EditionAct
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.bulletins.editions import forms
from zhitong.web.bulletins.editions.page import ICONS
from zhitong.web.bulletins.editions.showing import crumb_of, crumbs_of, period_in_words
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.supervision.asking import Asking, respond


@dataclass(frozen=True)
class Way:
    """How an act on an edition is done at the screen; `done` is said afterwards."""

    form: type[PlainForm]
    do: Callable[..., Any]
    done: Text


def _issue(*, edition_id: UUID, actor: Any, now: Any, **given: Any) -> str:
    return issuing.issue(issuing.Issuing(edition_id=edition_id, actor=actor, now=now, **given))


def _correct(*, edition_id: UUID, actor: Any, now: Any, **given: Any) -> str:
    return str(issuing.correct(issuing.Correcting(edition_id=edition_id, actor=actor, now=now, **given)))


WAYS: Mapping[EditionAct, Way] = {
    EditionAct.CHECK: Way(forms.NothingForm, checking.send_to_check, gettext_lazy("已送数据核对，各单位随即收到。")),
    EditionAct.SUBMIT: Way(forms.NothingForm, checking.submit, gettext_lazy("已送签发。")),
    EditionAct.ISSUE: Way(forms.SignForm, _issue, gettext_lazy("已签发，文号已登记，文稿和数字不再改动。")),
    EditionAct.REDRAW: Way(forms.NothingForm, drafting.redraw, gettext_lazy("已重新统计。")),
    EditionAct.RETURN: Way(forms.ReasonForm, drafting.send_back, gettext_lazy("已退回起草。")),
    EditionAct.CORRECT: Way(forms.CorrectForm, _correct, gettext_lazy("更正函已起草，核对后送签发。")),
    EditionAct.DROP: Way(forms.ReasonForm, drafting.drop, gettext_lazy("文稿已作废。")),
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose the paper and the cut-off, and draft it. Raises NotYours: no post of a campaign office."""
    require(request.viewer, Permission.DISPATCH)
    form = forms.NewForm(request.POST if request.method == "POST" else None)
    asking = Asking(
        _("起草通报、简报"), _("系统按截止时间那一刻的事实生成文稿和数字，只有本办公室看得到。"), _("生成文稿"), "news",
        reverse("bulletins:editions"), crumbs_of(Crumb(_("起草"))),
    )
    return respond(
        request, asking, form, lambda: _draft(request, form.cleaned_data), _("文稿已生成，请核对、修改文字。"),
        lambda answer: reverse("bulletins:edition", args=[answer["id"]]),
    )


def _draft(request: HttpRequest, given: Mapping[str, Any]) -> dict[str, str]:
    now, campaign = clock.now(), campaign_in_force()
    cut_off = cut_off_of(given["cut_off"], now, given["at"])
    judge_cut_off(cut_off, now, campaign.year if campaign else None)
    edition_id = drafting.draft(kind=given["kind"], cut_off=cut_off, actor=request.viewer.actor("web"), now=now)
    return {"id": str(edition_id)}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, edition_id: UUID, act: str) -> HttpResponse:
    """The form of an act, and the act.

    Raises NotFound: there is no such act or edition for this viewer's office.
    """
    chosen = next((one for one in WAYS if one.value == act), None)
    found = edition_page(request.viewer, edition_id, now=clock.now())
    if chosen is None or not found.is_own:
        raise NotFound
    way, choice = WAYS[chosen], next((one for one in found.acts if one.act is chosen), None)
    closed = _("文稿现在是“%s”，这件事不能办。") % found.row.state.label if choice is None else choice.reason
    address = reverse("bulletins:edition", args=[edition_id])
    form = way.form(request.POST if request.method == "POST" else None, **_offered(request, chosen, found))
    asking = Asking(
        chosen.label, MOVES[chosen].words, chosen.label, ICONS[chosen], address,
        crumbs_of(crumb_of(found), Crumb(chosen.label)), closed=closed, facts=_facts(found),
    )
    return respond(
        request, asking, form, lambda: _do(request, way, edition_id, form.cleaned_data), way.done,
        lambda answer: reverse("bulletins:edition", args=[answer["slip"]]) if chosen is EditionAct.CORRECT else address,
    )


def _offered(request: HttpRequest, chosen: EditionAct, found: EditionPage) -> dict[str, Any]:
    """What the form of an act offers to choose from."""
    if chosen is EditionAct.ISSUE:
        return {"reserved": reserved_for(request.viewer, found.row.kind)}
    return {"figures": _those_objected_to_first(found)} if chosen is EditionAct.CORRECT else {}


def _those_objected_to_first(found: EditionPage) -> list[Bound]:
    """The figures in their order, but those of units first whose objection after the issue was adopted."""
    right = {one.unit_id for one in found.checks if one.objected_late and one.state is CheckState.ADOPTED}
    return sorted(found.figures, key=lambda one: one.unit_id not in right)


def _do(request: HttpRequest, way: Way, edition_id: UUID, given: Mapping[str, Any]) -> dict[str, str]:
    answer = way.do(edition_id=edition_id, actor=request.viewer.actor("web"), now=clock.now(), **given)
    return {"slip": answer if isinstance(answer, str) else ""}


def _facts(found: EditionPage) -> list[tuple[Text, Any]]:
    row = found.row
    return [(_("标题"), row.title), (_("统计时间"), period_in_words(row.since, row.cut_off)), (_("状态"), row.state.label)]
