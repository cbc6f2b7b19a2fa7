"""What a client is told: subscribing, the secret that signs, what could not be delivered and is sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.campaigns.queries import is_demonstration
from zhitong.domain.systems.actions.subscribing import change_secret, resend, resend_all, resume, subscribe, unsubscribe
from zhitong.domain.systems.queries.clients import client_opened
from zhitong.domain.systems.queries.telling import (
    DeliveryRow,
    SubscriptionRow,
    deliveries_of,
    secret_told,
    subscription_opened,
)
from zhitong.domain.systems.rules.telling import LONGEST_URL, DeliveryState, Topic
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.web.shell.asking import Once
from zhitong.web.shell.components import Crumb, Empty, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import new_key
from zhitong.web.systems.views import administrators_only, crumbs_to

SHOWN = 50


class SubscriptionForm(PlainForm):
    """Where to, and what."""

    url = forms.CharField(
        label=gettext_lazy("通知送到哪里"), max_length=LONGEST_URL,
        help_text=gettext_lazy("例如：https://xitong.example.cn/zhitong；内部网段须先由运行维护人员在设置里允许"),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("哪些事件"), choices=choices_of(Topic), widget=forms.CheckboxSelectMultiple,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Subscribe for a client. Raises NotFound."""
    administrators_only(request.viewer)
    found = client_opened(request.viewer, client_id, now=clock.now())
    form = SubscriptionForm(request.POST or None)
    page = Once(
        _("订阅事件：%s") % found.name, _("订阅"), _("只通知它看得到的事项；通知里只有哪件事、到哪里取，没有业务内容。"), _("已订阅。"),
        reverse("systems:client", args=[client_id]), crumbs_to(found.name),
    )
    return page.respond(request, form, lambda: str(subscribe(
        request.viewer, client_id, url=form.cleaned_data["url"], topics=[Topic(one) for one in form.cleaned_data["topics"]],
        may_be_plain=is_demonstration(), actor=request.viewer.actor("web"), now=clock.now(),
    )))


@never_cache
@require_GET
def subscription(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """One subscription with its secret and what could not be delivered. Raises NotFound."""
    administrators_only(request.viewer)
    found = subscription_opened(request.viewer, subscription_id)
    dead, older_dead = _page_of(request, subscription_id, DeliveryState.DEAD)
    waiting, older_waiting = _page_of(request, subscription_id, DeliveryState.WAITING)
    return render(request, "systems/subscription.html", {
        "subscription": found, "secret": secret_told(request.viewer, subscription_id), "crumbs": _crumbs(found),
        "dead": dead, "older_dead": older_dead, "waiting": waiting, "older_waiting": older_waiting,
        "is_paused": found.state.value == "paused", "once_key": new_key(),
        "none_dead": Empty(_("没有未能送达的"), _("反复送不到、不再自动重试的通知列在这里，可以逐条重发。"), icon="shield-check"),
        "none_waiting": Empty(_("没有待送达的"), _("新的通知随时送出；对方没有收下的，过一会儿自动再送。")),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Change the secret. Raises NotFound."""
    return _once(
        request, subscription_id, change_secret, _("更换签名密钥"),
        _("从现在起用新密钥签名，旧密钥再一同签名一天，请在一天内改好接收方的配置。"), _("已更换。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Let a paused subscription go on. Raises NotFound."""
    return _once(request, subscription_id, resume, _("恢复通知"), _("暂停期间积下的通知随即补发。请先确认接收方已经正常。"), _("已恢复。"))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """End a subscription. Raises NotFound."""
    administrators_only(request.viewer)
    back = reverse("systems:client", args=[subscription_opened(request.viewer, subscription_id).client_id])
    return _once(
        request, subscription_id, unsubscribe, _("取消订阅"), _("从现在起不再通知，还没有送达的也不再送。"), _("已取消。"), to=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, subscription_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send a dead letter again. Raises NotFound."""

    def act(*given: Any, **by: Any) -> None:
        resend(*given, delivery_id, **by)

    return _once(request, subscription_id, act, _("重发通知"), _("按原来的编号再送；接收方据编号去重，据版本判断先后。"), _("已列入投递。"))


@require_http_methods(["GET", "HEAD", "POST"])
def all_again(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Send every dead letter again. Raises NotFound."""
    return _once(
        request, subscription_id, resend_all, _("全部重发"),
        _("未能送达的都按原来的编号再送，先发生的先送。请先确认接收方已经正常。"), _("%d 条已列入投递。"),
    )


def _page_of(request: HttpRequest, subscription_id: UUID, state: DeliveryState) -> tuple[list[DeliveryRow], str]:
    """One page of events in a state, with the place where the older ones begin; empty where there are none."""
    rows = deliveries_of(
        request.viewer, subscription_id, state=state, after=_place(request.GET.get(str(state.value), "")), limit=SHOWN + 1,
    )
    return rows[:SHOWN], str(rows[SHOWN - 1].id) if len(rows) > SHOWN else ""


def _place(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _once(
    request: HttpRequest, subscription_id: UUID, act: Callable[..., Any], title: Text, consequence: Text, done: Text, *,
    to: str = "",
) -> HttpResponse:
    administrators_only(request.viewer)
    found = subscription_opened(request.viewer, subscription_id)
    back = to or reverse("systems:subscription", args=[subscription_id])
    page = Once(title, title, consequence, done, back, _crumbs(found))
    return page.respond(request, PlainForm(request.POST or None), lambda: act(
        request.viewer, subscription_id, actor=request.viewer.actor("web"), now=clock.now()
    ))


def _crumbs(found: SubscriptionRow) -> list[Crumb]:
    return [
        Crumb(_("接入系统"), reverse("systems:list")), Crumb(found.client, reverse("systems:client", args=[found.client_id])),
        Crumb(_("事件订阅")),
    ]
