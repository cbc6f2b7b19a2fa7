"""The forms of accounts."""

from __future__ import annotations

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


class CodeForm(PlainForm):
    """A code of the authenticator app."""

    code = forms.CharField(
        label=_("动态码"), max_length=40, help_text=_("手机上身份验证器显示的6位数字，每30秒换一个。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


class ProveForm(CodeForm):
    """The same, or a recovery code in its place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.pop("inputmode", None)
        self.fields["code"].help_text = _("手机上身份验证器显示的6位数字。手机不在身边的，填一个恢复码。")


class OpenForm(PlainForm):
    """Whose lock is opened, and why."""

    login = forms.CharField(
        label=_("登录名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
    )
    reason = forms.CharField(
        label=_("事由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：本人忘记密码，已电话核实。事由记入履历。"),
    )
