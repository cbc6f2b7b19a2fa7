"""The end of the way: the reporter's word, review, close-off."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from zhitong.domain.problems.actions import closing, rating
from zhitong.domain.problems.rules.kinds import Rating
from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.acts.receiving import ChargeForm
from zhitong.web.problems.fields import ActForm, ProseField, WordField
from zhitong.web.problems.way import Way


class ConfirmForm(ActForm):
    rating = WordField(
        Rating, gettext_lazy("对解决结果满意吗"), only=(Rating.SATISFIED, Rating.BASICALLY),
        help_text=gettext_lazy("不满意的，请返回选择“不满意”，由活动办公室复核。"),
    )
    reply_rating = WordField(Rating, gettext_lazy("对办理态度和速度满意吗"))
    words = ProseField(gettext_lazy("想说的话"), required=False)


class RejectForm(ActForm):
    words = ProseField(gettext_lazy("哪里不满意"), gettext_lazy("写明还没解决的部分，复核时会逐条看。"), rows=5)
    reply_rating = WordField(Rating, gettext_lazy("对办理态度和速度满意吗"))


class RateForm(ActForm):
    rating = WordField(Rating, gettext_lazy("对解决结果满意吗"))
    reply_rating = WordField(Rating, gettext_lazy("对办理态度和速度满意吗"))
    words = ProseField(gettext_lazy("想说的话"), required=False)


class UpholdForm(ActForm):
    reason = ProseField(gettext_lazy("向企业说明的理由"), gettext_lazy("写明复核了什么、为什么维持。企业会看到。"), rows=5)


class EndForm(ActForm):
    rule = ProseField(gettext_lazy("终结依据"), gettext_lazy("写明规定名称和条款，企业会看到；仍计为不满意。"))


WAYS: Mapping[Act, Way] = {
    Act.CONFIRM: Way(
        ConfirmForm, closing.Confirm, closing.confirm, gettext_lazy("谢谢您的确认，活动办公室会销号归档。"), "thumb-up",
        plain=gettext_lazy("认可答复"),
    ),
    Act.REJECT: Way(
        RejectForm, closing.Reject, closing.reject, gettext_lazy("已转活动办公室复核，两个工作日内会有结果。"), "thumb-down",
        plain=gettext_lazy("不满意，请再办"),
    ),
    Act.RATE: Way(
        RateForm, rating.Rate, rating.rate, gettext_lazy("谢谢您的评价。"), "star", plain=gettext_lazy("我是负责人，我来评价"),
    ),
    Act.HANDLE_ANEW: Way(
        ChargeForm, closing.HandleAnew, closing.handle_anew, gettext_lazy("已重新交办，承办时限重新计算。"), "refresh"
    ),
    Act.UPHOLD: Way(
        UpholdForm, closing.Uphold, closing.uphold, gettext_lazy("已维持原答复，理由已送企业。"), "shield-check"
    ),
    Act.END: Way(EndForm, closing.End, closing.end, gettext_lazy("已终结，仍计为不满意。"), "square-filled"),
    Act.CLOSE_OFF: Way(
        ActForm, closing.CloseOff, closing.close_off, gettext_lazy("已销号归档。"), "clipboard-check"
    ),
}
