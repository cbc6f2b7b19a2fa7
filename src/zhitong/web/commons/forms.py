"""The forms of common problems: what is laid down, who joins, the one answer, and the words of the other acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.commons.actions.establishing import LONGEST_TITLE, MOST_MEMBERS, WORKDAYS_MOST
from zhitong.domain.commons.queries.page import MemberRow
from zhitong.domain.commons.rules.kinds import Treatment
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.web.problems.acts.handling import CompleteForm
from zhitong.web.problems.fields import ProseField, UnitField, WordField
from zhitong.web.shell.forms import PlainForm

USUAL_WORKDAYS = 20


class NumbersField(forms.CharField):
    """Problems by their numbers, as people copy them: one a line, or with commas and blanks between."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(
            label=label, widget=forms.Textarea(attrs={"rows": 3}), max_length=MOST_MEMBERS * 40,
            help_text=gettext_lazy("每行一个编号；只能纳入本辖区还没有结束的问题。"), **kwargs,
        )

    def clean(self, value: Any) -> list[str]:
        """The numbers in order, each once."""
        text = super().clean(value)
        for sign in "，、；;,":
            text = text.replace(sign, " ")
        return list(dict.fromkeys(text.split()))


class EstablishForm(PlainForm):
    """What an office lays down; the members found are ticked, others are added by number."""

    title = ProseField(
        gettext_lazy("共性问题名称"), gettext_lazy("企业会看到，例如：园区夜间限电影响连续生产。"), rows=1,
        max_length=LONGEST_TITLE,
    )
    category = forms.ChoiceField(label=gettext_lazy("问题类别"))
    lead_id = UnitField(label=gettext_lazy("牵头单位"), help_text=gettext_lazy("本级的单位；由它研究并统一答复。"))
    asked = ProseField(gettext_lazy("研究事项"), gettext_lazy("要牵头单位从制度上解决什么；企业看不到这一段。"), rows=4)
    workdays = forms.IntegerField(
        label=gettext_lazy("办理时限（工作日）"), min_value=1, max_value=WORKDAYS_MOST, initial=USUAL_WORKDAYS
    )
    treatment = WordField(
        Treatment, gettext_lazy("成员怎么办"), initial=Treatment.ANSWER.value,
        help_text=gettext_lazy("归口办理：本级的成员都改由牵头单位承办。统一答复：成员留在原单位，答复由牵头单位统一提出。"),
    )
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("纳入的问题"), required=False, widget=forms.CheckboxSelectMultiple
    )
    numbers = NumbersField(gettext_lazy("另按编号纳入"), required=False)

    def __init__(
        self, *args: Any, categories: Sequence[tuple[str, str]], leads: Sequence[UnitEntry],
        members: Sequence[tuple[str, str]], **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = list(categories)  # type: ignore[attr-defined]
        self.fields["lead_id"].choices = [("", _("请选择单位")), *((str(one.id), one.name) for one in leads)]  # type: ignore[attr-defined]
        self.fields["chosen"].choices = list(members)  # type: ignore[attr-defined]
        if not members:
            del self.fields["chosen"]

    def refuse(self, wrong: dict[str, str]) -> None:
        """Put what the act refused beside its fields."""
        for name, sentence in wrong.items():
            self.add_error(name if name in self.fields else None, sentence)


class JoinForm(PlainForm):
    numbers = NumbersField(gettext_lazy("要纳入的问题编号"))


class TakeOutForm(PlainForm):
    """Which member, and why."""

    problem = forms.ChoiceField(label=gettext_lazy("移出哪一件"))
    reason = ProseField(gettext_lazy("为什么移出"), gettext_lazy("例如：经核实是企业自有设备故障，不属于限电。"))

    def __init__(self, *args: Any, members: Sequence[MemberRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(one.problem_id), f"{one.number} {one.subject_name}") for one in members]
        self.fields["problem"].choices = offered  # type: ignore[attr-defined]

    def clean_problem(self) -> UUID:
        """The member's id."""
        return UUID(self.cleaned_data["problem"])


class AnswerForm(CompleteForm):
    """The honest outcome and the words that every reporter reads."""


class MeasureForm(PlainForm):
    measures = ProseField(gettext_lazy("制度性措施"), gettext_lazy("写明出台或修改了什么规定、怎样防止同类问题再发生。"), rows=5)


class CloseForm(PlainForm):
    words = ProseField(gettext_lazy("办结说明"), gettext_lazy("写明解决到什么程度，没有办结的成员怎么办。"), rows=4)
