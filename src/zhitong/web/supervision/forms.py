"""The forms of pressing, one each: what is asked and an example beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.supervision.actions.instructing import NewItem
from zhitong.domain.supervision.actions.supervising import WORKDAYS_MOST
from zhitong.domain.supervision.rules.kinds import Grade, InstructionKind, LedgerState, SupervisionState
from zhitong.kit.choices import choices_of
from zhitong.web.problems.fields import DayField, ProseField, UnitField, UnitSelect, WordField
from zhitong.web.shell.files import NOTHING, FilesField, Gathered
from zhitong.web.shell.forms import PlainForm


def _one_of(label: Any, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", gettext_lazy("全部")), *choices])


def _line(label: Any, example: Any = "", **kwargs: Any) -> ProseField:
    return ProseField(label, example, rows=1, **kwargs)


class RemindForm(PlainForm):
    words = ProseField(gettext_lazy("想说的话"), gettext_lazy("可以不填；承办单位会看到。"), required=False)


class DraftForm(PlainForm):
    """A paper; signed in the same act where it has already been signed."""

    grade = WordField(Grade, gettext_lazy("督办等级"), initial=Grade.ORDINARY.value)
    demand = ProseField(
        gettext_lazy("督办要求"), gettext_lazy("例如：请在期限内与供电公司商定错峰方案，答复企业，并书面反馈办理情况。"), rows=4
    )
    workdays = forms.IntegerField(
        label=gettext_lazy("反馈期限（工作日）"), initial=3, min_value=1, max_value=WORKDAYS_MOST,
        help_text=gettext_lazy("从签发的下一个工作日起算。"),
        error_messages={
            "min_value": gettext_lazy("至少 1 个工作日。"),
            "max_value": gettext_lazy("最多 %(limit_value)d 个工作日。"),
        },
    )
    signed_by = _line(
        gettext_lazy("签发人"), gettext_lazy("姓名和职务。已线下签发的在这里登记，随即下发；还没签发的先留空，存为草稿。"),
        required=False, max_length=60,
    )
    signed_on = DayField(label=gettext_lazy("签发日期"), conditional=True)

    def clean(self) -> dict[str, Any]:
        """A signature has a name and a day, or it is not there."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(given.get("signed_by")) != bool(given.get("signed_on")) and not self.errors:
            self.add_error("signed_on", _("签发人和签发日期要填都填，要留空都留空。"))
        return given


class SignForm(PlainForm):
    signed_by = _line(gettext_lazy("签发人"), gettext_lazy("姓名和职务，照实登记。"), max_length=60)
    signed_on = DayField(label=gettext_lazy("签发日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].required = True


class NothingForm(PlainForm):
    """Nothing but the hand."""


class AnswerForm(PlainForm):
    text = ProseField(
        gettext_lazy("办理情况反馈"), gettext_lazy("写明做了什么、谁做的、什么时候见效，还有什么没办成。"), rows=6
    )


class ReturnForm(PlainForm):
    reason = ProseField(gettext_lazy("退回理由"), gettext_lazy("写明还差什么、按什么要求重报。只能退回一次。"))


class AcceptForm(PlainForm):
    opinion = ProseField(gettext_lazy("审核意见"), gettext_lazy("例如：情况属实，同意办结。"), required=False)


class ExactWordsField(ProseField):
    """Words as they stand on the paper; whether there are any is asked by the choice beside them."""

    conditional = True

    def __init__(self, label: Any) -> None:
        super().__init__(label, gettext_lazy("照原件逐字登记；只有圈阅的不填。"), required=False)


class InstructionForm(PlainForm):
    """An instruction as it stands on the paper, typed in half a minute."""

    leader = _line(gettext_lazy("批示领导"), max_length=40)
    leader_title = _line(gettext_lazy("职务"), gettext_lazy("批示时的职务，例如：市委书记。"), max_length=60)
    kind = WordField(InstructionKind, gettext_lazy("批示还是圈阅"), initial=InstructionKind.WORDS.value)
    words = ExactWordsField(gettext_lazy("批示原文"))
    instructed_on = DayField(label=gettext_lazy("批示日期"))
    problems = _line(
        gettext_lazy("批示在哪些问题上"), gettext_lazy("问题编号，几个的用空格或顿号分开。"), required=False
    )
    paper_title = _line(
        gettext_lazy("批示在哪份文件上"), gettext_lazy("文件标题；批示在问题上的可以不填。"), required=False, max_length=200
    )
    paper_number = _line(gettext_lazy("文号"), required=False, max_length=60)
    files = FilesField(label=gettext_lazy("批示原件的照片"))

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]


class MaybeUnitField(UnitField):
    """A unit, or nobody yet."""

    def clean(self, value: Any) -> UUID | None:
        """The unit's id; None when none was chosen."""
        return super().clean(value) if value else None


class ItemForm(PlainForm):
    """One thing for one unit by a day; an empty one asks nothing."""

    unit_id = MaybeUnitField(
        label=gettext_lazy("承办单位"), required=False, widget=UnitSelect(attrs={"data-choose": ""}),
        error_messages={"invalid_choice": gettext_lazy("请从列出的单位中选择。")},
    )
    demand = ProseField(gettext_lazy("办理事项"), gettext_lazy("写成一件可以办的事。"), rows=2, required=False)
    due_on = DayField(label=gettext_lazy("完成期限"), conditional=True)

    def __init__(self, *args: Any, units: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [("", _("请选择单位")), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """All three, or none."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        filled = [name for name in ("unit_id", "demand", "due_on") if given.get(name)]
        for name in ("unit_id", "demand", "due_on"):
            if filled and name not in filled and name not in self.errors:
                self.add_error(name, _("请填写这一项。"))
        return given

    def item(self) -> NewItem | None:
        """The item that was typed, if any."""
        given = self.cleaned_data
        return NewItem(**given) if given.get("unit_id") else None


class ReportForm(PlainForm):
    text = ProseField(gettext_lazy("办理情况"), gettext_lazy("写明办到哪一步、见效没有；由登记批示的单位形成专报呈报领导。"), rows=6)


class LeaderAnswerForm(PlainForm):
    presented_on = DayField(label=gettext_lazy("专报呈报日期"))
    answer_kind = WordField(InstructionKind, gettext_lazy("领导的答复"), initial=InstructionKind.READ.value)
    answer_words = ExactWordsField(gettext_lazy("答复原文"))
    answered_on = DayField(label=gettext_lazy("答复日期"))


class PaperFiltersForm(PlainForm):
    """The bar above the ledger of papers."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("编号、要求"), "type": "search"}),
    )
    state = forms.MultipleChoiceField(
        label=gettext_lazy("状态"), required=False, choices=choices_of(SupervisionState),
        widget=forms.CheckboxSelectMultiple,
    )
    grade = _one_of(gettext_lazy("督办等级"), choices_of(Grade))
    light = _one_of(
        gettext_lazy("时限"),
        [("overdue", gettext_lazy("超期")), ("soon", gettext_lazy("临期")), ("normal", gettext_lazy("正常"))],
    )


class InstructionFiltersForm(PlainForm):
    """The bar above the ledger of instructions."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("领导、文件"), "type": "search"}),
    )
    state = _one_of(gettext_lazy("落实情况"), choices_of(LedgerState))
    kind = _one_of(gettext_lazy("批示或圈阅"), choices_of(InstructionKind))
    late = forms.BooleanField(label=gettext_lazy("只看有超期事项的"), required=False)
