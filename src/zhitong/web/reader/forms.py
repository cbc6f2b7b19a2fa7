"""The forms of the desk: a document sent in, a task and an indicator as a person reads them, a doubt, names, publishing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.files.rules.kinds import MOST_BYTES
from zhitong.domain.papers.rules.kinds import Judgement, PaperKind
from zhitong.domain.plans.rules import Comparator, IndicatorClass, IndicatorKind, TaskKind
from zhitong.kit.choices import choices_of
from zhitong.policy.numerals import number_of
from zhitong.policy.shapes import Indicator, Plan, Responsible, Task
from zhitong.web.problems.fields import DayField, ProseField, WordField
from zhitong.web.shell.forms import PlainForm, half_width

_UNIT = re.compile(r"(?P<role>牵头|配合|负责|责任)(?:单位)?\s*[：: 　]\s*(?P<name>[^|｜]+)(?:[|｜](?P<part>.+))?")
_BY_WORD = {"牵头": "lead", "配合": "support", "负责": "responsible", "责任": "responsible"}
LONGEST_PASTED = 300_000


class UploadForm(PlainForm):
    """A document: a file, or its text pasted."""

    kind = WordField(PaperKind, gettext_lazy("哪级文件"), initial=PaperKind.OWN.value)
    campaign = forms.ChoiceField(
        label=gettext_lazy("发布成哪份方案"), required=False, help_text=gettext_lazy("本级文件才发布；选已有的方案就发布成它的新版"),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"), required=False,
        help_text=gettext_lazy("Word（docx）、有文字的PDF、网页或文本，不超过%dMB") % (MOST_BYTES // (1024 * 1024)),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,.html,.htm"}),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )
    pasted = forms.CharField(
        label=gettext_lazy("或者粘贴全文"), required=False, strip=False, max_length=LONGEST_PASTED,
        widget=forms.Textarea({"rows": 8}),
    )

    def __init__(self, *args: Any, plans: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].choices = [  # type: ignore[attr-defined]
            ("", _("新的方案")), *((code, _("%s（新版）") % title) for code, title in plans),
        ]

    def clean(self) -> dict[str, Any]:
        """A file or a text, not both and not neither."""
        said = super().clean() or {}
        if not self.errors and bool(said.get("file")) == bool(said.get("pasted", "").strip()):
            self.add_error("file", _("请选择一个文件，或者粘贴全文，两样选一样。"))
        return said


class PlacedForm(PlainForm):
    """What both corrections ask: which words of the text, and why."""

    words = ProseField(gettext_lazy("原文"), gettext_lazy("照原文一字不差；在原文上选中后会自动填好"), rows=3)
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = ProseField(gettext_lazy("为什么改"), rows=1, required=False, max_length=400)


class TaskForm(PlacedForm):
    """A task as a person reads it."""

    number = ProseField(gettext_lazy("编号"), gettext_lazy("照原文，例如 12；没有编号的写所在条目，例如 三（五）-1"), rows=1, max_length=40)
    title = ProseField(gettext_lazy("任务"), rows=1, max_length=200)
    units = ProseField(
        gettext_lazy("单位"), gettext_lazy("一行一个，例如：牵头 科技局；只负责一部分的在后面写 |负责的部分"), rows=4, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    field_order = ("number", "title", "units", "kind", "words", "start", "reason")

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("按标题判断")), *choices_of(TaskKind)]  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["number"]

    def clean_units(self) -> list[dict[str, Any]]:
        """Each line as a unit in a role.

        Raises ValidationError: a line that begins with no role.
        """
        return [_unit(line) for line in map(str.strip, self.cleaned_data["units"].splitlines()) if line]


class IndicatorForm(PlacedForm):
    """An indicator as a person reads it."""

    name = ProseField(gettext_lazy("指标"), gettext_lazy("例如：新建众创空间"), rows=1, max_length=200)
    comparator = forms.ChoiceField(label=gettext_lazy("要求"), choices=choices_of(Comparator))
    value = forms.CharField(label=gettext_lazy("数值"), required=False, max_length=40, help_text=gettext_lazy("例如 12、2.4万、95"))
    most = forms.CharField(label=gettext_lazy("区间的上限"), required=False, max_length=40)
    unit = forms.CharField(label=gettext_lazy("计量单位"), required=False, max_length=24, help_text=gettext_lazy("例如 家、%、元"))
    deadline = DayField(label=gettext_lazy("完成时限"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("数的种类"), choices=choices_of(IndicatorKind))
    reading_class = forms.ChoiceField(
        label=gettext_lazy("用途"), choices=choices_of(IndicatorClass),
        help_text=gettext_lazy("目标和服务数量发布后按期考核，其他留在任务内容里"),
    )
    scope = forms.CharField(label=gettext_lazy("范围"), required=False, max_length=60, help_text=gettext_lazy("例如 省级、县城"))
    task_id = forms.ChoiceField(label=gettext_lazy("属于哪项任务"), required=False)
    field_order = (
        "name", "comparator", "value", "most", "unit", "deadline", "task_id", "reading_class", "kind", "scope", "words", "start",
        "reason",
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task_id"].choices = [  # type: ignore[attr-defined]
            ("", _("整个方案")), *((one.id, f"{one.id} {one.title}") for one in plan.tasks),
        ]

    def clean_value(self) -> Decimal | None:
        """The number, 万 and 亿 read."""
        return _number(self.cleaned_data["value"])

    def clean_most(self) -> Decimal | None:
        """The upper end of a range."""
        return _number(self.cleaned_data["most"])

    def clean(self) -> dict[str, Any]:
        """A range has both its ends."""
        said = super().clean() or {}
        is_range = said.get("comparator") == Comparator.RANGE.value
        if is_range and (said.get("value") is None or said.get("most") is None) and not self.errors:
            self.add_error("most", _("区间要填下限和上限两个数。"))
        return said

    def after(self) -> dict[str, Any]:
        """The fields in the contract's words."""
        said = self.cleaned_data
        is_range = said["comparator"] == Comparator.RANGE.value
        goal = {"values": [said["value"], said["most"]]} if is_range else {"value": said["value"], "values": []}
        return {
            "name": said["name"], "comparator": said["comparator"], "unit": said["unit"], "kind": said["kind"], **goal,
            "class": said["reading_class"], "scope": said["scope"], "task_id": said["task_id"],
            "deadline": said["deadline"].isoformat() if said["deadline"] else None,
        }


class ReasonForm(PlainForm):
    reason = ProseField(gettext_lazy("为什么"), rows=2, required=False, max_length=400)


class DoubtForm(PlainForm):
    judgement = WordField(Judgement, gettext_lazy("判定"))
    reason = ProseField(gettext_lazy("理由"), gettext_lazy("判定不成立要写理由"), rows=2, required=False, max_length=400)


class PublishForm(PlainForm):
    """What a plan is published as."""

    title = ProseField(gettext_lazy("标题"), rows=1, max_length=200)
    number = ProseField(gettext_lazy("文号"), rows=1, required=False, max_length=60)
    issued_on = DayField(label=gettext_lazy("印发日期"), help_text=gettext_lazy("目标值从这一天起算；重新发布以前的改正也从这一天起算"))
    begins_on = DayField(label=gettext_lazy("统计开始"), required=False)
    ends_on = DayField(label=gettext_lazy("统计结束"), required=False)
    leave_names = forms.BooleanField(label=gettext_lazy("没有对上的单位名称都按原文保留"), required=False)


class CompareForm(PlainForm):
    """The other paper, and which of the two is the upper one."""

    other = forms.TypedChoiceField(label=gettext_lazy("与哪份文件对照"))
    is_upper = forms.ChoiceField(
        label=gettext_lazy("那份文件是"), choices=[("upper", gettext_lazy("上级的")), ("lower", gettext_lazy("下级的"))],
        widget=forms.RadioSelect, initial="upper",
    )

    def __init__(self, *args: Any, papers: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("请选择")), *((str(at), title) for at, title in papers)]  # type: ignore[attr-defined]


def of_task(task: Task, text: str, kind: str) -> dict[str, Any]:
    """What the form of a task begins with."""
    return {
        "title": task.title, "units": "\n".join(map(_line, task.responsible)), "kind": kind,
        "words": text[task.start:task.end].strip(), "start": task.start,
    }


def of_indicator(one: Indicator, text: str) -> dict[str, Any]:
    """What the form of an indicator begins with."""
    value, most = (one.values[0], one.values[-1]) if one.values else (one.value, None)
    return {
        "name": one.name, "comparator": Comparator.RANGE.value if one.values else one.comparator or Comparator.EQUAL.value,
        "value": _plain(value), "most": _plain(most), "unit": one.unit, "deadline": one.deadline, "kind": one.kind,
        "reading_class": one.class_, "scope": one.scope, "task_id": one.task_id, "words": text[one.start:one.end],
        "start": one.start,
    }


def _line(one: Responsible) -> str:
    role = {"lead": "牵头", "support": "配合"}.get(one.role, "负责")
    return f"{role} {one.name}{f'|{one.part}' if one.part else ''}"


def _unit(line: str) -> dict[str, Any]:
    found = _UNIT.fullmatch(line)
    if found is None:
        raise forms.ValidationError(_("“%s”请以牵头、配合或者负责开头，例如：牵头 科技局") % line[:40])
    part = (found["part"] or "").strip()
    return {"name": found["name"].strip(), "role": _BY_WORD[found["role"]], "part": part or None}


def _number(typed: str) -> Decimal | None:
    text = half_width(typed).rstrip("%％")
    if not text:
        return None
    number = number_of(text)
    if number is None:
        raise forms.ValidationError(_("“%s”读不成一个数，例如 12、2.4万。") % typed[:20])
    return number


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")
