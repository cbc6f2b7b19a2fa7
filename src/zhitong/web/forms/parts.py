"""The forms of a template's parts: what each asks, and the part as its definition has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.rules.burden import REGISTRY
from zhitong.domain.cards.rules.kinds import CHOICES, FieldKind, Period, Prefill
from zhitong.domain.cards.rules.templates import NO, YES, Definition, Field, Template
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.subjects.rules.known import Known
from zhitong.kit.choices import choices_of
from zhitong.web.shell.forms import FigureField, PlainForm

LONGEST_PROSE, MOST_OPTIONS = 1000, 200
MOST_PROBLEMS = 50
BETWEEN = "|"


class Prose(forms.CharField):
    """A text of some lines, stopped when it is marked as classified."""

    def __init__(self, label: Any, example: Any = "", **kwargs: Any) -> None:
        super().__init__(label=label, help_text=example, widget=forms.Textarea(attrs={"rows": 2}), strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        """The text as it is kept.

        Raises ValidationError: empty where it must not be, too long, or marked as classified.
        """
        text = clean_text(super().clean(value))
        trouble = text_trouble(text, LONGEST_PROSE)
        if trouble:
            raise forms.ValidationError(trouble)
        return text


class PartForm(PlainForm):
    """A part of a template."""

    def part(self, before: Definition) -> dict[str, Any]:
        """The part as it was typed; a form that does not ask all of it keeps the rest of what stood before."""
        return dict(self.cleaned_data)

    @classmethod
    def initial_of(cls, part: Definition) -> dict[str, Any]:
        """What stands in the form for a part."""
        return dict(part)


class HeadForm(PartForm):
    """Name, period, purpose, basis."""

    name = forms.CharField(label=gettext_lazy("表式名称"), max_length=60)
    period = forms.ChoiceField(label=gettext_lazy("多久填一次"), choices=choices_of(Period), widget=forms.RadioSelect)
    purpose = Prose(gettext_lazy("用途"), gettext_lazy("填报人看得到：用来做什么、不用来做什么。发布前必须写明。"), required=False)
    basis = Prose(gettext_lazy("依据"), gettext_lazy("文件名称、文号和条款。发布前必须写明。"), required=False)
    source = Prose(gettext_lazy("来源说明"), gettext_lazy("例如：本表式由本单位编制，非官方表样。"), required=False)
    warning = Prose(gettext_lazy("填报提示"), gettext_lazy("例如：本系统不得填写国家秘密。"), required=False)


class ProblemsForm(PartForm):
    """The problem section: its name, and how many a card takes."""

    title = forms.CharField(label=gettext_lazy("这一部分的名称"), max_length=60)
    most = forms.IntegerField(
        label=gettext_lazy("一张卡最多几个问题"), min_value=0, max_value=MOST_PROBLEMS,
        help_text=gettext_lazy("写 0 就是这张表不收问题。类别随活动方案，反映的内容各张表相同。"),
    )

    def part(self, before: Definition) -> dict[str, Any]:
        """The section's head as it was typed."""
        return dict(self.cleaned_data)


class SectionForm(PartForm):
    """A section: its title, whether it is prefilled, for which lists."""

    title = forms.CharField(label=gettext_lazy("部分名称"), max_length=60, help_text=gettext_lazy("例如：本期情况"))
    prefill = forms.ChoiceField(
        label=gettext_lazy("怎么填"), choices=choices_of(Prefill), widget=forms.RadioSelect,
        help_text=gettext_lazy("单位名称、地址一类不常变的带出已有信息；本期数据每期重新填写，上期数在旁边对照。"),
    )
    help = Prose(gettext_lazy("说明"), gettext_lazy("显示在这一部分的开头。"), required=False)
    lists = forms.MultipleChoiceField(
        label=gettext_lazy("只问这些帮扶名单上的"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个都不选，就是都问。一户在几个名单上的，共同部分只填一次。"),
    )

    def __init__(self, *args: Any, lists: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lists:
            self.fields["lists"].choices = list(lists)  # type: ignore[attr-defined]
        else:
            del self.fields["lists"]

    def part(self, before: Definition) -> dict[str, Any]:
        """The section as it was typed, its fields kept."""
        typed = self.cleaned_data
        kept = {key: value for key, value in before.items() if key not in ("help", "lists")}
        more = {key: typed[key] for key in ("help", "lists") if typed.get(key)}
        return {**kept, "title": typed["title"], "prefill": typed["prefill"], **more}


_PLAIN = ("required", "help", "unit", "longest", "stock", "place", "fact")
"""What a field says as it was typed."""


class FieldForm(PartForm):
    """A field: what it asks, what it takes, when it is asked."""

    label = forms.CharField(label=gettext_lazy("栏目名称"), max_length=100, help_text=gettext_lazy("例如：主营业务收入"))
    type = forms.ChoiceField(label=gettext_lazy("类型"), choices=choices_of(FieldKind))
    required = forms.BooleanField(label=gettext_lazy("必填"), required=False)
    options = forms.CharField(
        label=gettext_lazy("选项"), required=False, widget=forms.Textarea(attrs={"rows": 4}), strip=False,
        help_text=gettext_lazy("单选、多选用，一行一个。"),
    )
    help = forms.CharField(label=gettext_lazy("填写说明"), max_length=200, required=False,
                           help_text=gettext_lazy("显示在栏目下面，例如：1月至本月累计"))
    unit = forms.CharField(label=gettext_lazy("单位"), max_length=20, required=False,
                           help_text=gettext_lazy("整数和数用，例如：人、千瓦时；金额一律为万元。"))
    least = FigureField(label=gettext_lazy("最小值"), required=False, places=4)
    most = FigureField(label=gettext_lazy("最大值"), required=False, places=4,
                       help_text=gettext_lazy("多选、文件、照片是最多几个。"))
    longest = forms.IntegerField(label=gettext_lazy("最多字数"), required=False, min_value=1, max_value=5000)
    stock = forms.BooleanField(label=gettext_lazy("期末数（不填这一项的数为年初至本期累计）"), required=False)
    place = forms.BooleanField(label=gettext_lazy("照片：留下拍摄地点（不勾的一律去掉）"), required=False)
    fact = forms.ChoiceField(
        label=gettext_lazy("对应已有信息"), required=False,
        help_text=gettext_lazy("对应上的，系统认得是同一件事：能带出的带出，重复要的会提醒。"),
    )
    when = forms.ChoiceField(label=gettext_lazy("什么时候问"), required=False)

    def __init__(self, *args: Any, questions: Iterable[Field], facts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = conditions(questions)  # type: ignore[attr-defined]
        self.fields["fact"].choices = [("", _("不对应")), *facts.items()]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, part: Definition) -> dict[str, Any]:
        """What stands in the form for a field."""
        initial = {key: part[key] for key in ("label", "type", *_PLAIN) if key in part}
        when = part.get("when")
        return {
            **initial, "least": part.get("least"), "most": part.get("most"),
            "options": "\n".join(option["label"] for option in part.get("options", ())),
            "when": f"{when['field']}{BETWEEN}{when['is']}" if when else "",
        }

    def part(self, before: Definition) -> dict[str, Any]:
        """The field as it was typed, under the code it has."""
        typed = self.cleaned_data
        part: dict[str, Any] = {"code": before["code"], "label": clean_text(typed["label"]), "type": typed["type"]}
        for key in _PLAIN:
            if typed.get(key):
                part[key] = typed[key]
        for key in ("least", "most"):
            if typed.get(key) is not None:
                part[key] = format(typed[key], "f")
        labels = [clean_text(line) for line in typed["options"].splitlines() if clean_text(line)][:MOST_OPTIONS]
        if labels:
            part["options"] = options_of(labels, before.get("options", ()))
        if typed["when"]:
            part["when"] = condition_of(typed["when"])
        return part


def conditions(questions: Iterable[Field], *, always: str = "") -> list[tuple[str, str]]:
    """Every answer of the questions before, as a condition to choose."""
    found = [("", always or _("总是问"))]
    for one in questions:
        answers = [(YES, _("是")), (NO, _("否"))] if one.kind is FieldKind.YES_NO else []
        answers += [(option.code, option.label) for option in one.options] if one.kind in CHOICES else []
        found += [
            (f"{one.code}{BETWEEN}{code}", _("“%(field)s”为“%(answer)s”时") % {"field": one.label, "answer": label})
            for code, label in answers
        ]
    return found


def condition_of(chosen: str) -> dict[str, str]:
    """The condition that was chosen."""
    field, _bar, answer = chosen.partition(BETWEEN)
    return {"field": field, "is": answer}


def options_of(labels: Sequence[str], before: Sequence[Definition]) -> list[dict[str, Any]]:
    """Options under codes: one whose words stay keeps its code; of as many as before, a reworded one keeps its place's."""
    kept = {option["label"]: option for option in before if option["label"] in labels}
    same_number = len(labels) == len(before)
    taken = {option["code"] for option in before}
    free = (f"o{n}" for n in range(1, len(labels) + len(taken) + 1) if f"o{n}" not in taken)

    def option_for(at: int, label: str) -> Definition:
        if label in kept:
            return kept[label]
        reworded = same_number and before[at]["label"] not in kept
        return before[at] if reworded else {"code": next(free)}

    return [{**option_for(at, label), "label": label} for at, label in enumerate(labels)]


def facts_offered(live: Iterable[Template], current: str) -> dict[str, str]:
    """What a field may keep of its subject: figures kept by period, what live forms ask, what the registry has."""
    asked = {one.fact: one.label for form in live for one in form.fields() if one.fact}
    return {**({current: current} if current else {}), **asked, **dict(choices_of(Known)), **REGISTRY}
