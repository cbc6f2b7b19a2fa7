"""Time and taking back: ask for more time, a stop, parking, withdrawal; grant or refuse; go on."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy

from zhitong.domain.problems.actions import deciding, requesting, resuming
from zhitong.domain.problems.rules.kinds import PauseReason
from zhitong.domain.problems.rules.timing import MOST_WORKDAYS
from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.fields import ActForm, DayField, ProseField, WordField
from zhitong.web.problems.way import Way


class AskExtensionForm(ActForm):
    workdays = forms.IntegerField(
        label=gettext_lazy("延期几个工作日"), min_value=1, max_value=MOST_WORKDAYS,
        help_text=gettext_lazy("从现行时限起顺延，一次最多 30 个工作日；首次时限不变，并据此计按时。"),
    )
    reason = ProseField(gettext_lazy("延期理由"), gettext_lazy("例如：须作现场检测，检测单位约定下周一到场。同意后企业会看到。"))


class AskPauseForm(ActForm):
    pause_reason = WordField(PauseReason, gettext_lazy("暂停事由"), help_text=gettext_lazy("只限以下事由，其他情形请申请延期或挂账。"))
    until = DayField(label=gettext_lazy("预计恢复日期"), help_text=gettext_lazy("到这一天自动恢复办理；可以提前恢复。"))
    reason = ProseField(gettext_lazy("具体情况"), gettext_lazy("例如：已委托安全评价，预计十个工作日出报告。同意后企业会看到。"))


class AskParkForm(ActForm):
    until = DayField(label=gettext_lazy("恢复办理日期"), help_text=gettext_lazy("最远一年；到这一天自动恢复，重新计算办结时限。"))
    reason = ProseField(gettext_lazy("挂账理由"), gettext_lazy("写明现在为什么办不了、到时靠什么办成。同意后企业会看到。"))


class AskWithdrawalForm(ActForm):
    reason = ProseField(gettext_lazy("为什么撤回"), gettext_lazy("例如：问题已经自行解决。"))
    urged = ProseField(
        gettext_lazy("有没有人要求您撤回"), gettext_lazy("没有就不填；有的话请写明是谁、怎么说的，只有活动办公室会看到。"),
        required=False,
    )


class GrantForm(ActForm):
    words = ProseField(gettext_lazy("审批意见"), gettext_lazy("例如：同意，请按期办结。"), required=False)


class GrantWithdrawalForm(ActForm):
    words = ProseField(gettext_lazy("怎样核实的"), gettext_lazy("例如：已电话联系企业负责人，确系自愿撤回。"))


class RefuseForm(ActForm):
    words = ProseField(gettext_lazy("不同意的理由"), gettext_lazy("写明理由，申请的一方会看到。"))


class ResumeForm(ActForm):
    text = ProseField(gettext_lazy("现在可以怎样办"), gettext_lazy("例如：评价报告已出，本周安排整改。企业会看到。"))


WAYS: Mapping[Act, Way] = {
    Act.ASK_EXTENSION: Way(
        AskExtensionForm, requesting.AskExtension, requesting.ask_extension,
        gettext_lazy("已提出延期申请，审批前时限不停。"), "calendar-due",
    ),
    Act.ASK_PAUSE: Way(
        AskPauseForm, requesting.AskPause, requesting.ask_pause, gettext_lazy("已提出暂停申请，审批前时限不停。"), "player-pause"
    ),
    Act.ASK_PARK: Way(
        AskParkForm, requesting.AskPark, requesting.ask_park, gettext_lazy("已提出挂账申请，审批前时限不停。"), "bookmark"
    ),
    Act.ASK_WITHDRAWAL: Way(
        AskWithdrawalForm, requesting.AskWithdrawal, requesting.ask_withdrawal,
        gettext_lazy("已收到您的撤回申请，活动办公室会与您核实。"), "trash", plain=gettext_lazy("我要撤回"),
    ),
    Act.GRANT_EXTENSION: Way(
        GrantForm, deciding.Grant, deciding.grant_extension, gettext_lazy("已同意延期，现行时限已顺延。"), "check"
    ),
    Act.GRANT_PAUSE: Way(
        GrantForm, deciding.Grant, deciding.grant_pause, gettext_lazy("已同意暂停，时限停表。"), "check"
    ),
    Act.GRANT_PARK: Way(
        GrantForm, deciding.Grant, deciding.grant_park, gettext_lazy("已同意挂账，到期自动恢复办理。"), "check"
    ),
    Act.GRANT_WITHDRAWAL: Way(
        GrantWithdrawalForm, deciding.Grant, deciding.grant_withdrawal, gettext_lazy("已同意撤回，该问题不再办理。"), "check"
    ),
    Act.REFUSE_REQUEST: Way(
        RefuseForm, deciding.Refuse, deciding.refuse_request, gettext_lazy("未同意申请，一切照旧，理由已告知。"), "x"
    ),
    Act.RESUME: Way(
        ResumeForm, resuming.Resume, resuming.resume, gettext_lazy("已恢复办理，时限接着计算。"), "player-play"
    ),
}
