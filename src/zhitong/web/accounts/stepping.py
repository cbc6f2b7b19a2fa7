"""The steps before one is in: prove the second factor, bind one, choose a password of one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhitong.domain.accounts.actions.factors import begin_binding, bind, has_app, prove
from zhitong.domain.accounts.actions.passwords import choose_password
from zhitong.domain.accounts.queries.factors import binding_of
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.queries.passkeys import offers_passkeys
from zhitong.domain.accounts.rules.words import Step
from zhitong.domain.history.rules import Actor
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput
from zhitong.web.accounts.asked import KeyForm, to_prove
from zhitong.web.accounts.forms import ChoosePasswordForm, CodeForm, ProveForm
from zhitong.web.accounts.trying import counted
from zhitong.web.shell.asking import beside_fields
from zhitong.web.shell.coming import Coming, coming_of, go_on, next_step, note_done, step_done
from zhitong.web.shell.qr import qr_drawn

StepView = Callable[[HttpRequest, Coming], HttpResponse]


def step(here: Step) -> Callable[[StepView], Callable[[HttpRequest], HttpResponse]]:
    """The page of a step: whoever is not on the way goes to sign-in, whoever is elsewhere on it to where he is."""

    def make(view: StepView) -> Callable[[HttpRequest], HttpResponse]:
        @login_not_required
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        def page(request: HttpRequest) -> HttpResponse:
            coming = coming_of(request)
            if coming is None:
                return redirect("shell:sign_in")
            return view(request, coming) if next_step(coming) is here else go_on(request, coming)

        return page

    return make


@step(Step.PROVE)
def prove_it(request: HttpRequest, coming: Coming) -> HttpResponse:
    """Ask for a code of the second factor, or for a passkey in its place."""
    form = ProveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        proved = counted(request, coming.person_id, form, lambda: prove(
            person_id=coming.person_id, written_code=form.cleaned_data["code"], world=clock.world_now(),
            actor=_himself(coming), now=clock.now(),
        ) or True)  # fmt: skip
        if proved:
            return step_done(request, coming, Step.PROVE)
    return proving(request, coming, form=form)


def proving(
    request: HttpRequest, coming: Coming, *, form: ProveForm | None = None, key_form: KeyForm | None = None
) -> HttpResponse:
    """The page that asks for the second factor, by the means this person has."""
    key_form = key_form or KeyForm()
    asked = form or ProveForm()
    with known_as(coming.person_id):
        is_app_bound = has_app(coming.person_id)
    if not is_app_bound:
        asked.ask_for_recovery()
    return _page(
        request, asked, title=_("输入动态码") if is_app_bound else _("再验证一次"), button=_("登录"),
        why=_("这个账号绑定了动态码。") if is_app_bound else _("您的岗位登录时除密码外，还要通行密钥。"),
        else_why=_("手机、通行密钥和恢复码都不在的，请联系本级系统管理员重置。"),
        key=to_prove(request, coming, key_form), is_wrong=bool(key_form.errors),
    )


@step(Step.BIND)
def bind_it(request: HttpRequest, coming: Coming) -> HttpResponse:
    """Show what an authenticator app is told, ask for its first code, and then tell the recovery codes once."""
    begin_binding(coming.person_id, now=clock.now())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = counted(request, coming.person_id, form, lambda: bind(
            person_id=coming.person_id, written_code=form.cleaned_data["code"], world=clock.world_now(),
            actor=_himself(coming), now=clock.now(),
        ))  # fmt: skip
        if told:
            note_done(request, coming, Step.BIND)
            return render(request, "accounts/codes_first.html", {"codes": told})
    with known_as(coming.person_id):
        binding = binding_of(coming.person_id)
    return _page(
        request, form, title=_("绑定动态码"), button=_("绑定"),
        why=_("您的岗位登录时除密码外，还要手机上的动态码。绑定一次，以后每次填6位数字。"),
        binding=binding, qr=qr_drawn(binding.address), offers_passkeys=offers_passkeys(),
    )


@login_not_required
@never_cache
@require_POST
def on(request: HttpRequest) -> HttpResponse:
    """Go on, after what was shown once was taken down."""
    coming = coming_of(request)
    return go_on(request, coming) if coming else redirect("shell:sign_in")


@step(Step.CHANGE)
def change_first(request: HttpRequest, coming: Coming) -> HttpResponse:
    """Ask for a password of one's own in place of one that another gave, or that is too old."""
    form = ChoosePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            choose_password(person_id=coming.person_id, new=form.cleaned_data["new"], actor=_himself(coming), now=clock.now())
        except BadInput as refused:
            beside_fields(form, refused)
        else:
            return step_done(request, coming, Step.CHANGE)
    return _page(
        request, form, title=_("修改密码"), button=_("保存并登录"),
        why=_("现在的密码是别人为您设的，或者用得太久了。请换成只有您自己知道的，再进入系统。"),
    )


def _page(
    request: HttpRequest, form: Any, *, title: str, button: str, why: str, is_wrong: bool = False, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "why": why, **more}
    return render(request, "accounts/step.html", context, status=422 if form.errors or is_wrong else 200)


def _himself(coming: Coming) -> Actor:
    return Actor(coming.person_id, None, None, "web")
