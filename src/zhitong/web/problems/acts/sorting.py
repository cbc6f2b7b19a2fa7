"""Sorting at the office's desk: correct, merge, split; and the objection to a decline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions import sorting
from zhitong.domain.problems.queries.kin import reported_before
from zhitong.domain.problems.queries.page import ProblemPage
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import Nature, Urgency
from zhitong.domain.problems.rules.sorting import PARTS_AT_MOST
from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.fields import ActForm, ProseField, WordField
from zhitong.web.problems.way import Way

Choices = Sequence[tuple[str, str]]


def categories_of(found: ProblemPage) -> list[tuple[str, str]]:
    """The categories that fit the kind of the problem's subject."""
    entries = rulebook(found.standing.campaign).of_kind(found.standing.subject_kind)
    return [(one.code, one.label) for one in entries]


class CorrectForm(ActForm):
    """What the register says now, to be put right."""

    nature = WordField(Nature, gettext_lazy("性质"))
    category = forms.ChoiceField(label=gettext_lazy("类别"))
    urgency = WordField(
        Urgency, gettext_lazy("紧急程度"), help_text=gettext_lazy("已经开始计算的时限不变，只影响以后的环节。")
    )
    reason = ProseField(gettext_lazy("更正理由"), gettext_lazy("写明依据，例如：企业来电说明是用地指标问题。企业会看到。"))

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """What is registered, and what it may be corrected to."""
        standing = found.standing
        registered = {"nature": standing.nature.value, "category": standing.category, "urgency": standing.urgency.value}
        return {"initial": registered, "categories": categories_of(found)}

    def __init__(self, *args: Any, categories: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]


class MergeForm(ActForm):
    """Into which earlier matter: chosen from the same reporter's, or its number typed."""

    into = forms.CharField(
        label=gettext_lazy("并入哪一件"), max_length=40, help_text=gettext_lazy("填写先反映的那一件的编号，须是同一企业反映的。")
    )
    reason = ProseField(gettext_lazy("并案理由"), gettext_lazy("写明为什么是同一件事。企业会看到。"))

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """The same reporter's earlier matters that are still open."""
        before = reported_before(viewer, found.standing, directory())
        return {"before": [(one.number, f"{one.number} {one.state.label}：{one.excerpt}") for one in before]}

    def __init__(self, *args: Any, before: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if before:
            self.add("into", forms.ChoiceField(
                label=_("并入哪一件"), choices=before, widget=forms.RadioSelect,
                help_text=_("同一企业先反映、还没有办完的问题。"),
            ))
            self.order_fields(["into", "reason"])


class SplitForm(ActForm):
    """The matter that stays, and the matters that leave: a text and a category each."""

    remains = ProseField(gettext_lazy("本件继续办理的事项"), gettext_lazy("写明拆分后本件还办什么；企业原话保持不变。"))

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """The reporter's own words to divide."""
        return {"text": found.text, "registered": found.standing.category, "categories": categories_of(found)}

    def __init__(
        self, *args: Any, text: str = "", registered: str = "", categories: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remains"].initial = text
        for place in range(1, PARTS_AT_MOST):
            self.add(f"text_{place}", ProseField(
                _("分出的事项 %d") % place, required=place == 1, initial=text if place == 1 else "",
                example=_("从原文中留下属于这个事项的内容。") if place == 1 else _("没有更多事项的不用填。"),
            ))
            self.add(f"category_{place}", forms.ChoiceField(
                label=_("事项 %d 的类别") % place, choices=categories, initial=registered, required=place == 1
            ))

    def clean(self) -> dict[str, Any]:
        """The parts as the act wants them."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        places = [place for place in range(1, PARTS_AT_MOST) if given.get(f"text_{place}")]
        parts = tuple(sorting.Part(given[f"category_{place}"], given[f"text_{place}"]) for place in places
                      if given.get(f"category_{place}"))
        return {"remains": given.get("remains"), "parts": parts}


class ObjectForm(ActForm):
    words = ProseField(
        gettext_lazy("为什么应当受理"), gettext_lazy("写明理由或补充情况，由上级活动办公室复核；只能提出一次。"), rows=5
    )


class JudgeForm(ActForm):
    reason = ProseField(gettext_lazy("复核意见"), gettext_lazy("写明复核了什么、依据是什么。企业会看到。"), rows=4)


WAYS: Mapping[Act, Way] = {
    Act.CORRECT: Way(CorrectForm, sorting.Correct, sorting.correct, gettext_lazy("已更正，原登记留在办理过程中。"), "edit"),
    Act.MERGE: Way(MergeForm, sorting.Merge, sorting.merge, gettext_lazy("已并案，答复时一并告知企业。"), "git-merge"),
    Act.SPLIT: Way(SplitForm, sorting.Split, sorting.split, gettext_lazy("已拆分，分出的事项各自受理办理。"), "arrows-split"),
    Act.OBJECT: Way(
        ObjectForm, sorting.Object, sorting.object_to_decline, gettext_lazy("已提出异议，由上级活动办公室复核，结果会告诉您。"),
        "message", plain=gettext_lazy("我认为应当受理"),
    ),
    Act.OVERRULE: Way(
        JudgeForm, sorting.Judge, sorting.overrule, gettext_lazy("已责令受理，由属地活动办公室交办。"), "circle-check"
    ),
    Act.UPHOLD_DECLINE: Way(
        JudgeForm, sorting.Judge, sorting.uphold_decline, gettext_lazy("已维持不予受理，理由已送企业。"), "shield-check"
    ),
}
