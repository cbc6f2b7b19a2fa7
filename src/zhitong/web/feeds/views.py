"""日程订阅: opening an address, taking it back, and the calendar itself for programs that cannot sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.feeds.actions.opening import close_feed, open_feed
from zhitong.domain.feeds.actions.reading import read_by_secret, read_own
from zhitong.domain.feeds.queries.feeds import own_feed
from zhitong.domain.feeds.rules.entries import ALARMS
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, send_once

_AHEAD = {
    15: gettext_lazy("15分钟"), 30: gettext_lazy("半小时"), 60: gettext_lazy("1小时"), 120: gettext_lazy("2小时"),
    1440: gettext_lazy("1天"),
}


class FeedForm(PlainForm):
    """What the calendar shall do."""

    alarm_minutes = forms.ChoiceField(
        label=gettext_lazy("提前提醒"), required=False, choices=[("", gettext_lazy("不提醒")), *((str(one), _AHEAD[one]) for one in ALARMS)]
    )
    shows_titles = forms.BooleanField(label=gettext_lazy("写上会议、节点和企业的名称"), required=False)

    def __init__(self, *args: Any, may_show_titles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_show_titles:
            del self.fields["shows_titles"]


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """How one's feed stands; sending the form gives it a new address, shown this once."""
    found = own_feed(request.viewer)
    initial = {"alarm_minutes": found.alarm_minutes or "", "shows_titles": found.shows_titles}
    form = FeedForm(request.POST or None, initial=initial, may_show_titles=found.may_show_titles)
    address = ""
    if request.method == "POST" and form.is_valid():
        minutes = form.cleaned_data["alarm_minutes"]
        secret = open_feed(
            request.viewer, alarm_minutes=int(minutes) if minutes else None, shows_titles=form.cleaned_data.get("shows_titles", False),
            actor=request.viewer.actor("web"), now=clock.now(),
        )
        address = _address(request, secret)
        found = own_feed(request.viewer)
    return render(request, "feeds/mine.html", {
        "form": form, "feed": found, "address": address, "once_key": key_of(request),
        "crumbs": [Crumb(_("消息设置"), reverse("messaging:mine")), Crumb(_("日程订阅"))],
    }, status=422 if form.errors else 200)  # fmt: skip


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Take the address back. Raises NotFound: there is none."""
    send_once(request, lambda: close_feed(request.viewer, actor=request.viewer.actor("web"), now=clock.now()))
    messages.success(request, _("已停用，原来的地址不能再用。"))
    return redirect("feeds:mine")


@require_GET
def own_file(request: HttpRequest) -> HttpResponse:
    """The calendar once, as a file, for who is signed in."""
    answer = _calendar(read_own(request.viewer, now=clock.now()))
    answer["Content-Disposition"] = 'attachment; filename="zhitong.ics"'
    return answer


@login_not_required
@require_GET
def by_secret(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar at a secret address. What is not there and what is there no longer are not told apart."""
    try:
        return _calendar(read_by_secret(secret, now=clock.now()))
    except NotFound:
        raise Http404 from None


def _calendar(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _address(request: HttpRequest, secret: str) -> str:
    path, site = reverse("feeds:by_secret", args=[secret]), wires_in_force().site
    return f"{site}{path}" if site else request.build_absolute_uri(path)
