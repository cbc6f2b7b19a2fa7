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
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.accounts.actions.knocking import MustWait, knock, opened_to, turned_away
from zhitong.domain.accounts.actions.sittings import leave
from zhitong.domain.accounts.rules.words import Way
from zhitong.domain.organisations import queries
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.coming import come_in
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.middleware import POST_IN_SESSION
from zhitong.web.shell.sessions import elsewhere_of
from zhitong.web.shell.ways import ways_offered
from zhitong.web.shell.whereabouts import address_of, mark_for


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
        max_length=200,
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
            self.person = self._found(given["login"], given["password"])
        return given

    def _found(self, login: str, password: str) -> AbstractBaseUser:
        """Who signs in; the try is counted before it is tried."""
        assert self.request is not None, "nobody signs in without coming from somewhere"
        now = clock.now()
        try:
            knocked = knock(login=login, address=address_of(self.request), device=mark_for(self.request, login), now=now)
        except MustWait as refused:
            raise forms.ValidationError(refused.sentence) from refused
        person = authenticate(self.request, username=login, password=password)
        if person is None:
            turned_away(knocked, now=now)
            raise forms.ValidationError(_("登录名或密码不对，请核对后再试。"))
        opened_to(knocked)
        return person

    def get_user(self) -> AbstractBaseUser | None:
        """The person, as Django's view asks for it."""
        return self.person


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign-in; afterwards where one wanted to go, when that is one of our own addresses."""

    template_name = "shell/signin.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows: the form, and the other ways in."""
        return super().get_context_data(**kwargs, ways=ways_offered(self.request))

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Lead on to the next step, or in."""
        person = form.get_user()
        assert person is not None, "a valid form has found somebody"
        return come_in(self.request, person.pk, Way.PASSWORD)


@login_not_required
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; where another service vouched for it, a page offers to end the sitting there too.

    The browser is told to empty its cache. What the device keeps of this person the page itself has dropped; all of its stores
    are not emptied, for a colleague's card may wait there to be sent (decision 53).
    """
    elsewhere = elsewhere_of(request)
    if request.user.is_authenticated:
        leave(request.user.pk, session_key=request.session.session_key or "", now=clock.now())
    logout(request)
    request.viewer = None  # type: ignore[attr-defined]  # the page is nobody's: whose it was is out
    page = redirect("shell:sign_in") if elsewhere is None else render(request, "shell/signed_out.html", {"elsewhere": elsewhere})
    page["Clear-Site-Data"] = '"cache"'
    return page


KEYS = (
    (_("每一页"), (
        ("Tab", _("第一下是“跳到正文”，越过左边的功能")), ("/", _("到搜索框")), ("Esc", _("关上展开的菜单")),
    )),
    (_("清单"), (
        ("↑ ↓", _("上一行、下一行")), ("Home End", _("第一行、最后一行")), (_("回车"), _("打开这一行")),
    )),
    (_("受理交办、待办"), (
        ("j k", _("下一件、上一件")), ("1", _("按建议办理这一件")), ("c", _("改办理方式")),
        (_("空格"), _("勾选这一件")), ("?", _("看有哪些快捷键")),
    )),
    (_("大屏"), (("← →", _("换屏")), (_("空格"), _("暂停、继续")), ("F", _("全屏")))),
)  # fmt: skip
"""Every shortcut there is, by where it works."""


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Every shortcut, and the way to do without those of one letter (WCAG 2.1.4)."""
    return render(request, "shell/keys.html", {"keys": KEYS})


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
