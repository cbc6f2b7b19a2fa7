"""One's own passkeys: bind one after proving anew that it is oneself, and let go of one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhitong.domain.accounts.actions.passkeys import bind_passkey, remove_passkey
from zhitong.domain.accounts.queries.passkeys import passkeys_of, site
from zhitong.domain.accounts.rules.passkeys import LONGEST_NAME
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.accounts.again import confirmed, let_go
from zhitong.web.accounts.asked import KeyForm, answered, to_bind
from zhitong.web.accounts.challenges import Purpose
from zhitong.web.accounts.forms import AgainForm
from zhitong.web.accounts.trying import counted
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.whereabouts import device_of


class NameForm(AgainForm):
    """How a passkey is called."""

    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=LONGEST_NAME, help_text=gettext_lazy("写在哪台设备上，例如：办公室电脑、手机。")
    )
    field_order = ("name", "password")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Call a passkey by a name and prove that it is oneself; then the browser is asked to make it.

    Raises NotFound: the installation offers none.
    """
    site()
    form = NameForm(
        request.POST or None, has_password=request.user.has_usable_password(), initial={"name": device_of(request)}
    )
    if request.method == "POST" and form.is_valid() and confirmed(request, form, lambda: True):
        return _ask(request, KeyForm(), form.cleaned_data["name"])
    return _page(
        request, form, _("绑定通行密钥"), _("下一步"),
        _("绑定后，用这台设备的指纹、面容或锁屏密码就能登录，不用再填密码和动态码；密码照常使用。"),
    )


@never_cache
@require_POST
def made(request: HttpRequest) -> HttpResponse:
    """Bind the passkey that the browser made. Raises NotProved: it was not asked for here and now, or is not genuine."""
    person_id, form = request.user.pk, KeyForm(request.POST)
    challenge, name = answered(request, Purpose.BIND, whom=str(person_id))
    codes = None
    if form.is_valid():
        codes = counted(request, person_id, form, lambda: bind_passkey(
            person_id=person_id, name=name, answer=form.cleaned_data["answer"], challenge=challenge,
            actor=request.viewer.actor("web"), now=clock.now(),
        ))  # fmt: skip
    if codes is None:
        return _ask(request, form, name)
    if codes:
        return render(request, "accounts/codes.html", {"codes": codes, "crumbs": _crumbs(_("恢复码"))})
    messages.success(request, _("已绑定通行密钥“%s”，下次登录可以用它。") % name)
    return redirect("accounts:mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Let go of one's own passkey. Raises NotFound: it is somebody else's, or was let go of."""
    found = next((one for one in passkeys_of(request.user.pk) if one.id == passkey_id), None)
    if found is None:
        raise NotFound
    form = let_go(request, lambda: remove_passkey(
        person_id=request.user.pk, passkey_id=found.id, actor=request.viewer.actor("web"), now=clock.now()
    ))  # fmt: skip
    if form is None:
        return redirect("accounts:mine")
    return _page(
        request, form, _("解除通行密钥“%s”") % found.name, _("解除"),
        _("解除后，不能再用它登录。设备里留着的那一份不再有用，可以在设备的密码管理里删除。"),
    )


def _ask(request: HttpRequest, form: KeyForm, name: str) -> HttpResponse:
    key = to_bind(request, request.user.pk, form, name=name, action=reverse("accounts:passkey_made"))
    return render(request, "accounts/key.html", {
        "key": key, "name": name, "crumbs": _crumbs(_("绑定通行密钥")),
    }, status=422 if form.errors else 200)  # fmt: skip


def _page(request: HttpRequest, form: AgainForm, title: str, button: str, consequence: str) -> HttpResponse:
    return render(request, "accounts/form.html", {
        "form": form, "title": title, "button": button, "consequence": consequence, "back_url": reverse("accounts:mine"),
        "crumbs": _crumbs(title),
    }, status=422 if form.errors else 200)  # fmt: skip


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb(_("我的账号"), reverse("accounts:mine")), Crumb(here)]
