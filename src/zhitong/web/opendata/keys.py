"""One's own keys: taken for a purpose, shown once, listed by that purpose, ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zhitong.domain.organisations.actions.keys import end_key, take_key
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.organisations.queries.keys import keys_of
from zhitong.domain.organisations.rules.keys import LONGEST_NAME
from zhitong.kit import clock
from zhitong.kit.refusals import Refused
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once


class KeyForm(PlainForm):
    """What a new key is for."""

    name = forms.CharField(
        label=gettext_lazy("用在哪里"), max_length=LONGEST_NAME, help_text=gettext_lazy("例如：本局的Excel、市里的数据平台"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The keys held; a new one is shown on the very page that answers its taking, and nowhere else.

    Raises NotFound: the viewer is no official.
    """
    officials_only(request.viewer)
    if request.method != "POST":
        return _page(request, KeyForm())
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        secret = _taken(request, form.cleaned_data["name"])
    except Refused as refused:
        form.add_error("name", refused.sentence)
        return _page(request, form, status=422)
    if not secret:
        messages.info(request, _("这个密钥已经领取，只显示那一次。没有记下的，请停用后重新领取。"))
        return redirect("opendata:keys")
    return _page(request, KeyForm(), secret=secret)


@require_POST
def end(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """End one of one's own keys. Raises NotFound: it is not one's own."""
    officials_only(request.viewer)
    send_once(request, lambda: end_key(key_id=key_id, actor=request.viewer.actor("web"), now=clock.now()))
    messages.success(request, _("已停用，用它的程序从现在起取不到数据。"))
    return redirect("opendata:keys")


def _taken(request: HttpRequest, name: str) -> str:
    """The new key; empty when the form was sent before. What is kept of the sending holds no secret."""
    shown: list[str] = []
    send_once(request, lambda: shown.append(take_key(name=name, actor=request.viewer.actor("web"), now=clock.now())))
    return shown[0] if shown else ""


def _page(request: HttpRequest, form: KeyForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "keys": keys_of(request.viewer), "form": form, "secret": secret,
        "once_key": key_of(request) if form.errors else new_key(),
        "crumbs": [Crumb(_("开放数据"), reverse("opendata:guide")), Crumb(_("我的密钥"))],
        "nothing": Empty(_("还没有密钥"), _("领取一个，Excel、Power BI 和程序凭它以您现在的岗位取数。")),
    }
    answer = render(request, "opendata/keys.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
