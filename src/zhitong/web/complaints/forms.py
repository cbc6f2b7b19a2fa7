"""The forms of sealed complaints: against whom, what happened, and the acts of the receiver's desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.complaints.actions.submitting import LONGEST_TEXT
from zhitong.domain.complaints.queries.rulebook import Level
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.forms import PlainForm


class ThingField(forms.ChoiceField):
    """A unit or a region by its id, among those offered; None where nothing was chosen."""

    def clean(self, value: Any) -> UUID | None:
        """The id chosen."""
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


class AgainstForm(PlainForm):
    """Against whom: a unit from the list by levels, or somebody in words with the level he belongs to."""

    unit_id = ThingField(
        label=gettext_lazy("被投诉的单位"), required=False, widget=forms.Select(attrs={"data-choose": ""}),
        help_text=gettext_lazy("按级别列出；投诉某个人的，选他所在的单位。"),
    )
    person = forms.CharField(
        label=gettext_lazy("被投诉的人员"), required=False,
        help_text=gettext_lazy("姓名、职务；不知道姓名的，写明特征，例如：4月20日上午3号窗口经办人。"),
    )
    region_id = ThingField(
        label=gettext_lazy("单位不在上面的，他在哪一级"), required=False, widget=forms.RadioSelect,
        help_text=gettext_lazy("选了单位的不用选。在别的市县的，选能管到那里的一级。"),
    )

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(one.region, [(str(unit_id), name) for unit_id, name in one.units]) for one in levels]
        self.fields["unit_id"].choices = [("", _("请选择单位")), *units]  # type: ignore[attr-defined]
        self.fields["region_id"].choices = [(str(one.region_id), one.region) for one in levels]  # type: ignore[attr-defined]

    def refuse(self, wrong: dict[str, str]) -> None:
        """Put what the act refused beside its fields."""
        for name, sentence in wrong.items():
            self.add_error(name if name in self.fields else None, sentence)


class ComplaintForm(AgainstForm):
    """A complaint: against whom, what happened, when and where; named or not."""

    text = forms.CharField(
        label=gettext_lazy("发生了什么事"), strip=False,
        help_text=gettext_lazy("谁、做了什么、有什么依据或证人，希望怎样处理。"),
        widget=forms.Textarea(attrs={"rows": 8, "data-counted": LONGEST_TEXT}),
    )
    happened = forms.CharField(
        label=gettext_lazy("什么时候、在哪里"), required=False, help_text=gettext_lazy("例如：4月20日上午，政务服务大厅。")
    )
    is_unnamed = forms.BooleanField(
        label=gettext_lazy("隐名：受理机构也看不到是哪家企业"), required=False,
        help_text=gettext_lazy("受理机构要补充情况时由系统转达。请不要在内容里写企业名称。"),
    )


class HandForm(PlainForm):
    """An act that asks for nothing but the hand."""


class AskForm(PlainForm):
    question = ProseField(
        gettext_lazy("请投诉人补充什么"), gettext_lazy("只能请一次。隐名的由系统转达，请不要追问是谁。")
    )


class SupplyForm(PlainForm):
    text = ProseField(gettext_lazy("补充情况"), gettext_lazy("隐名的，请不要写企业名称。"), rows=5)


class NotifyForm(PlainForm):
    text = ProseField(
        gettext_lazy("告知投诉人的结果"), gettext_lazy("写明核查了什么、怎样处理、依据是什么；不写他人隐私和举报线索来源。"), rows=6
    )


class ReferForm(PlainForm):
    """To whom, by which letter: a unit of the system or a body outside it."""

    unit_id = ThingField(
        label=gettext_lazy("移送给系统内的机构"), required=False, widget=forms.Select(attrs={"data-choose": ""}),
        help_text=gettext_lazy("由其签收、办理并告知投诉人；它能看到全部内容。"),
    )
    body = forms.CharField(
        label=gettext_lazy("或者凭函移送系统外的机关"), required=False, max_length=120,
        help_text=gettext_lazy("例如：市纪委监委信访室。仍由本单位告知投诉人。"),
    )
    letter_number = forms.CharField(label=gettext_lazy("移送函编号"), max_length=60)
    letter_on = DayField(label=gettext_lazy("移送函日期"))
    note = ProseField(gettext_lazy("给对方的说明"), gettext_lazy("投诉人看不到这一段。"), required=False)

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, Sequence[UnitEntry]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(region, [(str(unit.id), unit.name) for unit in units]) for region, units in bodies]
        self.fields["unit_id"].choices = [("", _("请选择机构")), *offered]  # type: ignore[attr-defined]
