"""代填: the firm confirms by one tap what was filled in for it, or says what is not so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zhitong.domain.cards.actions import Confirmation, confirm_cards, dispute_cards
from zhitong.domain.cards.queries import card
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.cards.asking import Asked, ask
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import send_once


class DisputeForm(PlainForm):
    """What is not so."""

    dispute = ProseField(gettext_lazy("哪里不对"), gettext_lazy("例如：主营业务收入应为1月至本月累计1200万元"), required=False)


@require_POST
def confirm(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Confirm the card in the version that was looked at.

    Raises NotFound: it is not the firm's own.
    """
    found = card(request.viewer, card_id, today=clock.today())
    one = Confirmation(card_id=card_id, version=found.head.version, actor=request.viewer.actor("web"))
    try:
        send_once(request, lambda: confirm_cards([one], now=clock.now()))
    except (NotFound, NotYours):
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("已确认，计入贵单位本期报送。"))
    return redirect("portal:fill", found.head.round_id)


@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Say what is not so; the card comes back to be filled in by the firm itself.

    Raises NotFound: it is not there for this viewer.
    """
    found = card(request.viewer, card_id, today=clock.today())
    if not found.may_confirm and request.method != "POST":
        raise NotFound
    to = reverse("portal:fill", args=[found.head.round_id])
    asked = Asked(
        _("对代填的%s有异议") % found.head.round_name, _("提出后这张卡退回，请贵单位自己填写后报送；代填的单位会收到您的意见。"),
        _("提出异议"), (Crumb(found.head.round_name, to), Crumb(_("有异议"))),
    )

    def act(typed: Mapping[str, Any]) -> list[int]:
        one = Confirmation(
            card_id=card_id, version=found.head.version, actor=request.viewer.actor("web"), dispute=typed["dispute"]
        )
        return dispute_cards([one], now=clock.now())

    return ask(request, asked, DisputeForm(request.POST or None), act, done=_("已提出异议，请填写后报送。"), to=to)
