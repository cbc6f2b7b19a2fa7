"""A region asks for another value, and the office above answers."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.plans.actions.dividing.answering import answer, ask
from zhitong.domain.plans.queries.dividing.single import OneShare, share_seen
from zhitong.domain.plans.rules.dividing import ShareState
from zhitong.kit.figures import NoFigure, number_in
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.web.cascade.forms import AnswerForm, AskForm
from zhitong.web.cascade.looking import crumb, crumbs_of, page_of, turn_of
from zhitong.web.shell.asking import Once
from zhitong.web.shell.forms import PlainForm


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """The form that asks for another value. Raises NotFound: nothing that this office may ask about."""
    share = share_seen(request.viewer, share_id)
    if not share.may_ask and request.method != "POST":
        raise NotFound
    form = _in_unit(AskForm(request.POST or None), share.head.asks.measure)

    def act() -> str:
        said = form.cleaned_data
        ask(share_id, turn_of(request), value=read(said["value"]), reason=said["reason"])
        return ""

    back = f"{reverse('cascade:incoming')}?campaign={share.head.campaign}&region={share.region.code}"
    told = _(
        "下达%(region)s的%(name)s是%(value)s。请求发给上级活动办公室，答复之前按下达的目标考核；每次分解只能请求一次。"
    ) % _words(share)
    return Once(
        _("请求调整：%s") % share.head.name, _("发出请求"), told, _("请求已发出，等上级答复。"), back,
        [crumb(_("上级下达的目标"), back), crumb(_("请求调整"))],
    ).respond(request, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def replying(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """The form that answers a request. Raises NotFound: nothing that this office may answer."""
    share = share_seen(request.viewer, share_id)
    if not share.may_answer and request.method != "POST":
        raise NotFound
    asked = {"value": _figure(share.asked_value)}
    form = _in_unit(AnswerForm(request.POST or None, initial=asked), share.head.asks.measure)

    def act() -> str:
        said = form.cleaned_data
        is_kept = said["verdict"] == ShareState.KEPT.value
        answer(share_id, turn_of(request), value=None if is_kept else read(said["value"]), words=said["words"])
        return ""

    told = _(
        "%(region)s的%(name)s下达%(value)s，请求调整为%(asked)s：%(reason)s 调整后从今天起按新的目标考核，各地合计随之变化。"
    ) % _words(share)
    return Once(
        _("答复调整请求：%s") % share.region.name, _("答复"), told, _("已答复。"), page_of(share.head.id),
        crumbs_of(share.head, _("答复调整请求")),
    ).respond(request, form, act)


def _in_unit(form: PlainForm, measure: str) -> PlainForm:
    """The form with the unit of its figure in the field."""
    form.fields["value"].unit = measure  # type: ignore[attr-defined]
    return form


def read(text: str) -> Decimal:
    """A share as it was typed. Raises BadInput: it is no figure."""
    try:
        value = number_in(text)
    except NoFigure as trouble:
        raise BadInput(str(trouble), {"value": _("%s。") % trouble}) from None
    if value is None:
        raise BadInput(_("请填写数字。"), {"value": _("请填写数字。")})
    return value


def _words(share: OneShare) -> dict[str, str]:
    asked = share.head.in_words(share.asked_value) if share.asked_value is not None else ""
    return {
        "region": share.region.name, "name": share.head.name, "value": share.head.in_words(share.value), "asked": asked,
        "reason": share.asked_reason,
    }


def _figure(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")
