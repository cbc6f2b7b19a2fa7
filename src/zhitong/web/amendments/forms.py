"""The forms of amendments: the bar above the list, a draft with its lines, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.domain.plans.rules import AmendmentState, Changed
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.forms import PlainForm

Choices = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""What a line can be about, in groups: tasks, and targets by their task."""


class AmendmentFilterForm(PlainForm):
    """The bar above the amendments."""

    q = forms.CharField(
        label=_("搜索"), required=False, max_length=60, widget=forms.TextInput(attrs={"placeholder": _("标题"), "type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *((str(one), one.label) for one in AmendmentState)],
    )


class DraftForm(PlainForm):
    """The head of a draft."""

    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("例如：关于调整高速公路建设目标的通知"))
    reason = ProseField(_("理由"), _("为什么要调整，依据是什么。"), max_length=1000)
    document_number = forms.CharField(
        label=_("依据的文号"), max_length=60, required=False, help_text=_("已有文件的填写，例如 冀双办〔2018〕5号；可自本月1日起执行。"),
    )
    since = DayField(label=_("生效日"), help_text=_("从这一天起按新的评判；以前的报送仍按原来的。"))


class LineForm(PlainForm):
    """One line of a draft; one without a thing is left out."""

    changed = forms.ChoiceField(label=_("调整什么"), choices=[(str(one), one.label) for one in Changed], required=False)
    thing = forms.ChoiceField(label=_("哪个目标或任务"), required=False)
    after = forms.CharField(
        label=_("调整为"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 1}),
        help_text=_("目标值写 520公里（比较方式照旧）、≥520公里、1–2家；时限写 2018年11月30日；单位一行一个：牵头 省交通厅；取消的不写。"),
    )

    def __init__(self, *args: Any, things: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [("", _("请选择")), *things]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.conditional = True  # type: ignore[attr-defined]

    @property
    def is_said(self) -> bool:
        """Whether the line says anything."""
        return bool(self.cleaned_data.get("thing"))


class DecisionForm(PlainForm):
    """What the deciding office says."""

    decision = ProseField(_("批准意见"), _("省级的写明由谁批准，例如：省领导小组第三次会议；不批准的写明理由。"), max_length=1000)


class ApprovalForm(DecisionForm):
    """An approval, with the number of the paper."""

    document_number = forms.CharField(label=_("批准文件的文号"), max_length=60, required=False)
