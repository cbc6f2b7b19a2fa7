"""One's own second factor: bind it, make recovery codes anew, let go of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhitong.domain.accounts.actions.factors import begin_binding, bind, let_go, renew_codes
from zhitong.domain.accounts.queries.factors import binding_of
from zhitong.kit import clock
from zhitong.web.accounts.again import confirmed
from zhitong.web.accounts.forms import BindForm, CodeForm, ProveForm
from zhitong.web.accounts.trying import counted
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.qr import qr_drawn


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Bind an authenticator app; its recovery codes are told once. Raises AlreadyBound."""
    begin_binding(request.user.pk, now=clock.now())
    form = BindForm(request.POST or None, has_password=request.user.has_usable_password())
    if request.method == "POST" and form.is_valid():
        told = confirmed(request, form, lambda: bind(**_said(request, form)))
        if told:
            return _codes(request, told)
    binding = binding_of(request.user.pk)
    return _ask(
        request, form, _("绑定动态码"), _("绑定"), _("绑定后，每次登录除密码外还要填手机上的6位动态码。"),
        binding=binding, qr=qr_drawn(binding.address),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Make recovery codes anew, told once."""
    form = ProveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = counted(request, request.user.pk, form, lambda: renew_codes(**_said(request, form)))
        if told:
            return _codes(request, told)
    return _ask(request, form, _("更换恢复码"), _("更换"), _("更换后，以前的恢复码全部作废；新的只显示一次。"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest) -> HttpResponse:
    """Let go of the second factor, where no post asks for it."""
    form = ProveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and counted(
        request, request.user.pk, form, lambda: let_go(**_said(request, form)) or True
    ):
        messages.success(request, _("动态码已解绑，登录时不再需要。"))
        return redirect("accounts:mine")
    return _ask(request, form, _("解绑动态码"), _("解绑"), _("解绑后，登录时只要密码，恢复码同时作废。"))


def _said(request: HttpRequest, form: CodeForm) -> dict[str, Any]:
    return {
        "person_id": request.user.pk, "written_code": form.cleaned_data["code"], "world": clock.world_now(),
        "actor": request.viewer.actor("web"), "now": clock.now(),
    }  # fmt: skip


def _ask(request: HttpRequest, form: CodeForm, title: str, button: str, consequence: str, **more: Any) -> HttpResponse:
    return render(request, "accounts/form.html", {
        "form": form, "title": title, "button": button, "consequence": consequence, "back_url": reverse("accounts:mine"),
        "crumbs": [Crumb(_("我的账号"), reverse("accounts:mine")), Crumb(title)], **more,
    }, status=422 if form.errors else 200)  # fmt: skip


def _codes(request: HttpRequest, told: list[str]) -> HttpResponse:
    return render(request, "accounts/codes.html", {
        "codes": told, "crumbs": [Crumb(_("我的账号"), reverse("accounts:mine")), Crumb(_("恢复码"))],
    })  # fmt: skip
