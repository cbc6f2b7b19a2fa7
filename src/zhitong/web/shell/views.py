"""Signing in, signing out, and changing the post one acts as."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth import authenticate, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zhitong.domain.entry.actions.presence import note_presence
from zhitong.domain.organisations import queries
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.middleware import POST_IN_SESSION


class SignInForm(PlainForm):
    """Login name and password. The refusal does not tell which of the two is wrong."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
        error_messages={"required": _("请填写登录名。")},
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("请填写密码。")},
    )

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.person: AbstractBaseUser | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Find the person, when both are given."""
        given = super().clean() or self.cleaned_data
        if "login" in given and "password" in given:
            self.person = authenticate(self.request, username=given["login"], password=given["password"])
            if self.person is None:
                raise forms.ValidationError(_("登录名或密码不对，请核对后再试。"))
        return given

    def get_user(self) -> AbstractBaseUser | None:
        """The person, as Django's view asks for it."""
        return self.person


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign-in; afterwards where one wanted to go, when that is one of our own addresses."""

    template_name = "shell/signin.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Let in, and count that the unit was here this month."""
        person = form.get_user()
        assert person is not None, "a valid form has found somebody"
        note_presence(person.pk, today=clock.today())
        return super().form_valid(form)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("shell:sign_in")


@require_POST
def switch_post(request: HttpRequest) -> HttpResponse:
    """Act as another of the posts one holds from now on.

    Raises NotFound: the post is not held by this person today.
    """
    post_id = _post_in(request)
    if post_id is None or queries.viewer_for(request.user.pk, post_id, clock.today()) is None:
        raise NotFound
    request.session[POST_IN_SESSION] = str(post_id)
    return redirect("/")


def _post_in(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("post", ""))
    except ValueError:
        return None
