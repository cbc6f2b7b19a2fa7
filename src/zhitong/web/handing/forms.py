"""The forms of changing a post and of ending a unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.queries import Holder
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.web.problems.fields import ProseField, UnitField
from zhitong.web.shell.forms import PlainForm


class HandOverForm(PlainForm):
    """Who leaves which post, and who comes."""

    tenure_id = UnitField(label=gettext_lazy("哪个岗位、谁移交"))
    name = ProseField(gettext_lazy("接收人姓名"), rows=1, max_length=40)
    login = ProseField(
        gettext_lazy("接收人登录名"), gettext_lazy("已有账号的填原登录名；没有的会新建。"), rows=1, max_length=60
    )
    password = forms.CharField(
        label=gettext_lazy("初始密码"), required=False, strip=False, widget=forms.PasswordInput(),
        help_text=gettext_lazy("新建账号时填写，第一次登录要换成自己的；已有账号的留空。"),
    )
    phone = ProseField(
        gettext_lazy("接收人电话"), gettext_lazy("移交人担任分包责任人、联络员的，改为接收人和这个电话。"), required=False, rows=1,
        max_length=30,
    )
    note = ProseField(gettext_lazy("交接说明"), gettext_lazy("例如：调任某局，材料已当面移交。"), required=False)

    def __init__(self, *args: Any, holders: list[Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((str(one.tenure_id), f"{one.unit} {one.title} {one.name}") for one in holders)]
        self.fields["tenure_id"].choices = choices  # type: ignore[attr-defined]

    def clean_password(self) -> str | None:
        """None where the account exists or may not sign in yet."""
        return self.cleaned_data["password"] or None


class DissolveForm(PlainForm):
    """Which unit ends, and which takes its place."""

    unit_id = UnitField(label=gettext_lazy("撤并哪个单位"))
    successor_id = UnitField(label=gettext_lazy("由哪个单位承接"))

    def __init__(self, *args: Any, units: list[UnitEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str | UUID, str]] = [("", _("请选择单位")), *((str(one.id), one.name) for one in units)]
        for name in ("unit_id", "successor_id"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
