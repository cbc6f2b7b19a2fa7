"""The forms of the acts on one of the served."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.queries.known import ElementView, MarkView
from zhitong.domain.subjects.queries.one import SubjectView
from zhitong.domain.subjects.rules.describing import Field
from zhitong.domain.subjects.rules.kinds import (
    ENTERPRISES,
    Element,
    ElementState,
    RemovalCause,
    SubjectEnd,
    SubjectKind,
)
from zhitong.domain.subjects.rules.known import Known
from zhitong.domain.subjects.rules.noting import period_trouble
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.kit import clock
from zhitong.web.problems.fields import DayField, ProseField, UnitField, WordField
from zhitong.web.shell.forms import FigureField, PlainForm, wan_field
from zhitong.web.subjects.fields import MaybeDay, SubjectForm, region_field, regions_under

ALIKE_REASON = gettext_lazy("仍然登记的理由")


class LookForm(PlainForm):
    """What is asked first: code, name and place, by which those registered before are found."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    code = forms.CharField(label=gettext_lazy("代码"), max_length=60, help_text=gettext_lazy("统一社会信用代码；项目填投资项目代码"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)

    def __init__(self, *args: Any, kinds: Sequence[SubjectKind], viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.add("region", region_field(regions_under(viewer.region_id), _("属地"), required=True, example=_("经营、建设所在的地方")))

    def clean_kind(self) -> SubjectKind:
        """The kind itself."""
        return SubjectKind(self.cleaned_data["kind"])


class RegisterForm(SubjectForm):
    """Everything else that is asked at registration."""

    def __init__(self, *args: Any, rules: Iterable[TierRule], has_alike: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.kind in ENTERPRISES:
            self.add("revenue_cny", wan_field(label=_("上年主营业务收入"), required=False, least=0))
        if self.kind is SubjectKind.PROJECT:
            self.add("invested_cny", wan_field(label=_("已完成投资"), required=False, least=0))
        marks = marks_offered(rules, self.kind)
        if marks:
            self.add("marks", _ticks(_("具备的条件"), marks))
        if has_alike:
            self.add("alike_reason", ProseField(ALIKE_REASON, _("例如：两家法定代表人不同，不是同一户"), rows=2, max_length=200))


class EditForm(SubjectForm):
    """What the register says, to be said anew."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, subject: SubjectView, viewer: Viewer, has_alike: bool = False, **kwargs: Any) -> None:
        hidden = () if subject.sees_figures else (Field.INVESTMENT,)
        super().__init__(*args, kind=subject.kind, viewer=viewer, without=hidden, **kwargs)
        if has_alike:
            self.add("alike_reason", ProseField(ALIKE_REASON, _("例如：更名后与另一家相近，不是同一户"), rows=2, max_length=200))


class NoteForm(PlainForm):
    """The figures of one period; what is not known stays empty."""

    period = forms.CharField(
        label=gettext_lazy("统计期"), max_length=12, help_text=gettext_lazy("年写 2018，季写 2018Q3，月写 2018-08")
    )

    def __init__(self, *args: Any, kind: SubjectKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in known_of(kind):
            places = 0 if not code.value.endswith("_cny") else 4
            if places:
                self.add(code.value, wan_field(label=code.label, required=False))
            else:
                self.add(code.value, FigureField(label=code.label, required=False, places=0))

    def clean_period(self) -> str:
        """The period as it is written."""
        period = str(self.cleaned_data["period"]).strip().upper()
        if trouble := period_trouble(period):
            raise forms.ValidationError(trouble)
        return period

    def clean(self) -> dict[str, Any]:
        """At least one figure."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and all(given.get(code.value) is None for code in Known):
            raise forms.ValidationError(_("请至少填一个数。"))
        return given


class MarksForm(PlainForm):
    """Which qualifications it bears; for those that are new, since when and by what paper."""

    since = DayField(label=gettext_lazy("新增的取得日期"))
    evidence = ProseField(gettext_lazy("依据"), gettext_lazy("证书编号或文号"), rows=1, required=False, max_length=200)

    def __init__(self, *args: Any, borne: Sequence[MarkView], rules: Iterable[TierRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = dict(marks_offered(rules))
        offered |= {one.code: offered.get(one.code, one.code) for one in borne}
        self.add("marks", _ticks(_("具备的条件"), list(offered.items())))
        self.order_fields(["marks", "since", "evidence"])


class ElementForm(PlainForm):
    """One element of a project: what, how far, when and by whom."""

    element = WordField(Element, gettext_lazy("哪一类"))
    name = ProseField(gettext_lazy("要件名称"), gettext_lazy("例如：建设用地批准书"), rows=1, max_length=60)
    state = WordField(ElementState, gettext_lazy("办到哪一步"))
    done_on = MaybeDay(label=gettext_lazy("办结日期"))
    unit = UnitField(label=gettext_lazy("办理单位"), required=False)
    note = ProseField(gettext_lazy("说明"), rows=2, required=False, max_length=200)
    drop = forms.BooleanField(label=gettext_lazy("从清单中去掉"), required=False)

    def __init__(self, *args: Any, region_ids: Iterable[Any], standing: ElementView | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = set(region_ids)
        units = [one for one in directory().units.values() if one.region_id in wanted]
        self.fields["unit"].choices = [("", _("请选择单位")), *((str(one.id), one.name) for one in units)]  # type: ignore[attr-defined]
        if standing is None:
            del self.fields["drop"]


class RelocateForm(PlainForm):
    """Another place, because it moved or by a ruling."""

    ruling = forms.ChoiceField(
        label=gettext_lazy("为什么变更"), widget=forms.RadioSelect,
        choices=[("moved", gettext_lazy("经营地迁移了")), ("ruled", gettext_lazy("经营地没有变，认定由别处管理"))],
    )
    reason = ProseField(gettext_lazy("理由"), gettext_lazy("例如：管委会第12次专题会议定"), rows=2, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add("region", region_field(regions_under(viewer.region_id), _("新的属地"), required=True))
        self.order_fields(["region", "ruling", "reason", "version"])


class EnlistForm(PlainForm):
    """A list to stand on."""

    list = forms.ChoiceField(label=gettext_lazy("帮扶名单"))

    def __init__(self, *args: Any, lists: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["list"].choices = [("", _("请选择名单")), *lists]  # type: ignore[attr-defined]


class RemoveForm(EnlistForm):
    """A list to leave, why, and what proves it."""

    cause = WordField(RemovalCause, gettext_lazy("原因"), help_text=gettext_lazy("拒绝填报、联系不上的不能移出，仍计入应报。"))
    proof = ProseField(gettext_lazy("依据"), gettext_lazy("例如：注销通知书〔2018〕3号"), rows=2, max_length=400)


class EndForm(PlainForm):
    """Why it is no longer served, since when, and what proves it."""

    reason = WordField(
        SubjectEnd, gettext_lazy("原因"), only=(SubjectEnd.DEREGISTERED, SubjectEnd.MOVED_OUT, SubjectEnd.MISTAKEN)
    )
    on = DayField(label=gettext_lazy("从哪天起"))
    proof = ProseField(gettext_lazy("依据"), gettext_lazy("例如：注销通知书〔2018〕3号、迁入地证明"), rows=2, max_length=400)

    def clean_on(self) -> Any:
        """A day that has come."""
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return self.cleaned_data["on"]


class ReasonForm(PlainForm):
    """A reason alone."""

    reason = ProseField(gettext_lazy("理由"), rows=2, max_length=200)


class DecideForm(PlainForm):
    """Whether it may leave the list."""

    agreed = forms.ChoiceField(
        label=gettext_lazy("审定意见"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("同意移出")), ("no", gettext_lazy("不同意，仍在名单"))],
    )
    answer = ProseField(gettext_lazy("说明"), gettext_lazy("不同意的必须写明理由"), rows=2, required=False, max_length=400)


class SplitForm(PlainForm):
    """What goes over to the one that is taken out or split off, and why."""

    reason = ProseField(gettext_lazy("理由"), gettext_lazy("例如：核对后不是同一户；企业分立"), rows=2, max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, subject: SubjectView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subject.lists:
            self.add("lists", _ticks(_("哪些名单转过去"), [(str(one.id), one.name) for one in subject.lists]))
        if subject.care:
            offered = [(one.tier.value, f"{one.tier.label} {one.unit} {one.lead_official}") for one in subject.care]
            self.add("care", _ticks(_("哪些分包转过去"), offered))


def known_of(kind: SubjectKind) -> list[Known]:
    """The figures that are told of a kind."""
    of_firms = [code for code in Known if code not in (Known.INVESTED, Known.HATCHED)]
    if kind in ENTERPRISES:
        return of_firms
    if kind is SubjectKind.PLATFORM:
        return [Known.HATCHED, Known.REVENUE, Known.EMPLOYEES, Known.INVESTED]
    return [Known.INVESTED, Known.EMPLOYEES]


def marks_offered(rules: Iterable[TierRule], kind: SubjectKind | None = None) -> list[tuple[str, str]]:
    """The qualifications that the tier rules ask for, of one kind or of all, with what they are called."""
    return list({
        part.mark: part.label for rule in rules if kind in (None, rule.kind) for part in rule.conditions if part.mark
    }.items())


def _ticks(label: Any, choices: Sequence[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple)
