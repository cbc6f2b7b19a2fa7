"""The forms of the acts on a problem, one each: what is asked, an example beneath, what makes it refusable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.problems.queries.units import ChargeableUnit
from zhitong.domain.problems.rules.kinds import DeclineReason, Outcome, PowerMissing, Rating
from zhitong.kit import clock
from zhitong.kit.choices import Word, choices_of
from zhitong.web.shell.components import Text
from zhitong.web.shell.forms import PlainForm

LONGEST = 2000


class ProseField(forms.CharField):
    """A text that people write: measured, cleaned, and stopped when it is marked as classified."""

    def __init__(self, label: Text, example: Text = "", *, rows: int = 3, **kwargs: Any) -> None:
        attributes = {"rows": rows} if rows > 1 else {}
        widget = forms.Textarea(attributes) if rows > 1 else forms.TextInput()
        super().__init__(label=label, help_text=example, widget=widget, strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        """The text as it is kept.

        Raises ValidationError: empty where it must not be, too long, or marked as classified.
        """
        text = clean_text(super().clean(value))
        if not text and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        trouble = text_trouble(text, LONGEST)
        if trouble:
            raise forms.ValidationError(trouble)
        return text


class WordField(forms.ChoiceField):
    """One word of a kind, chosen from all of them or from some; `conditional` as in DayField."""

    def __init__(
        self, words: type[Word], label: Text, *, only: Sequence[Word] = (), conditional: bool = False, **kwargs: Any
    ) -> None:
        self.words, self.conditional = words, conditional
        offered = [(word.value, word.label) for word in only] or choices_of(words)
        super().__init__(label=label, choices=offered, widget=forms.RadioSelect, required=not conditional, **kwargs)

    def clean(self, value: Any) -> Word | None:
        """The word itself; None when nothing was chosen."""
        chosen = super().clean(value)
        return self.words(chosen) if chosen else None


class DayField(forms.DateField):
    """A day, typed or picked; `conditional` when only some other choice asks for it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, conditional: bool = False, **kwargs: Any) -> None:
        self.conditional = conditional
        super().__init__(required=not conditional, **kwargs)


class UnitSelect(forms.Select):
    """Units by region; those that can only be consulted are shown and cannot be chosen."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *more: Any, **kwargs: Any) -> dict[str, Any]:
        """Grey what cannot be chosen."""
        option: dict[str, Any] = super().create_option(name, value, *more, **kwargs)
        if str(value) in self.closed:
            option["attrs"]["disabled"] = True
        return option


class UnitField(forms.ChoiceField):
    """A unit by its id. Whether the office may hand to it is the act's question: what was chosen may have moved since."""

    widget = UnitSelect

    def valid_value(self, value: Any) -> bool:
        """Any id, be it offered now or not."""
        try:
            return bool(UUID(str(value)))
        except ValueError:
            return False

    def clean(self, value: Any) -> UUID:
        """The unit's id."""
        return UUID(super().clean(value))


class ActForm(PlainForm):
    """The base of the acts' forms; one without fields asks for nothing but the hand."""

    needs_units = False


class QuestionForm(ActForm):
    question = ProseField(
        gettext_lazy("需要企业补正什么"), gettext_lazy("例如：请补充用电报装申请的编号和申请日期。只能要求补正一次。")
    )


class SupplyForm(ActForm):
    text = ProseField(gettext_lazy("补充说明"), gettext_lazy("办公室需要您补充的内容见上方“需补正”。"), rows=5)


class DeclineForm(ActForm):
    reason = WordField(DeclineReason, gettext_lazy("不予受理的理由"))
    rule = ProseField(gettext_lazy("依据"), gettext_lazy("写明文件名称和条款，企业会看到。"))
    channel = ProseField(gettext_lazy("正确渠道"), gettext_lazy("例如：可向仲裁委员会申请仲裁，电话 0317-0000000。"))


class ChargeForm(ActForm):
    """Handing to a unit: `units` come with the suggestion first."""

    needs_units = True
    unit_id = UnitField(
        label=gettext_lazy("交给哪个单位"), widget=UnitSelect(attrs={"data-choose": ""}),
        error_messages={"invalid_choice": gettext_lazy("请从列出的单位中选择。")},
    )
    reason = ProseField(gettext_lazy("交办依据"), gettext_lazy("写明为什么由该单位办理，企业会看到。"))

    def __init__(self, *args: Any, units: Sequence[ChargeableUnit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit_id"]
        field.choices = _choices(units)
        field.widget.closed = frozenset(str(unit.id) for unit in units if unit.through)
        if units and units[0].is_suggested:
            field.initial = str(units[0].id)
            field.help_text = _("已按条线选好%s，可以改选。") % units[0].name


def _choices(units: Sequence[ChargeableUnit]) -> list[Any]:
    suggested = [(str(unit.id), unit.name) for unit in units if unit.is_suggested]
    groups = groupby((unit for unit in units if not unit.is_suggested), lambda unit: unit.region)
    return [
        ("", _("请选择单位")),
        *([(_("建议"), suggested)] if suggested else []),
        *((region, [(str(unit.id), _named(unit)) for unit in members]) for region, members in groups),
    ]


def _named(unit: ChargeableUnit) -> str:
    return _("%(unit)s（须商请，请交给%(through)s）") % {"unit": unit.name, "through": unit.through} if unit.through else unit.name


class AcknowledgeForm(ActForm):
    contact = ProseField(
        gettext_lazy("怎样联系了企业"), gettext_lazy("例如：已电话联系企业负责人，约定明天上午到现场。企业会看到。")
    )


class ReplyForm(ActForm):
    text = ProseField(gettext_lazy("办到哪一步了"), gettext_lazy("写明进展和下一步，企业会看到。"), rows=4)


class SendBackForm(ActForm):
    rule = ProseField(gettext_lazy("退回依据"), gettext_lazy("写明职责规定，例如：某局“三定”规定第二条第（四）项。"))
    whose = ProseField(gettext_lazy("应由谁办"), gettext_lazy("写明单位名称和理由。"))


class CompleteForm(ActForm):
    """An honest outcome: planned needs a day ahead, cannot needs the power that is missing."""

    outcome = WordField(
        Outcome, gettext_lazy("办理结果"), help_text=gettext_lazy("只有“已解决”不需再核查；请如实选择。")
    )
    planned_on = DayField(
        label=gettext_lazy("计划完成日期"), conditional=True, help_text=gettext_lazy("选“列入计划”时必填，企业会看到。")
    )
    power_missing = WordField(
        PowerMissing, gettext_lazy("缺少哪项权限或条件"), conditional=True,
        help_text=gettext_lazy("选“无法解决”时必填；上级有此权限的，可先提出提请上级协调。"),
    )
    text = ProseField(gettext_lazy("答复企业的内容"), gettext_lazy("写明怎样解决、谁办的、什么时候见效。企业会看到。"), rows=5)

    def clean(self) -> dict[str, Any]:
        """Hold the outcome to what makes it honest; what another outcome asks for is left out."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = given.get("outcome")
        if outcome is not Outcome.PLANNED:
            given["planned_on"] = None
            self.errors.pop("planned_on", None)
        elif "planned_on" in given and given["planned_on"] is None:
            self.add_error("planned_on", _("“列入计划”须写明计划完成日期。"))
        elif given.get("planned_on") and given["planned_on"] <= clock.today():
            self.add_error("planned_on", _("计划完成日期应晚于今天；今天已完成的，请选“已解决”。"))
        if outcome is not Outcome.CANNOT:
            given["power_missing"] = None
        elif given.get("power_missing") is None:
            self.add_error("power_missing", _("“无法解决”须选择缺少哪项权限或条件。"))
        return given


class ProposeForm(ActForm):
    tried = ProseField(gettext_lazy("本级已做的工作"), gettext_lazy("例如：已与供电公司协商两次，未能调整错峰方案。"))
    power_missing = WordField(PowerMissing, gettext_lazy("本级缺少什么"))
    asked_for = ProseField(gettext_lazy("请上级做什么"), gettext_lazy("写成一件可以办的事。"))


class ReasonForm(ActForm):
    reason = ProseField(gettext_lazy("理由"), gettext_lazy("写明理由和办理意见，承办单位会看到。"))


class UpholdForm(ActForm):
    reason = ProseField(gettext_lazy("向企业说明的理由"), gettext_lazy("写明复核了什么、为什么维持。企业会看到。"), rows=5)


class EscalateForm(ActForm):
    consent_by = ProseField(
        gettext_lazy("同意上报的负责人"), gettext_lazy("姓名和职务；已线下审签的照实登记。"), rows=1, max_length=60
    )
    consent_on = DayField(label=gettext_lazy("同意日期"))

    def clean_consent_on(self) -> date:
        """Consent lies behind us.

        Raises ValidationError: the day has not come yet.
        """
        given: date = self.cleaned_data["consent_on"]
        if given > clock.today():
            raise forms.ValidationError(_("同意日期不能晚于今天。"))
        return given


class PassDownForm(ActForm):
    note = ProseField(gettext_lazy("给下级的话"), gettext_lazy("例如：请当面告知企业并记录。"), required=False)


class ConfirmForm(ActForm):
    rating = WordField(
        Rating, gettext_lazy("您对答复满意吗"), only=(Rating.SATISFIED, Rating.BASICALLY),
        help_text=gettext_lazy("不满意的，请返回选择“不满意”，由活动办公室复核。"),
    )
    words = ProseField(gettext_lazy("想说的话"), required=False)


class RejectForm(ActForm):
    words = ProseField(gettext_lazy("哪里不满意"), gettext_lazy("写明还没解决的部分，复核时会逐条看。"), rows=5)


class EndForm(ActForm):
    rule = ProseField(gettext_lazy("终结依据"), gettext_lazy("写明规定名称和条款，企业会看到；仍计为不满意。"))
