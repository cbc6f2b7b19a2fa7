"""消息送达: how every way out stands, what was given up in the territory and why, and which channels may be used."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.messaging.actions.keeping import allow_channels
from zhitong.domain.messaging.actions.sending import try_again
from zhitong.domain.messaging.queries.allowing import said_of
from zhitong.domain.messaging.queries.outgoing import count_failed, failed_in, standings
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.paging import EXACT_TO, HowMany
from zhitong.web.messaging.forms import ChannelsForm
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.sending import key_of, send_once

SHOWN = 50


@require_GET
def delivery(request: HttpRequest) -> HttpResponse:
    """Channels and failures. Raises NotFound: the post does not administer."""
    after = _after(request.GET.get("after", ""))
    failed = failed_in(request.viewer, after=after, limit=SHOWN)
    return render(request, "messaging/delivery.html", {
        "standings": standings(), "failed": failed, "count": HowMany(count_failed(request.viewer, most=EXACT_TO + 1)),
        "next": str(failed[-1].id) if len(failed) == SHOWN else "", "once_key": key_of(request),
        "no_channels": Empty(
            _("没有接通外发渠道"), _("在环境变量里设置邮件、短信、企业微信或钉钉，见运行手册；用 zhitong messages 试发。"), icon="bell"
        ),
        "nothing": Empty(
            _("没有送不到的消息"), _("反复发送仍没有送到的，会列在这里，写明原因；改正后可以再发。"), icon="circle-check"
        ),
    })  # fmt: skip


@require_POST
def again(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Have a message sent once more. Raises NotFound, NotFailed."""
    send_once(request, lambda: try_again(request.viewer, message_id, actor=request.viewer.actor("web"), now=clock.now()))
    messages.success(request, _("已重新排上，几秒钟内发送。"))
    return redirect("messaging:delivery" if request.POST.get("back") == "delivery" else "messaging:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """Which channels may be used in the region and below. Raises NotYours: the post does not administer."""
    require(request.viewer, Permission.ADMINISTER)
    form = ChannelsForm(request.POST or None, initial={"channels": [str(one) for one in said_of(request.viewer.region_id)]})
    if request.method == "POST" and form.is_valid():
        chosen = {Channel(word) for word in form.cleaned_data["channels"]}
        send_once(request, lambda: allow_channels(request.viewer, chosen, actor=request.viewer.actor("web"), now=clock.now()))
        messages.success(request, _("已保存，以后来的消息按这个来。"))
        return redirect("messaging:delivery")
    return render(request, "shell/ask.html", {
        "form": form, "title": _("可用渠道"), "button": _("保存"), "once_key": key_of(request), "back_url": reverse("messaging:delivery"),
        "consequence": _("对本辖区各级单位和服务对象都有效。没有选的渠道，不再用来外发；系统内的消息不受影响。"),
        "crumbs": [Crumb(_("消息送达"), reverse("messaging:delivery")), Crumb(_("可用渠道"))],
    }, status=422 if form.errors else 200)  # fmt: skip


def _after(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
