"""统一身份认证: coming in by a service that knows people, and linking one's own account there."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.accounts.actions.identities import link_own, recognise, unlink_own
from zhitong.domain.accounts.actions.knocking import Knocked, knock_unnamed, opened_to, turned_away
from zhitong.domain.accounts.queries.identities import identities_of, service_called, services
from zhitong.domain.accounts.rules.services import SignInService, is_twice_proved, named_by
from zhitong.domain.accounts.rules.words import Way
from zhitong.kit import clock
from zhitong.kit.openid.asking import address_to_ask, address_to_leave, drawn, told_for
from zhitong.kit.openid.shapes import Client, NotGenuine, Told, Unreachable
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.accounts.again import confirmed, let_go
from zhitong.web.accounts.flows import Flow, begun, taken
from zhitong.web.accounts.forms import AgainForm
from zhitong.web.shell.coming import come_in, onward
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sessions import note_elsewhere
from zhitong.web.shell.ways import Offered, with_onward
from zhitong.web.shell.whereabouts import address_of, mark_of

_log = logging.getLogger(__name__)


class NotThrough(Refused):
    """The way over the service was not gone to its end; nothing was opened or changed."""


def offered(request: HttpRequest) -> list[Offered]:
    """What the sign-in page says of these ways."""
    return [
        Offered(_("用%s登录") % one.name, with_onward(reverse("accounts:service", args=[one.key]), request)) for one in services()
    ]


@login_not_required
@never_cache
@require_GET
def go(request: HttpRequest, key: str) -> HttpResponse:
    """Lead the browser to a service, to be known there. Raises NotFound: there is no such service."""
    service = service_called(key)
    if request.user.is_authenticated:
        return redirect(onward(request))
    try:
        return redirect(_address_to_ask(request, service, to=onward(request)))
    except NotThrough as refused:
        return _stopped(request, service, refused.sentence, status=503)


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Take what the browser brings back from a service. Raises NotFound: there is no such service."""
    service = service_called(key)
    flow = taken(request, request.GET.get("state", ""))
    try:
        if flow is None or flow.service != key:
            raise NotThrough(_("这次登录没有走完，或者已经用过。没有任何内容被改动，请重新开始。"))
        if not flow.links:
            return redirect(flow.to) if request.user.is_authenticated else _came(request, service, flow)
        if str(request.user.pk) != flow.links:
            raise NotThrough(_("绑定没有办成：开始办理的人已经退出。请登录后重新绑定。"))
        _linked(request, service, flow)
    except Refused as refused:
        return _stopped(request, service, refused.sentence, status=409)
    messages.success(request, _("已绑定，以后可以用%s登录。") % service.name)
    return redirect("accounts:mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Link oneself with one's account at a service: prove that it is oneself, then go there.

    The way there is a link, since a form may lead nowhere but to ourselves. Raises NotFound: there is no such service.
    """
    service = service_called(key)
    form = AgainForm(request.POST or None, has_password=request.user.has_usable_password())
    if request.method == "POST" and form.is_valid():
        there = confirmed(request, form, lambda: _address_to_ask(request, service, to="", links=str(request.user.pk)))
        if there:
            return render(request, "accounts/over_there.html", {"service": service, "there": there, "crumbs": _crumbs(_("绑定"))})
    return _ask(
        request, form, _("绑定%s") % service.name, _("下一步"), _("绑定后，可以用%s登录本系统；密码照常使用。") % service.name
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Let go of one's account at a service. Raises NotFound: it is somebody else's, or was let go of."""
    found = next((one for one in identities_of(request.user.pk) if one.id == identity_id), None)
    if found is None:
        raise NotFound
    form = let_go(request, lambda: unlink_own(
        person_id=request.user.pk, identity_id=found.id, actor=request.viewer.actor("web"), now=clock.now()
    ))  # fmt: skip
    if form is None:
        return redirect("accounts:mine")
    return _ask(request, form, _("解除%s") % found.service, _("解除"), _("解除后，不能再用%s登录；需要时可以重新绑定。") % found.service)


def _came(request: HttpRequest, service: SignInService, flow: Flow) -> HttpResponse:
    """Who was known there comes in here, when we know whom that is."""
    told, knocked = _told(request, service, flow)
    try:
        person_id = recognise(service, subject=told.subject, named=named_by(service, told.claims), now=clock.now())
    except Refused:
        _turned_away(knocked, service, told.subject)
        raise
    opened_to(knocked)
    answer = come_in(
        request, person_id, Way.SERVICE, to=flow.to, is_twice_proved=is_twice_proved(service, told.claims)
    )
    if leaving := _address_to_leave(request, service, told.token):
        note_elsewhere(request, service.name, leaving)
    return answer


def _linked(request: HttpRequest, service: SignInService, flow: Flow) -> None:
    """Who was known there, and is in here, is linked."""
    told, knocked = _told(request, service, flow)
    try:
        link_own(service, subject=told.subject, person_id=request.user.pk, actor=request.viewer.actor("web"), now=clock.now())
    except Refused:
        _turned_away(knocked, service, told.subject)
        raise
    opened_to(knocked)


def _told(request: HttpRequest, service: SignInService, flow: Flow) -> tuple[Told, Knocked]:
    """Who the service says it is, and the try that was counted for it. Raises NotThrough, MustWait."""
    code = request.GET.get("code", "")
    if request.GET.get("iss", service.issuer) != service.issuer or not code:
        raise NotThrough(_("在%s没有登录成功，或者已取消。没有任何内容被改动，请重新开始。") % service.name)
    knocked = knock_unnamed(address=address_of(request), device=mark_of(request), now=clock.now())
    try:
        return told_for(_client(service), code, flow.secrets, back=_address_of(request, "accounts:service_back", service.key)), knocked
    except Unreachable as error:
        opened_to(knocked)
        raise _silent(service, error) from error
    except NotGenuine as error:
        _log.warning("what %s told is not to be relied on: %s", service.key, error)
        _turned_away(knocked, service, "")
        raise NotThrough(_("%s返回的内容没有通过核验，没有登录。请重新开始；仍不行的，请告诉系统管理员。") % service.name) from error


def _turned_away(knocked: Knocked, service: SignInService, subject: str) -> None:
    told = {"service": service.name, **({"subject": subject} if subject else {})}
    turned_away(knocked, now=clock.now(), way=Way.SERVICE, told_elsewhere=told)


def _address_to_ask(request: HttpRequest, service: SignInService, *, to: str, links: str = "") -> str:
    """Where the browser is known; the asking is kept in its session. Raises NotThrough: the service is silent."""
    secrets = drawn()
    try:
        there = address_to_ask(_client(service), secrets, back=_address_of(request, "accounts:service_back", service.key))
    except Unreachable as error:
        raise _silent(service, error) from error
    begun(request, service.key, secrets, to=to, links=links)
    return there


def _address_to_leave(request: HttpRequest, service: SignInService, token: str) -> str:
    try:
        return address_to_leave(_client(service), token, back=_address_of(request, "shell:sign_in"))
    except Unreachable as error:
        _log.warning("%s is silent: %s", service.key, error)
        return ""


def _silent(service: SignInService, error: Unreachable) -> NotThrough:
    _log.warning("%s is silent: %s", service.key, error)
    return NotThrough(_("%s暂时没有应答。请稍后再试，或用密码、手机验证码登录。") % service.name)


def _client(service: SignInService) -> Client:
    return Client(service.issuer, service.client_id, service.client_secret, service.scope)


def _address_of(request: HttpRequest, name: str, *parts: str) -> str:
    """One of our own addresses as others see it."""
    path = reverse(name, args=parts)
    return f"{settings.ORIGIN}{path}" if settings.ORIGIN else request.build_absolute_uri(path)


def _stopped(request: HttpRequest, service: SignInService, sentence: str, *, status: int) -> HttpResponse:
    is_in = request.user.is_authenticated
    return render(request, "accounts/stopped.html", {
        "sentence": sentence, "title": _("绑定没有办成") if is_in else _("没有登录"),
        "back_url": reverse("accounts:mine" if is_in else "shell:sign_in"), "again_url": "" if is_in else reverse(
            "accounts:service", args=[service.key]
        ), "name": service.name,
    }, status=status)  # fmt: skip


def _ask(request: HttpRequest, form: AgainForm, title: str, button: str, consequence: str) -> HttpResponse:
    return render(request, "accounts/form.html", {
        "form": form, "title": title, "button": button, "consequence": consequence, "back_url": reverse("accounts:mine"),
        "crumbs": _crumbs(title),
    }, status=422 if form.errors else 200)  # fmt: skip


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb(_("我的账号"), reverse("accounts:mine")), Crumb(here)]
