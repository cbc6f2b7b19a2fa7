"""The forms of editions, one each: what is asked and an example beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from zhitong.domain.bulletins.actions.editions.drafting import (
    LONGEST_HEADING,
    LONGEST_REASON,
    LONGEST_RECIPIENTS,
    LONGEST_TITLE,
    SECTIONS_MOST,
)
from zhitong.domain.bulletins.queries.editions.listing import NumberRow
from zhitong.domain.bulletins.rules.catalogue import Format, PaperKind
from zhitong.domain.bulletins.rules.cutting_off import CutOff
from zhitong.domain.bulletins.rules.drawn import Bound, Section
from zhitong.domain.bulletins.rules.numbering import NUMBERED
from zhitong.web.problems.fields import DayField, ProseField, WordField
from zhitong.web.shell.forms import PlainForm

DRAWN = (PaperKind.CIRCULAR, PaperKind.BRIEF)
KNOWINGLY = gettext_lazy("我已核实：删去的数、手工填写的数确实要这样")
CUT_OFFS = (CutOff.MONTH, CutOff.WEEK, CutOff.DAY, CutOff.NOW, CutOff.OWN)


class NewForm(PlainForm):
    """Which paper, up to which moment."""

    kind = WordField(PaperKind, gettext_lazy("种类"), only=DRAWN, initial=PaperKind.CIRCULAR.value)
    cut_off = WordField(CutOff, gettext_lazy("统计截止时间"), only=CUT_OFFS, initial=CutOff.MONTH.value)
    at = forms.DateTimeField(
        label=gettext_lazy("自选时间"), required=False, help_text=gettext_lazy("选“自选时间”时填写，例如 2018-08-31 23:59。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        """A moment of one's own where that was chosen."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("cut_off") is CutOff.OWN and not given.get("at") and "at" not in self.errors:
            self.add_error("at", gettext_lazy("请填写统计截止时间。"))
        return given


class ReasonForm(PlainForm):
    reason = ProseField(gettext_lazy("原因"), gettext_lazy("写明要改什么，或者为什么不用。"), max_length=LONGEST_REASON)


class NothingForm(PlainForm):
    """Nothing but the hand."""


class SignForm(PlainForm):
    """Who signed, when, and under which number."""

    signed_by = ProseField(
        gettext_lazy("签发人"), gettext_lazy("姓名和职务；已线下签发的照纸面登记。"), rows=1, max_length=60
    )
    signed_on = DayField(label=gettext_lazy("签发日期"))
    number_id = forms.ChoiceField(
        label=gettext_lazy("文号"), required=False, help_text=gettext_lazy("不选预留的文号，就取下一个流水号。")
    )

    def __init__(self, *args: Any, reserved: Sequence[NumberRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(str(one.id), f"{one.number}（{one.reason}）") for one in reserved]
        self.fields["number_id"].choices = [("", gettext_lazy("下一个流水号")), *numbers]  # type: ignore[attr-defined]

    def clean_number_id(self) -> UUID | None:
        """The reserved number's id; None for the next one."""
        chosen = self.cleaned_data["number_id"]
        return UUID(chosen) if chosen else None


class CorrectForm(PlainForm):
    """Which figure was wrong, what it should have said, and why."""

    key = forms.ChoiceField(label=gettext_lazy("更正哪个数"))
    right = ProseField(gettext_lazy("应当是"), gettext_lazy("照更正后的样子填写，例如：92.3%。"), rows=1, max_length=40)
    reason = ProseField(gettext_lazy("差错原因"), gettext_lazy("写进更正函，例如：一件问题的承办单位登记有误。"))

    def __init__(self, *args: Any, figures: Sequence[Bound] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [(one.key, f"{one.label}：{one.text}") for one in figures]  # type: ignore[attr-defined]


class ObjectForm(PlainForm):
    words = ProseField(
        gettext_lazy("异议"), gettext_lazy("写明哪个数不对、应当是多少、依据是什么。"), rows=4, max_length=500
    )


class SettleForm(PlainForm):
    adopted = forms.ChoiceField(label=gettext_lazy("怎么答复"), widget=forms.RadioSelect)
    words = ProseField(gettext_lazy("说明"), gettext_lazy("写明处理结果或者维持的理由，提出异议的单位会看到。"), max_length=500)

    def __init__(self, *args: Any, is_issued: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adopting = gettext_lazy("采纳，另发更正函") if is_issued else gettext_lazy("采纳，重新统计")
        self.fields["adopted"].choices = [("yes", adopting), ("no", gettext_lazy("维持原数"))]  # type: ignore[attr-defined]

    def clean_adopted(self) -> bool:
        """Whether the objection is adopted."""
        return bool(self.cleaned_data["adopted"] == "yes")


class ReserveForm(PlainForm):
    kind = WordField(PaperKind, gettext_lazy("种类"), only=NUMBERED, initial=PaperKind.CIRCULAR.value)
    reason = ProseField(gettext_lazy("预留给"), gettext_lazy("例如：线下先行送签的八月通报。"), rows=1, max_length=LONGEST_REASON)


class WordForm(PlainForm):
    """The Word file that was given out and edited."""

    file = forms.FileField(
        label=gettext_lazy("改好的 Word 文件（.docx）"), widget=forms.FileInput(attrs={"accept": f".{Format.WORD.value}"}),
        help_text=gettext_lazy("从本页下载、改好后再传；文件名里的“第几版”请保留，别人在这期间改的其他部分会一并保留。"),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )
    knowingly = forms.BooleanField(label=KNOWINGLY, required=False)


class TextForm(PlainForm):
    """The words of an edition: a heading and a text for each section, with room for one more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("标题"), max_length=LONGEST_TITLE)
    recipients = forms.CharField(
        label=gettext_lazy("主送"), max_length=LONGEST_RECIPIENTS, required=False, help_text=gettext_lazy("几个单位之间用逗号“，”分开。")
    )

    def __init__(self, *args: Any, sections: Sequence[Section] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = min(len(sections) + 1, SECTIONS_MOST)
        for place in range(self.places):
            section = sections[place] if place < len(sections) else Section("", "")
            self._ask(place, section, is_new=place >= len(sections))
        self.add("knowingly", forms.BooleanField(label=KNOWINGLY, required=False))

    def _ask(self, place: int, section: Section, *, is_new: bool) -> None:
        numbered = gettext_lazy("再加一部分的标题") if is_new else gettext_lazy("第 %d 部分的标题") % (place + 1)
        self.add(f"heading_{place}", forms.CharField(
            label=numbered, max_length=LONGEST_HEADING, required=False, initial=section.heading,
        ))
        self.add(f"text_{place}", forms.CharField(
            label=gettext_lazy("正文"), required=False, initial=section.text,
            widget=forms.Textarea({"rows": 3 if is_new else max(3, len(section.text) // 45 + 1)}),
        ))

    def sections(self) -> tuple[Section, ...]:
        """The sections as they were typed, in order; the last one only where something was."""
        given = self.cleaned_data
        typed = [Section(given[f"heading_{place}"], given[f"text_{place}"]) for place in range(self.places)]
        return tuple(typed[:-1] if typed[-1] == Section("", "") else typed)
