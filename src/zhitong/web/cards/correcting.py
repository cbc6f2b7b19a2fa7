"""更正: a firm asks to correct a card after acceptance or lock; the office that accepts last decides until which day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.cards.actions import AskedCorrection, CorrectionDecision, ask_corrections, decide_correction
from zhitong.domain.cards.queries import card, corrections_to_decide
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.cards.asking import Asked
from zhitong.web.cards.asking import ask as ask_once
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm

OPEN_DAYS = 5
"""How long a correction stays open unless the office says otherwise."""


class CorrectionForm(PlainForm):
    """What must be corrected, and why."""

    reason = ProseField(gettext_lazy("要更正什么、为什么"), gettext_lazy("例如：主营业务收入漏计二分厂，应为1350万元"), required=False)


class DecisionForm(PlainForm):
    """Yes until a day, or no with words."""

    granted = forms.ChoiceField(
        label=gettext_lazy("审批意见"), choices=[("yes", gettext_lazy("同意更正")), ("no", gettext_lazy("不同意"))],
        widget=forms.RadioSelect,
    )
    open_until = DayField(label=gettext_lazy("更正到哪一天为止"), required=False)
    words = ProseField(gettext_lazy("说明"), gettext_lazy("不同意的须写明理由"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Ask to correct the card.

    Raises NotFound: it is not the firm's own, or needs no asking.
    """
    found = card(request.viewer, card_id, today=clock.today())
    if not found.may_ask_correction and request.method != "POST":
        raise NotFound
    to = reverse("portal:fill", args=[found.head.round_id])
    asked = Asked(
        _("申请更正%s") % found.head.round_name, _("由终审的办公室审批；同意后卡片退回给您，改好重新报送，改动前后都留痕。"),
        _("申请更正"), (Crumb(found.head.round_name, to), Crumb(_("申请更正"))),
    )

    def act(typed: Mapping[str, Any]) -> list[UUID]:
        return ask_corrections([AskedCorrection(
            card_id=card_id, version=found.head.version, reason=typed["reason"], actor=request.viewer.actor("web"),
        )], now=clock.now())

    return ask_once(request, asked, CorrectionForm(request.POST or None), act, done=_("已申请，等办公室审批。"), to=to)


@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """What waits for this office's decision.

    Raises NotYours: the post does not review.
    """
    require(request.viewer, Permission.DISPATCH)
    return render(request, "cards/corrections.html", {
        "rows": corrections_to_decide(request.viewer), "crumbs": [Crumb(_("填报"), reverse("cards:list")), Crumb(_("更正申请"))],
        "nothing": Empty(_("没有等待审批的更正申请"), _("企业在卡片审核通过或填报期锁定之后申请更正，会出现在这里。")),
    })


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Decide one.

    Raises NotYours: the post does not review. Raises NotFound: none waits for this office.
    """
    require(request.viewer, Permission.DISPATCH)
    one = next((row for row in corrections_to_decide(request.viewer) if row.id == correction_id), None)
    if one is None:
        raise NotFound
    asked = Asked(
        _("%(name)s申请更正%(round)s") % {"name": one.subject_name, "round": one.round_name},
        _("同意后卡片退回企业，到期以前可以重新报送，再逐级审核；原来的数留底。"), _("审批"),
        (Crumb(_("填报"), reverse("cards:list")), Crumb(_("更正申请"), reverse("cards:corrections")), Crumb(one.subject_name)),
        lines=((_("申请理由"), one.reason),),
    )
    form = DecisionForm(request.POST or None, initial={"open_until": clock.today() + timedelta(days=OPEN_DAYS)})

    def act(typed: Mapping[str, Any]) -> int:
        return decide_correction(CorrectionDecision(
            correction_id=correction_id, granted=typed["granted"] == "yes", words=typed["words"],
            open_until=typed["open_until"], actor=request.viewer.actor("web"),
        ), now=clock.now())

    return ask_once(request, asked, form, act, done=_("已审批。"), to=reverse("cards:corrections"))
