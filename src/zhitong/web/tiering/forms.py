"""The forms of tiering: filters, a changed standard, adopting, a tier by hand, a move on a ladder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.queries.caring import SUB_KINDS
from zhitong.domain.subjects.rules.kinds import Diagnosis, SubjectKind
from zhitong.domain.subjects.rules.tiers import HELPED
from zhitong.domain.tiering.rules.kinds import Conflict, MoveCause, QuotaPlace
from zhitong.domain.tiering.rules.ladders import Ladder
from zhitong.domain.tiering.rules.standards import QuotaLine, Standard, line_key, threshold_of
from zhitong.kit.choices import Word, choices_of
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.forms import PlainForm, wan_field

MOST = 1_000_000
OVER, QUOTA = "over-", "quota-"


def one_of(words: type[Word], label: Any, *, only: tuple[Word, ...] = ()) -> forms.ChoiceField:
    """A choice among words, or all."""
    offered = [(str(word.value), word.label) for word in only] or choices_of(words)
    return forms.ChoiceField(label=label, required=False, choices=[("", gettext_lazy("全部")), *offered])


def search() -> forms.CharField:
    """Words to look for in names."""
    widget = forms.TextInput(attrs={"placeholder": gettext_lazy("名称"), "type": "search"})
    return forms.CharField(label=gettext_lazy("搜索"), required=False, max_length=60, widget=widget)


class ResultFilterForm(PlainForm):
    """The bar above a run's results."""

    q = search()
    tier = one_of(Rank, gettext_lazy("测算级别"), only=HELPED)
    conflict = one_of(Conflict, gettext_lazy("需要核对"))
    place = one_of(QuotaPlace, gettext_lazy("数额"))
    moves = forms.BooleanField(label=gettext_lazy("级别会变的"), required=False)


class MoveFilterForm(PlainForm):
    """The bar above the moves."""

    q = search()
    kind = one_of(SubjectKind, gettext_lazy("类别"))
    cause = one_of(MoveCause, gettext_lazy("怎样调整"))


class DiagnosisFilterForm(PlainForm):
    """The bar above the diagnoses."""

    q = search()
    diagnosis = one_of(Diagnosis, gettext_lazy("诊断"))
    before = one_of(Diagnosis, gettext_lazy("原来"))
    changed = forms.BooleanField(label=gettext_lazy("有变化的"), required=False)


class FootingFilterForm(PlainForm):
    """The bar above those on a ladder."""

    q = search()
    rung = forms.ChoiceField(label=gettext_lazy("现在梯次"), required=False)
    ready = forms.BooleanField(label=gettext_lazy("可以调整的"), required=False)

    def __init__(self, query: Any, ladder: Ladder) -> None:
        super().__init__(query)
        rungs = [(rung.code, rung.name) for rung in ladder.rungs]
        self.fields["rung"].choices = [("", _("全部")), *rungs, ("none", _("还没有入列"))]  # type: ignore[attr-defined]


class StandardForm(PlainForm):
    """Thresholds and quotas of every line of a standard; what is left empty stays as it is in force."""

    def __init__(self, query: Any, standard: Standard) -> None:
        super().__init__(query)
        self.standard = standard
        over = {line_key(rule): threshold_of(rule) for rule in standard.rules}
        for line in standard.quotas:
            if over.get(line.key) is not None:
                label = _("%(line)s：%(figure)s超过") % {"line": line_in_words(line), "figure": standard.figure}
                self._ask(OVER + line.key, wan_field(label=label, required=False, least=0, initial=over[line.key]))
            field = forms.IntegerField(
                label=_("%s：数额（户）") % line_in_words(line), required=False, min_value=0, max_value=MOST, initial=line.number
            )
            self._ask(QUOTA + line.key, field)
        self.add("trims", forms.BooleanField(label=_("超出数额的按排序调到下一级"), required=False))

    def _ask(self, name: str, field: forms.Field) -> None:
        """Ask for a figure; what is in force stands grey in a field that is left empty."""
        in_force = field.prepare_value(field.initial) if field.initial is not None else ""
        field.widget.attrs["placeholder"] = in_force
        field.conditional = True  # type: ignore[attr-defined]
        self.add(name, field)

    def thresholds(self) -> Mapping[str, int]:
        """Changed thresholds in yuan by the key of the line."""
        return {name: int(value) for name, value in self._said(OVER)}

    def numbers(self) -> Mapping[str, int | None]:
        """Changed quotas by the key of the line."""
        return dict(self._said(QUOTA))

    def _said(self, prefix: str) -> list[tuple[str, Any]]:
        return [
            (name.removeprefix(prefix), value) for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value is not None
        ]

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Put what is wrong with a line beside its threshold."""
        for key, sentence in faults.items():
            self.add_error(OVER + key, sentence)


class ReasonForm(PlainForm):
    """An act that needs only its reason."""

    reason = ProseField(gettext_lazy("理由"), gettext_lazy("例如：经领导小组第三次会议审定。"), max_length=200)


class TierForm(ReasonForm):
    """A tier by hand."""

    rank = forms.ChoiceField(label=gettext_lazy("确定为"), widget=forms.RadioSelect)
    allowed_by = ProseField(gettext_lazy("批准人"), gettext_lazy("批准这次调整的领导姓名和职务。"), rows=1, max_length=40)
    field_order = ("rank", "reason", "allowed_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tiers = [(str(rank), _("%s重点帮扶") % rank.label) for rank in HELPED]
        self.fields["rank"].choices = [*tiers, ("none", _("不列入分级帮扶"))]  # type: ignore[attr-defined]

    def clean_rank(self) -> Rank | None:
        """The rank itself; None for none."""
        said = self.cleaned_data["rank"]
        return None if said == "none" else Rank(said)


class ClimbForm(PlainForm):
    """Where the ticked go, and why."""

    rung = forms.ChoiceField(label=gettext_lazy("调整到"))
    reason = ProseField(gettext_lazy("理由"), gettext_lazy("例如：经科技部门评审通过。"), rows=1, max_length=400)

    def __init__(self, *args: Any, ladder: Ladder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rungs = [(rung.code, rung.name) for rung in ladder.rungs]
        self.fields["rung"].choices = [("as_seen", _("按规则建议的梯次")), *rungs, ("off", _("移出梯队"))]  # type: ignore[attr-defined]


def line_in_words(line: QuotaLine) -> str:
    """A line of a standard as tables and forms name it: 省级 · 零售业, 前期."""
    parts = (line.rank.label if line.rank else "", line.stage.label if line.stage else "", SUB_KINDS.get(line.sub_kind, ""))
    return " · ".join(part for part in parts if part)
