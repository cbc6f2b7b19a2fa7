"""Every act a person may do on a problem's page: its form, the act behind it, and the words before and after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions import climbing, closing, handling, receiving
from zhitong.domain.problems.actions.running import Step
from zhitong.domain.problems.rules.climbing import receiver_above
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.kit.refusals import NotFound
from zhitong.web.problems import forms
from zhitong.web.shell.components import Text

Do = Callable[[Sequence[Any]], list[Standing]]


@dataclass(frozen=True)
class Way:
    """How an act is done at the screen. `done` is said afterwards; `plain` is the button's word for the served."""

    form: type[forms.ActForm]
    step: type[Step]
    do: Do
    done: Text
    icon: str = ""
    plain: Text = ""


WAYS: Mapping[Act, Way] = {
    Act.ACCEPT: Way(
        forms.ActForm, receiving.Accept, receiving.accept, gettext_lazy("已受理，请交办给承办单位。"), "circle-check"
    ),
    Act.ASK_MORE: Way(
        forms.QuestionForm, receiving.AskMore, receiving.ask_more, gettext_lazy("已请企业补正，企业补充后回到本办。"), "help"
    ),
    Act.SUPPLY: Way(
        forms.SupplyForm, receiving.Supply, receiving.supply, gettext_lazy("已补充，活动办公室会继续受理。"), "pencil",
        plain=gettext_lazy("补充说明"),
    ),
    Act.DECLINE: Way(
        forms.DeclineForm, receiving.Decline, receiving.decline, gettext_lazy("已不予受理，企业会看到理由和正确渠道。"), "ban"
    ),
    Act.DISPATCH: Way(
        forms.ChargeForm, receiving.Dispatch, receiving.dispatch, gettext_lazy("已交办，承办时限开始计算。"), "send"
    ),
    Act.ACKNOWLEDGE: Way(
        forms.AcknowledgeForm, handling.Acknowledge, handling.acknowledge,
        gettext_lazy("已签收，现由本单位办理；联系情况企业已能看到。"), "phone",
    ),
    Act.REPLY: Way(
        forms.ReplyForm, handling.Reply, handling.reply, gettext_lazy("已答复进展，企业已能看到。"), "message"
    ),
    Act.SEND_BACK: Way(
        forms.SendBackForm, handling.SendBack, handling.send_back, gettext_lazy("已退回，由活动办公室重新交办。"), "arrow-back-up"
    ),
    Act.REASSIGN: Way(
        forms.ChargeForm, receiving.Dispatch, receiving.reassign, gettext_lazy("已改派，原单位仍可查看。"), "transfer"
    ),
    Act.COMPLETE: Way(
        forms.CompleteForm, handling.Complete, handling.complete, gettext_lazy("已办结，答复已送出。"), "checks"
    ),
    Act.PROPOSE: Way(
        forms.ProposeForm, climbing.Propose, climbing.propose, gettext_lazy("已提出，等活动办公室审核；承办时限不停。"), "arrow-up"
    ),
    Act.KEEP: Way(
        forms.ReasonForm, climbing.Keep, climbing.keep, gettext_lazy("未同意上报，由原单位继续办理。"), "arrow-down"
    ),
    Act.ESCALATE: Way(
        forms.EscalateForm, climbing.Escalate, climbing.escalate, gettext_lazy("已提请上级，本级仍需告知企业。"), "arrow-up"
    ),
    Act.ASK_LOWER: Way(
        forms.ReasonForm, climbing.Rule, climbing.ask_lower, gettext_lazy("已请下级补充。"), "help"
    ),
    Act.RULE_OWN_LEVEL: Way(
        forms.ReasonForm, climbing.Rule, climbing.rule_own_level, gettext_lazy("已退给提请单位继续办理。"), "corner-up-left"
    ),
    Act.PASS_DOWN: Way(
        forms.PassDownForm, climbing.PassDown, climbing.pass_down, gettext_lazy("已向下级传答复。"), "arrow-down"
    ),
    Act.CONFIRM: Way(
        forms.ConfirmForm, closing.Confirm, closing.confirm, gettext_lazy("谢谢您的确认，活动办公室会销号归档。"), "thumb-up",
        plain=gettext_lazy("认可答复"),
    ),
    Act.REJECT: Way(
        forms.RejectForm, closing.Reject, closing.reject, gettext_lazy("已转活动办公室复核，两个工作日内会有结果。"), "thumb-down",
        plain=gettext_lazy("不满意，请再办"),
    ),
    Act.HANDLE_ANEW: Way(
        forms.ChargeForm, closing.HandleAnew, closing.handle_anew, gettext_lazy("已重新交办，承办时限重新计算。"), "refresh"
    ),
    Act.UPHOLD: Way(
        forms.UpholdForm, closing.Uphold, closing.uphold, gettext_lazy("已维持原答复，理由已送企业。"), "shield-check"
    ),
    Act.END: Way(forms.EndForm, closing.End, closing.end, gettext_lazy("已终结，仍计为不满意。"), "square-filled"),
    Act.CLOSE_OFF: Way(
        forms.ActForm, closing.CloseOff, closing.close_off, gettext_lazy("已销号归档。"), "clipboard-check"
    ),
}


def act_called(word: str) -> Act:
    """The act of an address.

    Raises NotFound: there is no such act at the screen.
    """
    found = next((act for act in WAYS if act.value == word), None)
    if found is None:
        raise NotFound
    return found


def consequence(act: Act, standing: Standing) -> Text:
    """What follows when the form is sent, naming the unit that will then be responsible where that is known."""
    here = directory()
    unit_id = standing.accountable_unit_id
    if act in (Act.PROPOSE, Act.ESCALATE) and unit_id in here.units:
        above = receiver_above(unit_id, standing.line_id, here)
        if above is not None and act is Act.ESCALATE:
            return _("提交后将由%s负责，本级仍需告知企业。") % above.name
        if above is not None:
            return _("提交后由本级活动办公室审核；同意的，将由%s负责。承办时限不停。") % above.name
    if act is Act.SEND_BACK:
        office = here.office(standing.level_region_id)
        return _("提交后退回%s，由其重新交办；须在交办后一个工作日内提出。") % (office.name if office else _("活动办公室"))
    if act is Act.COMPLETE and standing.climbs:
        return _("提交后答复逐级返回，每级最多一个工作日，逾期企业可直接看到；本单位的承办时限停表。")
    if act is Act.COMPLETE:
        return _("提交后答复送企业确认，本单位的承办时限停表。")
    return MOVES[act].words
