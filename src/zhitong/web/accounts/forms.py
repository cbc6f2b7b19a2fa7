"""The forms of accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.domain.accounts.queries.knowing import protection
from zhitong.domain.accounts.rules.passwords import rules_in_words
from zhitong.web.shell.forms import PlainForm

MOST_SIGNS = 200


def _password(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=MOST_SIGNS, widget=widget)


class ChoosePasswordForm(PlainForm):
    """A new password, written twice because nobody sees it."""

    new = _password(_("新密码"), "new-password")
    again = _password(_("再填一次"), "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = rules_in_words(protection())

    def clean(self) -> dict[str, Any]:
        """Hold the two against each other."""
        given = super().clean() or self.cleaned_data
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", _("两次填写的不一样，请重新填写。"))
        return given


class ChangePasswordForm(ChoosePasswordForm):
    """The same, by who is in: the present one proves that it is he."""

    old = _password(_("现在的密码"), "current-password")
    field_order = ("old", "new", "again")


class AgainForm(PlainForm):
    """The password once more, from who changes his own locks; who has none is asked to have come in a moment ago."""

    def __init__(self, *args: Any, has_password: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_password:
            self.add("password", _password(_("现在的密码"), "current-password"))
            self.fields["password"].help_text = _("改动登录方式前，再核对一次是您本人。")


class CodeForm(PlainForm):
    """A code of the authenticator app."""

    code = forms.CharField(
        label=_("动态码"), max_length=40, help_text=_("手机上身份验证器显示的6位数字，每30秒换一个。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


class BindForm(AgainForm, CodeForm):
    """The first code of an app that is bound by who is in."""


class ProveForm(CodeForm):
    """The same, or a recovery code in its place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.pop("inputmode", None)
        self.fields["code"].help_text = _("手机上身份验证器显示的6位数字。手机不在身边的，填一个恢复码。")

    def ask_for_recovery(self) -> None:
        """Ask for a recovery code alone: there is no app that shows another."""
        self.fields["code"].label = _("恢复码")
        self.fields["code"].help_text = _("通行密钥不在身边的，填一个恢复码。每个只能用一次。")
        self.fields["code"].widget.attrs.pop("autofocus", None)


class OpenForm(PlainForm):
    """Whose lock is opened, and why."""

    login = forms.CharField(
        label=_("登录名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
    )
    reason = forms.CharField(
        label=_("事由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：本人忘记密码，已电话核实。事由记入履历。"),
    )


class LinkForm(OpenForm):
    """Who is linked with which account at which service, and why."""

    service = forms.ChoiceField(label=_("统一身份认证服务"))
    subject = forms.CharField(
        label=_("本人在该服务里的编号"), max_length=255, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("即该服务的 sub：本人用它登录时，页面会显示这个编号。"),
    )
    field_order = ("service", "login", "subject", "reason")

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = list(offered)
        self.fields["reason"].help_text = _("例如：本人申请，已当面核实。事由记入履历。")


class UnlinkForm(LinkForm):
    """From whom the link with which service is taken, and why."""

    subject = None
