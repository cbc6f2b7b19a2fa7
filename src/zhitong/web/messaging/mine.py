"""消息设置: where one is reached, how one wants to be told, and what went out lately."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.messaging.actions.addressing import ask_for_code, drop_address, prove_address
from zhitong.domain.messaging.actions.keeping import keep_habit
from zhitong.domain.messaging.queries.mine import OwnAddress, addresses_of, habit_of
from zhitong.domain.messaging.queries.outgoing import own_messages
from zhitong.domain.messaging.rules.channels import PERSONAL, Channel
from zhitong.domain.messaging.rules.hours import Habit
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.messaging.forms import AddressForm, CodeForm, HabitForm
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.sending import key_of, send_once

SHOWN = 20


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    """Everything of one's own about messages."""
    viewer = request.viewer
    return render(request, "messaging/mine.html", {
        "addresses": addresses_of(viewer), "habit": habit_of(viewer.person_id), "sent": own_messages(viewer, limit=SHOWN),
        "once_key": key_of(request),
        "no_channels": Empty(
            _("还没有接通外发渠道"), _("系统管理员接通邮件、短信、企业微信或钉钉后，在这里填写接收地址。消息在系统内照常查看。"),
            icon="bell",
        ),
        "nothing": Empty(_("还没有外发过消息"), _("验证接收地址后，发给您的消息列在这里，没有送到的写明原因。"), icon="inbox"),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, channel: str) -> HttpResponse:
    """Write an address, have a code sent there, and give the code back: two forms on one page.

    Raises NotFound: there is no such channel, or it is not open here.
    """
    chosen, own = _own(request, channel)
    is_proving = request.POST.get("step") == "prove"
    writing = AddressForm(request.POST if request.method == "POST" and not is_proving else None, channel=chosen)
    proving = CodeForm(request.POST if is_proving else None)
    if request.method == "POST":
        done = _proved(request, chosen, proving) if is_proving else _sent(request, chosen, writing)
        if done:
            return redirect("messaging:mine" if is_proving else request.path)
        chosen, own = _own(request, channel)
    return render(request, "messaging/address.html", {
        "writing": writing, "proving": proving, "own": own, "channel": chosen,
        "title": _("用%s接收消息") % chosen.label, "crumbs": _crumbs(chosen.label),
    }, status=422 if writing.errors or proving.errors else 200)  # fmt: skip


@require_POST
def drop(request: HttpRequest, channel: str) -> HttpResponse:
    """Receive nothing by this channel any more. Raises NotFound: there is no address."""
    chosen = _channel(channel)
    send_once(request, lambda: drop_address(request.viewer, chosen, actor=request.viewer.actor("web"), now=clock.now()))
    messages.success(request, _("已停用，以后不再用%s发给您。") % chosen.label)
    return redirect("messaging:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def habit(request: HttpRequest) -> HttpResponse:
    """How one wants to be told."""
    form = HabitForm(request.POST or None, initial=_as_written(habit_of(request.viewer.person_id)))
    if request.method == "POST" and form.is_valid():
        chosen = form.habit()
        send_once(request, lambda: keep_habit(request.viewer, chosen, actor=request.viewer.actor("web"), now=clock.now()))
        messages.success(request, _("已保存，还没有发出的消息也按这个来。"))
        return redirect("messaging:mine")
    return render(request, "shell/ask.html", {
        "form": form, "title": _("接收习惯"), "button": _("保存"), "once_key": key_of(request), "back_url": reverse("messaging:mine"),
        "consequence": _("只影响发到系统外的消息；系统内的消息和待办照常显示。"), "crumbs": _crumbs(_("接收习惯")),
    }, status=422 if form.errors else 200)  # fmt: skip


def _sent(request: HttpRequest, channel: Channel, form: AddressForm) -> bool:
    if not form.is_valid():
        return False
    try:
        ask_for_code(request.viewer, channel, form.cleaned_data["address"], now=clock.now())
    except BadInput as refused:
        form.add_error("address", refused.sentence)
    except Refused as refused:
        form.add_error(None, refused.sentence)
    else:
        messages.success(request, _("验证码已发出，十分钟内有效。请填在下面。"))
    return not form.errors


def _proved(request: HttpRequest, channel: Channel, form: CodeForm) -> bool:
    if not form.is_valid():
        return False
    why = prove_address(request.viewer, channel, form.cleaned_data["code"], actor=request.viewer.actor("web"), now=clock.now())
    if why:
        form.add_error("code", why)
        return False
    messages.success(request, _("已验证，以后用%s发给您。") % channel.label)
    return True


def _own(request: HttpRequest, word: str) -> tuple[Channel, OwnAddress]:
    channel = _channel(word)
    found = next((one for one in addresses_of(request.viewer) if one.channel is channel), None)
    if found is None:
        raise NotFound
    return channel, found


def _channel(word: str) -> Channel:
    found = next((channel for channel in PERSONAL if str(channel) == word), None)
    if found is None:
        raise NotFound
    return found


def _as_written(habit: Habit) -> dict[str, Any]:
    times = "、".join(f"{one.hour}:{one:%M}" for one in habit.times)
    return {
        "pace": str(habit.pace), "times": times, "quiet_from": habit.quiet_from, "quiet_until": habit.quiet_until,
        "on_workdays": habit.on_workdays, "urgent_at_any_hour": habit.urgent_at_any_hour,
    }


def _crumbs(label: str) -> list[Crumb]:
    return [Crumb(_("消息设置"), reverse("messaging:mine")), Crumb(label)]
