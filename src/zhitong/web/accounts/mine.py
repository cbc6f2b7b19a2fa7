"""我的账号: how one's own locks stand, where one is signed in, a new password, and the end of a sitting elsewhere."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.accounts.actions.passwords import change_password
from zhitong.domain.accounts.actions.sittings import end_sitting, end_sittings_of, move_sitting
from zhitong.domain.accounts.queries.identities import identities_of, unlinked_services
from zhitong.domain.accounts.queries.passkeys import offers_passkeys, passkeys_of
from zhitong.domain.accounts.queries.sittings import sittings_of
from zhitong.domain.accounts.queries.standing import locks_of
from zhitong.domain.organisations.queries.substituting import stand_ins_of
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.accounts.forms import ChangePasswordForm
from zhitong.web.accounts.trying import counted
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, send_once


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own locks and sittings."""
    person_id, is_official = request.viewer.person_id, request.viewer.unit_kind is not UnitKind.SERVED
    return render(request, "accounts/mine.html", {
        "locks": locks_of(person_id, has_password=request.user.has_usable_password(), now=clock.now()),
        "sittings": sittings_of(person_id, here=request.session.session_key), "once_key": key_of(request),
        "identities": identities_of(person_id), "unlinked": unlinked_services(person_id),
        "passkeys": passkeys_of(person_id), "offers_passkeys": offers_passkeys(),
        "stand_ins": stand_ins_of(person_id, clock.today()),
        "post_id": request.viewer.post_id, "person_id": person_id,
        "lends": request.viewer.for_id is None and not request.viewer.is_apart and is_official, "is_official": is_official,
        "login": request.user.login, "name": request.user.name,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; sittings elsewhere end.

    Raises NotFound: one has none, and comes in by phone.
    """
    if not request.user.has_usable_password():
        raise NotFound
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and counted(request, request.user.pk, form, lambda: _changed(request, form)):
        messages.success(request, _("密码已修改，其他地方的登录都已退出。"))
        return redirect("accounts:mine")
    return render(request, "accounts/form.html", {
        "form": form, "title": _("修改密码"), "button": _("修改密码"), "consequence": _("修改后，其他地方的登录都会退出，这里不受影响。"),
        "back_url": reverse("accounts:mine"), "crumbs": [Crumb(_("我的账号"), reverse("accounts:mine")), Crumb(_("修改密码"))],
    }, status=422 if form.errors else 200)  # fmt: skip


@require_http_methods(["POST"])
def end(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """End one of one's own sittings. Raises NotFound: it is over, or somebody else's."""
    send_once(request, lambda: end_sitting(request.viewer, sitting_id, actor=request.viewer.actor("web"), now=clock.now()))
    messages.success(request, _("已退出那里的登录。"))
    return redirect("accounts:mine")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own sittings but this one."""
    ended, _is_new = send_once(request, lambda: end_sittings_of(
        request.viewer.person_id, but=request.session.session_key, actor=request.viewer.actor("web"), now=clock.now()
    ))
    messages.success(request, _("已退出其他 %d 处登录。") % ended)
    return redirect("accounts:mine")


def _changed(request: HttpRequest, form: ChangePasswordForm) -> bool:
    """Change it, and let this sitting alone go on, under a key of its own."""
    before = request.session.session_key
    change_password(
        person_id=request.user.pk, old=form.cleaned_data["old"], new=form.cleaned_data["new"], here=before,
        actor=request.viewer.actor("web"), now=clock.now(),
    )
    request.user.refresh_from_db(fields=["password"])
    update_session_auth_hash(request, request.user)
    move_sitting(request.user.pk, before=before, session_key=str(request.session.session_key))
    return True
