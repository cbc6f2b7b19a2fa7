"""The forms of coming in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.web.shell.forms import PlainForm

_PHONE = {"inputmode": "tel", "autocomplete": "tel"}
_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class PhoneSignInForm(PlainForm):
    """A phone and the code that was sent to it; the code is empty while one is being asked for."""

    phone = forms.CharField(label=_("手机号码"), max_length=40, widget=forms.TextInput(attrs=_PHONE))
    code = forms.CharField(label=_("验证码"), max_length=12, required=False, widget=forms.TextInput(attrs=_CODE))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].conditional = True  # type: ignore[attr-defined]


class JoinForm(PhoneSignInForm):
    """Who takes the seat of an invitation; the name is asked where the invitation names nobody."""

    name = forms.CharField(label=_("姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("设一个密码"), required=False, strip=False, max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("不设也可以，以后用手机验证码登录。"),
    )
    field_order = ("name", "phone", "code", "password")

    def __init__(self, *args: object, named: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if named:
            del self.fields["name"]
