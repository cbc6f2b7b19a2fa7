"""Between units: designate, offer, take, turn down; invite, consult, answer, register the letter that came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions import parts, sharing
from zhitong.domain.problems.queries.page import ProblemPage
from zhitong.domain.problems.queries.units import (
    ChargeableUnit,
    bodies_to_consult,
    units_to_invite,
    units_to_offer,
)
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.web.problems.acts.receiving import ChargeForm, choices_of
from zhitong.web.problems.fields import ActForm, DayField, ProseField, UnitField, UnitSelect, UnitsField
from zhitong.web.problems.way import Way


class DesignateForm(ChargeForm):
    duties = ProseField(
        gettext_lazy("职责核定意见"), gettext_lazy("有核定意见的，写明由谁核定、文件名称和日期。"), required=False
    )


class UnitForm(ActForm):
    """An act that names one unit out of some."""

    needs_units = True
    unit_id = UnitField(
        label=gettext_lazy("单位"), widget=UnitSelect(attrs={"data-choose": ""}),
        error_messages={"invalid_choice": gettext_lazy("请从列出的单位中选择。")},
    )

    def __init__(self, *args: Any, units: Sequence[ChargeableUnit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit_id"]
        field.choices = choices_of(units)
        if len(units) == 1:
            field.initial = str(units[0].id)


class OfferForm(UnitForm):
    reason = ProseField(gettext_lazy("移交理由"), gettext_lazy("写明为什么由对方承办更合适，依据哪条职责。"))

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """The other units of the level."""
        return {"units": units_to_offer(found.standing)}


class TakeForm(ActForm):
    contact = ProseField(
        gettext_lazy("怎样联系了企业"), gettext_lazy("例如：已电话告知企业改由本局办理，联系人和电话。企业会看到。")
    )


class TurnDownForm(ActForm):
    reason = ProseField(gettext_lazy("不接收的理由"), gettext_lazy("写明依据和应由谁办，对方会看到。"))


class InviteForm(ActForm):
    unit_ids = UnitsField(
        label=gettext_lazy("请哪些单位协办"), error_messages={"required": gettext_lazy("请至少选择一个协办单位。")}
    )
    asked_for = ProseField(gettext_lazy("请协办什么"), gettext_lazy("写成对方可以单独完成和反馈的一件事。"))

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """The units that may be asked."""
        return {"units": units_to_invite(found.standing)}

    def __init__(self, *args: Any, units: Sequence[ChargeableUnit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_ids"].choices = choices_of(units)[1:]  # nothing is chosen by ticking nothing


class ConsultForm(UnitForm):
    letter = ProseField(gettext_lazy("商请函文号"), gettext_lazy("例如：经发函〔2018〕12号。"), rows=1, max_length=60)
    asked_for = ProseField(gettext_lazy("商请事项"), gettext_lazy("写明请对方做什么、最好在什么时候。"))

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """The bodies whose contact unit this is."""
        return {"units": bodies_to_consult(found.standing)}


class AnswerPartForm(ActForm):
    text = ProseField(gettext_lazy("办理和反馈情况"), gettext_lazy("写明做了什么、结果如何；主办单位据此答复企业。"), rows=5)


class RegisterReplyForm(UnitForm):
    letter = ProseField(
        gettext_lazy("复函文号"), gettext_lazy("没有文号的可以不填，例如电话答复。"), rows=1, max_length=60, required=False
    )
    replied_on = DayField(label=gettext_lazy("复函日期"))
    text = ProseField(gettext_lazy("复函内容"), gettext_lazy("照录原话；较长的摘录要点。"), rows=5)

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """The bodies whose answer has not come."""
        return {"units": [ChargeableUnit(one.unit_id, one.unit, "") for one in found.sharing.consulted_waiting]}

    def clean_replied_on(self) -> Any:
        """A letter that came lies behind us.

        Raises ValidationError: the day has not come yet.
        """
        given = self.cleaned_data["replied_on"]
        if given > clock.today():
            raise forms.ValidationError(_("复函日期不能晚于今天。"))
        return given


WAYS: Mapping[Act, Way] = {
    Act.DESIGNATE: Way(
        DesignateForm, sharing.Designate, sharing.designate, gettext_lazy("已指定承办，承办单位不能退回或移交。"), "bookmark"
    ),
    Act.OFFER: Way(
        OfferForm, sharing.MakeOffer, sharing.offer, gettext_lazy("已商议移交，等对方答复；对方接收前仍由本单位办理。"), "transfer"
    ),
    Act.TAKE: Way(TakeForm, sharing.Take, sharing.take, gettext_lazy("已接收，由本单位继续办理，时限接着计算。"), "circle-check"),
    Act.TURN_DOWN: Way(
        TurnDownForm, sharing.TurnDown, sharing.turn_down, gettext_lazy("未接收，仍由原单位办理。"), "arrow-back-up"
    ),
    Act.INVITE: Way(InviteForm, parts.Invite, parts.invite, gettext_lazy("已请协办，本单位仍负总责。"), "users"),
    Act.CONSULT: Way(ConsultForm, parts.Consult, parts.consult, gettext_lazy("已登记商请函，承办责任不变。"), "mail"),
    Act.ANSWER_PART: Way(AnswerPartForm, parts.AnswerPart, parts.answer_part, gettext_lazy("已反馈给主办单位。"), "message"),
    Act.REGISTER_REPLY: Way(
        RegisterReplyForm, parts.RegisterReply, parts.register_reply, gettext_lazy("已登记复函。"), "mail"
    ),
}
