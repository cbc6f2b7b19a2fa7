"""What a system administrator opens for somebody of his territory: a first password anew, a lost second factor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhitong.domain.accounts.actions.factors import reset_factor
from zhitong.domain.accounts.actions.passwords import give_password
from zhitong.domain.accounts.rules.opening import opens_locks
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.accounts.forms import OpenForm
from zhitong.web.shell.asking import Once, beside_fields
from zhitong.web.shell.components import Crumb


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give a first password anew and show it once; nothing keeps it.

    Raises NotFound: the post does not administer.
    """
    _administrators_only(request)
    form = OpenForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            told = give_password(request.viewer, **form.cleaned_data, actor=request.viewer.actor("web"), now=clock.now())
        except BadInput as refused:
            refusal = beside_fields(form, refused)
        except NotYours:
            raise
        except Refused as refused:
            refusal = refused.sentence
        else:
            return render(request, "accounts/given.html", {
                "login": form.cleaned_data["login"], "password": told, "crumbs": _crumbs(_("重设密码")),
            })  # fmt: skip
    return render(request, "shell/ask.html", {
        "title": _("重设密码"), "button": _("重设"), "form": form, "refusal": refusal, "back_url": reverse("accounts:waits"),
        "consequence": _("原来的密码立即失效，本人在各处的登录都会退出。新密码只显示一次，请当面或电话告诉本人，登录后须马上修改。"),
        "crumbs": _crumbs(_("重设密码")),
    }, status=409 if refusal else 422 if form.errors else 200)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Take a lost second factor away. Raises NotFound: the post does not administer."""
    _administrators_only(request)
    form = OpenForm(request.POST or None)
    page = Once(
        _("重置动态码"), _("重置"), _("本人绑定的动态码、通行密钥和恢复码立即作废，各处的登录都会退出；岗位必须有的，下次登录时绑定。"),
        _("已重置。"), reverse("accounts:waits"), _crumbs(_("重置动态码")),
    )
    return page.respond(request, form, lambda: reset_factor(
        request.viewer, **form.cleaned_data, actor=request.viewer.actor("web"), now=clock.now()
    ))


def _administrators_only(request: HttpRequest) -> None:
    if not opens_locks(request.viewer):
        raise NotFound


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb(_("登录保护"), reverse("accounts:waits")), Crumb(here)]
