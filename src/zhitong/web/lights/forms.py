"""The form of a light that is set from above."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhitong.domain.plans.rules import SET_BY_HAND
from zhitong.domain.progress.rules.overriding import LONGEST_REASON
from zhitong.web.shell.forms import PlainForm


class OverrideForm(PlainForm):
    """Which light instead of the computed one, and why."""

    light = forms.ChoiceField(
        label=_("另定为"), choices=[(str(one), one.label) for one in SET_BY_HAND], widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("理由和灯一起显示给本级和下级，例如：汛期停工一个月，省政府专题会议已同意顺延。"),
    )
