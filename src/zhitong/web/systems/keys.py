"""Keys of a client: given, shown once, changed with both holding for a while, ended."""

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
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.systems.actions.registering import end_client_key, give_key
from zhitong.domain.systems.queries.clients import client_opened, keys_of_client
from zhitong.domain.systems.rules.clients import MOST_DAYS, USUAL_DAYS
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.asking import Once, beside_fields
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.systems.views import administrators_only, crumbs_to


class KeyForm(PlainForm):
    """How long the new key holds, and how long the old ones."""

    days = forms.IntegerField(
        label=gettext_lazy("有效多少天"), initial=USUAL_DAYS, min_value=1, max_value=MOST_DAYS,
        help_text=gettext_lazy("到期前请换发，最长366天"),
    )
    overlap_days = forms.IntegerField(
        label=gettext_lazy("原有密钥再用多少天"), required=False, min_value=0, max_value=MOST_DAYS,
        help_text=gettext_lazy("换发时填写，例如 7：新旧密钥并用七天，来得及改配置；不填则原有密钥照旧"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Give a key; it is shown on the very page that answers, and nowhere else. Raises NotFound."""
    administrators_only(request.viewer)
    found = client_opened(request.viewer, client_id, now=clock.now())
    form, refusal = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = _given(request, client_id, form.cleaned_data)
        except BadInput as refused:
            refusal = beside_fields(form, refused)
        except (NotFound, NotYours):
            raise
        except Refused as refused:
            refusal = refused.sentence
        else:
            if not secret:
                messages.info(request, _("这个密钥已经发过，只显示那一次。没有记下的，请停用后重新发放。"))
                return redirect("systems:client", client_id)
            return render(request, "systems/key.html", {"client": found, "secret": secret, "crumbs": crumbs_to(found.name)})
    return render(request, "shell/ask.html", {
        "title": _("发放密钥：%s") % found.name, "button": _("发放"), "form": form, "refusal": refusal,
        "once_key": new_key() if refusal or form.errors else key_of(request),
        "back_url": reverse("systems:client", args=[client_id]), "crumbs": crumbs_to(found.name),
        "consequence": _("密钥只显示一次。请当面或用安全的方式交给系统的管理人员，不要发在群里。"),
    }, status=409 if refusal else 422 if form.errors else 200)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, client_id: UUID, key_id: UUID) -> HttpResponse:
    """End one key, after it was said what that means. Raises NotFound."""
    administrators_only(request.viewer)
    found = client_opened(request.viewer, client_id, now=clock.now())
    key = next((one for one in keys_of_client(request.viewer, client_id, now=clock.now()) if one.id == key_id), None)
    if key is None:
        raise NotFound
    page = Once(
        _("停用密钥：%s…") % key.prefix, _("停用"), _("用这个密钥的调用从现在起都不被接受，不能恢复。"), _("已停用。"),
        reverse("systems:client", args=[client_id]), crumbs_to(found.name),
    )
    return page.respond(request, PlainForm(request.POST or None), lambda: end_client_key(
        request.viewer, client_id, key_id, actor=request.viewer.actor("web"), now=clock.now()
    ))


def _given(request: HttpRequest, client_id: UUID, given: dict[str, Any]) -> str:
    """The new key; empty when the form was sent before. What is kept of the sending holds no secret."""
    shown: list[str] = []
    send_once(request, lambda: shown.append(give_key(
        request.viewer, client_id, days=given["days"], overlap_days=given["overlap_days"],
        actor=request.viewer.actor("web"), now=clock.now(),
    )))
    return shown[0] if shown else ""
