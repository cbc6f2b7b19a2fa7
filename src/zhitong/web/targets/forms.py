"""The forms of a target: the bar above the list, the curve proposed by shape or month by month, the answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.plans.rules import CurveShape, TargetForm
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.forms import FigureField, PlainForm

MONTH = "month_"


class TargetFilterForm(PlainForm):
    """The bar above the targets of a region."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("指标名称"), "type": "search"}),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("怎样算达到"), required=False,
        choices=[("", gettext_lazy("全部")), *((str(one), one.label) for one in TargetForm)],
    )


class CurveForm(PlainForm):
    """How progress is to come: a shape, or a number for each month in percent."""

    shape = forms.ChoiceField(label=gettext_lazy("怎样推进"), choices=[(str(one), one.label) for one in CurveShape])
    since = DayField(
        label=gettext_lazy("从哪一天起"),
        help_text=gettext_lazy("新的曲线只管以后，以前的报送期仍按原来的曲线。"),
    )
    reason = ProseField(gettext_lazy("理由"), gettext_lazy("例如：冬季停工，主要工程量在4至10月。"), max_length=400)

    def __init__(self, *args: Any, ends: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, end in enumerate(ends):
            label = _("%(year)d年%(month)d月") % {"year": end.year, "month": end.month}
            field = FigureField(label=label, unit="%", places=2, least=0, most=100, required=False)
            field.conditional = True  # type: ignore[attr-defined]
            self.add(f"{MONTH}{place}", field)

    @property
    def head(self) -> list[Any]:
        """The fields before the months."""
        return [self[name] for name in ("shape", "since", "reason")]

    @property
    def months(self) -> list[Any]:
        """The fields of the months."""
        return [self[name] for name in self.fields if name.startswith(MONTH)]

    def given(self) -> list[Decimal]:
        """The numbers of the months as shares, for the shapes that ask for them."""
        if CurveShape(self.cleaned_data["shape"]) not in (CurveShape.MONTHLY, CurveShape.SEASONAL):
            return []
        numbers = [self.cleaned_data.get(name) for name in self.fields if name.startswith(MONTH)]
        return [number / 100 for number in numbers if number is not None]

    def last_month(self) -> str:
        """The field beside which the trouble with a row of months stands."""
        return [name for name in self.fields if name.startswith(MONTH)][-1]


class AnswerForm(PlainForm):
    """What the office above says to a curve."""

    decision = ProseField(gettext_lazy("意见"), gettext_lazy("例如：同意；或者：前三季度安排过低，请调高。"), max_length=400)
