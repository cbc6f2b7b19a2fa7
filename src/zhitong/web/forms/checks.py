"""The forms of a template's checks: between two fields, over a sum, against the last card, beside peers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.rules.kinds import FIGURES, Weight
from zhitong.domain.cards.rules.suspicions import FAR
from zhitong.domain.cards.rules.templates import Definition, Field
from zhitong.domain.cards.rules.texts import clean_text
from zhitong.kit.choices import choices_of
from zhitong.web.forms.parts import BETWEEN, PartForm, condition_of, conditions
from zhitong.web.forms.telling import MUST
from zhitong.web.shell.forms import FigureField

LEAST_TIMES, MOST_TIMES, LONGEST_SAY = 2, 1000, 200


class CheckForm(PartForm):
    """What every check asks: the figures of the form to choose from, and what its writer is told."""

    figures: tuple[str, ...] = ()
    say = forms.CharField(
        label=gettext_lazy("怎么提示"), max_length=LONGEST_SAY, required=False, help_text=gettext_lazy("不写就用系统的说法。"),
    )

    def __init__(self, *args: Any, questions: Iterable[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self.labels = {one.code: one.label for one in self.questions if one.kind in FIGURES}
        for name in self.figures:
            none = [] if self.fields[name].required else [("", _("不选"))]
            self.fields[name].choices = [*none, *self.labels.items()]  # type: ignore[attr-defined]

    def said(self, usual: str) -> str:
        """What the writer is told, the usual sentence when none was written."""
        return clean_text(self.cleaned_data["say"]) or usual

    def quoted(self, codes: Iterable[str]) -> str:
        """Fields by their names."""
        return "、".join(f"“{self.labels[code]}”" for code in codes)


class ComparisonForm(CheckForm):
    """A comparison between two fields, or of a field with a number."""

    left = forms.ChoiceField(label=gettext_lazy("哪一栏"))
    must = forms.ChoiceField(label=gettext_lazy("应当"), choices=[(sign, word) for sign, word in MUST.items() if sign != "="])
    right = forms.ChoiceField(label=gettext_lazy("与哪一栏比"), required=False)
    number = FigureField(label=gettext_lazy("或者与一个数比"), required=False, places=4, help_text=gettext_lazy("金额按万元写。"))
    when = forms.ChoiceField(label=gettext_lazy("什么时候核对"), required=False)
    severity = forms.ChoiceField(label=gettext_lazy("不符合时"), choices=choices_of(Weight), widget=forms.RadioSelect)
    figures = ("left", "right")
    field_order = ("left", "must", "right", "number", "when", "severity", "say")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = conditions(self.questions, always=_("任何时候"))  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, part: Definition) -> dict[str, Any]:
        """What stands in the form for a comparison."""
        when = part.get("when")
        return {**part, "when": f"{when['field']}{BETWEEN}{when['is']}" if when else ""}

    def clean(self) -> dict[str, Any]:
        """Another field or a number, one of the two."""
        typed = super().clean() or self.cleaned_data
        if bool(typed.get("right")) == (typed.get("number") is not None) and "number" not in self.errors:
            self.add_error("number", _("“与哪一栏比”和“与一个数比”选一个，也只能选一个。"))
        return typed

    def part(self, before: Definition) -> dict[str, Any]:
        """The comparison as it was typed, with a sentence when none was written."""
        typed = self.cleaned_data
        other = self.labels[typed["right"]] if typed["right"] else format(typed["number"], "f")
        say = self.said(_("“%(left)s”应%(must)s“%(right)s”，请核对。") % {
            "left": self.labels[typed["left"]], "must": MUST[typed["must"]], "right": other,
        })
        part: dict[str, Any] = {"left": typed["left"], "must": typed["must"], "severity": typed["severity"], "say": say}
        part |= {"right": typed["right"]} if typed["right"] else {"number": format(typed["number"], "f")}
        return part | ({"when": condition_of(typed["when"])} if typed["when"] else {})


class SumForm(CheckForm):
    """Parts that together must not exceed, or must make, a whole."""

    parts = forms.MultipleChoiceField(label=gettext_lazy("哪几栏加起来"), widget=forms.CheckboxSelectMultiple)
    must = forms.ChoiceField(
        label=gettext_lazy("应当"), choices=[(sign, MUST[sign]) for sign in ("<=", "=")], widget=forms.RadioSelect
    )
    whole = forms.ChoiceField(label=gettext_lazy("哪一栏"))
    severity = forms.ChoiceField(label=gettext_lazy("不符合时"), choices=choices_of(Weight), widget=forms.RadioSelect)
    figures = ("parts", "whole")
    field_order = ("parts", "must", "whole", "severity", "say")

    def part(self, before: Definition) -> dict[str, Any]:
        """The sum as it was typed."""
        typed = self.cleaned_data
        said = self.said(_("%(parts)s之和应%(must)s“%(whole)s”，请核对。") % {
            "parts": self.quoted(typed["parts"]), "must": MUST[typed["must"]], "whole": self.labels[typed["whole"]],
        })
        return {key: typed[key] for key in ("parts", "must", "whole", "severity")} | {"say": said}


class AgainstLastForm(CheckForm):
    """Figures that are asked about when they are many times the last card's, or a small part of them."""

    fields_asked = forms.MultipleChoiceField(label=gettext_lazy("哪几栏"), widget=forms.CheckboxSelectMultiple)
    times = forms.IntegerField(
        label=gettext_lazy("差几倍就问"), min_value=LEAST_TIMES, max_value=MOST_TIMES,
        help_text=gettext_lazy("例如 10：是上期的10倍以上，或不到十分之一。"),
    )
    figures = ("fields_asked",)
    field_order = ("fields_asked", "times", "say")

    @classmethod
    def initial_of(cls, part: Definition) -> dict[str, Any]:
        """What stands in the form for such a check."""
        return {**part, "fields_asked": part.get("fields", [])}

    def part(self, before: Definition) -> dict[str, Any]:
        """The check as it was typed."""
        typed = self.cleaned_data
        return {"fields": typed["fields_asked"], "times": typed["times"], "say": self.said(_("与上期相差很大，请核对单位和口径。"))}


class AmongPeersForm(CheckForm):
    """A figure that is asked about when it lies far from those of its like."""

    field = forms.ChoiceField(label=gettext_lazy("哪一栏"))
    per = forms.ChoiceField(
        label=gettext_lazy("按哪一栏平均"), required=False, help_text=gettext_lazy("例如按从业人数平均；不选就比这一栏本身。"),
    )
    far = FigureField(
        label=gettext_lazy("差多远就问"), required=False, places=1, least=1, most=100,
        help_text=gettext_lazy("超出同类中间一半的范围多少倍，不写为 %s；同类不足五户时不问，也不显示别人的数。") % FAR,
    )
    figures = ("field", "per")
    field_order = ("field", "per", "far", "say")

    def part(self, before: Definition) -> dict[str, Any]:
        """The check as it was typed."""
        typed = self.cleaned_data
        part = {"field": typed["field"], "say": self.said(_("与同类企业相差很大，请核对单位和口径。"))}
        part |= {"per": typed["per"]} if typed["per"] else {}
        return part | ({"far": format(typed["far"], "f")} if typed["far"] is not None else {})
