"""The forms of units, posts and people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.staffing import LONGEST_NAME, LONGEST_TITLE, LONGEST_UNIT, OPENED
from zhitong.web.problems.fields import DayField, ProseField, UnitField, WordField
from zhitong.web.shell.forms import PlainForm


class NameForm(PlainForm):
    """What a unit is called."""

    name = ProseField(gettext_lazy("单位全称"), gettext_lazy("例如：任丘市营商环境专班"), rows=1, max_length=LONGEST_UNIT)


class UnitForm(NameForm):
    """A unit to be opened."""

    kind = WordField(UnitKind, gettext_lazy("类别"), only=OPENED)


class PostForm(PlainForm):
    """A post to be opened."""

    title = ProseField(gettext_lazy("岗位名称"), gettext_lazy("例如：投资科科长"), rows=1, max_length=LONGEST_TITLE)
    kind = WordField(PostKind, gettext_lazy("岗位类别"))


class SeatForm(PlainForm):
    """Who takes a post."""

    name = ProseField(gettext_lazy("姓名"), rows=1, max_length=LONGEST_NAME)
    login = ProseField(
        gettext_lazy("登录名"), gettext_lazy("已有账号的填原登录名，原来的岗位保留；没有的会新建。"), rows=1, max_length=LONGEST_TITLE
    )
    password = forms.CharField(
        label=gettext_lazy("初始密码"), required=False, strip=False, widget=forms.PasswordInput(),
        help_text=gettext_lazy("新建账号时填写，第一次登录要换成自己的；已有账号的留空。"),
    )

    def clean_password(self) -> str | None:
        """None where the account exists or may not sign in yet."""
        return self.cleaned_data["password"] or None


class MoveForm(PlainForm):
    """Where somebody goes."""

    to_post_id = UnitField(label=gettext_lazy("调到哪个岗位"))

    def __init__(self, *args: Any, posts: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((str(one), label) for one, label in posts)]
        self.fields["to_post_id"].choices = choices  # type: ignore[attr-defined]


class InsteadForm(PlainForm):
    """Who stands in, and when."""

    person_id = UnitField(label=gettext_lazy("由谁代办"))
    since = DayField(label=gettext_lazy("从哪天起"))
    until = DayField(label=gettext_lazy("到哪天止（当天仍可代办）"))
    reason = ProseField(gettext_lazy("原因"), gettext_lazy("例如：外出培训"), rows=1, max_length=200)

    def __init__(self, *args: Any, colleagues: Iterable[tuple[UUID, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((str(one), f"{name}（{unit}）") for one, name, unit in colleagues)]
        self.fields["person_id"].choices = choices  # type: ignore[attr-defined]
