"""The forms of dividing: filters, the method, issuing, asking, answering, sheets, weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.plans.queries.dividing.overview import Progress
from zhitong.domain.plans.queries.dividing.weights import WeightSetView
from zhitong.domain.plans.rules import DivisionMethod, ShareState
from zhitong.kit.choices import choices_of
from zhitong.kit.sheets.limits import MEBIBYTE, MOST_BYTES
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.forms import PlainForm

ANY = ("", gettext_lazy("全部"))


class ShareField(forms.CharField):
    """A share as an official types it, given on as text: what it means depends on the target, and the act says."""

    def __init__(self, label: Any, example: Any = "", **kwargs: Any) -> None:
        super().__init__(label=label, help_text=example, max_length=40, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})


class SheetField(forms.FileField):
    """A table to send in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Excel 文件"), help_text=gettext_lazy("不超过%dMB；有一格不对，整张表都不导入") % (MOST_BYTES // MEBIBYTE),
            widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
            error_messages={"empty": gettext_lazy("文件是空的，请重新选择。"), "required": gettext_lazy("请先选择文件。")},
            **kwargs,
        )


class DividedFilterForm(PlainForm):
    """The bar above the targets of a region."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("任务、指标"), "type": "search"}),
    )
    region = forms.ChoiceField(label=gettext_lazy("哪里分解"), required=False)
    progress = forms.ChoiceField(label=gettext_lazy("进度"), required=False, choices=[ANY, *choices_of(Progress)])
    uneven = forms.BooleanField(label=gettext_lazy("与目标不符的"), required=False)

    def __init__(self, query: Any, regions: Sequence[tuple[str, str]]) -> None:
        super().__init__(query)
        self.fields["region"].choices = list(regions)  # type: ignore[attr-defined]


class IncomingFilterForm(PlainForm):
    """The bar above what came down to a region."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("任务、指标"), "type": "search"}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False,
        choices=[ANY, *((one.value, one.label) for one in ShareState if one is not ShareState.DRAFT)],
    )


class MethodForm(PlainForm):
    """By what to work shares out."""

    method = forms.ChoiceField(label=gettext_lazy("办法"))
    weights = forms.ChoiceField(label=gettext_lazy("权数"), required=False)

    def __init__(self, *args: Any, methods: Sequence[DivisionMethod], sets: Sequence[WeightSetView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = [(one.value, one.label) for one in methods]  # type: ignore[attr-defined]
        offered = [(str(one.id), f"{one.name}（{one.measure}）" if one.measure else one.name) for one in sets]
        self.fields["weights"].choices = [("", _("不用权数")), *offered]  # type: ignore[attr-defined]
        if offered and not self.is_bound:
            self.initial.setdefault("weights", offered[0][0])


class IssueForm(PlainForm):
    """From when on, and why where it does not come to the whole."""

    since = DayField(label=gettext_lazy("执行日期"), help_text=gettext_lazy("从这一天起按分解后的目标考核"))
    reason = ProseField(
        gettext_lazy("说明"), gettext_lazy("各地合起来没有达到目标的，写明原因；重新分解的，写明为什么调整。"), rows=2,
        max_length=400, required=False,
    )


class AtOnceForm(MethodForm):
    """Many targets at once: by what, from when on, why."""

    since = DayField(label=gettext_lazy("执行日期"))
    reason = ProseField(gettext_lazy("说明"), rows=1, max_length=400, required=False)


class AskForm(PlainForm):
    """Another value, and why."""

    value = ShareField(gettext_lazy("请求调整为"))
    reason = ProseField(gettext_lazy("理由"), gettext_lazy("写清本地实际情况和依据，例如已有基数、项目批复。"), max_length=400)


class AnswerForm(PlainForm):
    """What the office above answers."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("答复"), widget=forms.RadioSelect,
        choices=[(ShareState.CHANGED.value, gettext_lazy("调整")), (ShareState.KEPT.value, gettext_lazy("维持原值"))],
    )
    value = ShareField(gettext_lazy("调整为"), gettext_lazy("维持原值的不用填"), required=False)
    words = ProseField(gettext_lazy("答复内容"), max_length=400)

    def clean(self) -> dict[str, Any]:
        """A changed value is needed where it is changed."""
        said = super().clean() or {}
        if said.get("verdict") == ShareState.CHANGED.value and not said.get("value"):
            self.add_error("value", _("请填写调整后的数。"))
        return said


class SharesSheetForm(PlainForm):
    """The shares as a sheet."""

    file = SheetField()


class WeightsForm(PlainForm):
    """A set of weights as a sheet."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("例如：规上工业企业数（2017年）"))
    measure = forms.CharField(label=gettext_lazy("单位"), max_length=24, required=False, help_text=gettext_lazy("例如：家"))
    source = forms.CharField(label=gettext_lazy("数据来源"), max_length=200, help_text=gettext_lazy("例如：省统计局2017年统计年鉴"))
    file = SheetField()
