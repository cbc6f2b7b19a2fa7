"""Passkeys before one is in: shown alone to come in, shown in place of a code, bound where a post must have a second factor."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhitong.domain.accounts.actions.knocking import knock_unnamed, opened_to, turned_away
from zhitong.domain.accounts.actions.passkeys import bind_passkey, prove_passkey, recognise_passkey
from zhitong.domain.accounts.queries.passkeys import offers_passkeys, site
from zhitong.domain.accounts.rules.words import Step, Way
from zhitong.domain.history.rules import Actor
from zhitong.kit import clock
from zhitong.kit.refusals import Refused
from zhitong.web.accounts.asked import KeyForm, answered, to_bind, to_come_in
from zhitong.web.accounts.challenges import Purpose
from zhitong.web.accounts.stepping import proving, step
from zhitong.web.accounts.trying import counted
from zhitong.web.shell.coming import Coming, come_in, note_done, onward, step_done
from zhitong.web.shell.ways import Offered, with_onward
from zhitong.web.shell.whereabouts import address_of, device_of, mark_of


def offered(request: HttpRequest) -> list[Offered]:
    """What the sign-in page says of this way."""
    return [Offered(_("用通行密钥登录"), with_onward(reverse("accounts:by_passkey"), request))] if offers_passkeys() else []


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_passkey(request: HttpRequest) -> HttpResponse:
    """Come in by a passkey alone: who holds it was looked at by its device, which makes two proofs.

    Raises NotFound: the installation offers none.
    """
    site()
    if request.user.is_authenticated:
        return redirect(onward(request))
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _come(request, form.cleaned_data["answer"])
        except Refused as refused:
            form.add_error(None, refused.sentence)
    key = to_come_in(request, form, onward=request.POST.get("next", request.GET.get("next", "")))
    return render(request, "accounts/by_passkey.html", {"key": key}, status=422 if form.errors else 200)


@step(Step.PROVE)
def prove_by_passkey(request: HttpRequest, coming: Coming) -> HttpResponse:
    """Take a passkey in place of a code."""
    if request.method != "POST":
        return redirect("accounts:prove")
    form = KeyForm(request.POST)
    if form.is_valid() and counted(request, coming.person_id, form, lambda: prove_passkey(
        person_id=coming.person_id, answer=form.cleaned_data["answer"],
        challenge=answered(request, Purpose.PROVE, whom=coming.person)[0], now=clock.now(),
    ) or True):  # fmt: skip
        return step_done(request, coming, Step.PROVE)
    return proving(request, coming, key_form=form)


@step(Step.BIND)
def bind_by_passkey(request: HttpRequest, coming: Coming) -> HttpResponse:
    """Bind a passkey in place of an authenticator app, and then tell the recovery codes once."""
    site()
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = counted(request, coming.person_id, form, lambda: _bound(request, coming, form.cleaned_data["answer"]))
        if told == []:  # codes told before still hold
            return step_done(request, coming, Step.BIND)
        if told:
            note_done(request, coming, Step.BIND)
            return render(request, "accounts/codes_first.html", {"codes": told})
    key = to_bind(
        request, coming.person_id, form, name=device_of(request), action=reverse("accounts:bind_passkey")
    )
    return render(request, "accounts/bind_passkey.html", {"key": key}, status=422 if form.errors else 200)


def _come(request: HttpRequest, answer: str) -> HttpResponse:
    """Lead in who shows a passkey. Raises NotProved, Stopped, MustWait."""
    challenge, _name = answered(request, Purpose.COME_IN)
    knocked = knock_unnamed(address=address_of(request), device=mark_of(request), now=clock.now())
    try:
        person_id = recognise_passkey(answer=answer, challenge=challenge, now=clock.now())
    except Refused:
        turned_away(knocked, now=clock.now(), way=Way.PASSKEY)
        raise
    opened_to(knocked)
    return come_in(request, person_id, Way.PASSKEY, is_twice_proved=True)


def _bound(request: HttpRequest, coming: Coming, answer: str) -> list[str]:
    challenge, name = answered(request, Purpose.BIND, whom=coming.person)
    return bind_passkey(
        person_id=coming.person_id, name=name, answer=answer, challenge=challenge,
        actor=Actor(coming.person_id, None, None, "web"), now=clock.now(),
    )
