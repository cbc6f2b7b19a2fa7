"""The way of a problem as a table: which act leads from where to where, and whose act it is.

The table is the law: acts not in it are refused, the page greys them with the reason, and the docs print it.
Source: 冀发〔2018〕7号 四（三）（五）.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.choices import Word


class Act(Word):
    """The verbs, as an official says them."""

    SUBMIT = "submit", "提交"
    ACCEPT = "accept", "受理"
    PRECHECK = "precheck", "初核"
    ASK_MORE = "ask_more", "请补正"
    SUPPLY = "supply", "补正"
    CORRECT = "correct", "更正登记"
    MERGE = "merge", "并案"
    SPLIT = "split", "拆分"
    DECLINE = "decline", "不予受理"
    OBJECT = "object", "提出异议"
    OVERRULE = "overrule", "责令受理"
    UPHOLD_DECLINE = "uphold_decline", "维持不予受理"
    DISPATCH = "dispatch", "交办"
    DESIGNATE = "designate", "指定承办"
    ACKNOWLEDGE = "acknowledge", "签收并联系"
    CONTACT = "contact", "重新联系企业"
    CONFIRM_CONTACT = "confirm_contact", "已联系过我"
    VOID_CONTACT = "void_contact", "没有联系过我"
    REPLY = "reply", "阶段性答复"
    SEND_BACK = "send_back", "退回"
    REASSIGN = "reassign", "改派"
    OFFER = "offer", "商议移交"
    TAKE = "take", "接收移交"
    TURN_DOWN = "turn_down", "不接收移交"
    INVITE = "invite", "请协办"
    CONSULT = "consult", "商请"
    ANSWER_PART = "answer_part", "反馈协办情况"
    REGISTER_REPLY = "register_reply", "登记商请复函"
    ASK_EXTENSION = "ask_extension", "申请延期"
    ASK_PAUSE = "ask_pause", "申请暂停"
    ASK_PARK = "ask_park", "申请挂账"
    GRANT_EXTENSION = "grant_extension", "同意延期"
    GRANT_PAUSE = "grant_pause", "同意暂停"
    GRANT_PARK = "grant_park", "同意挂账"
    REFUSE_REQUEST = "refuse_request", "不同意申请"
    RESUME = "resume", "恢复办理"
    ASK_WITHDRAWAL = "ask_withdrawal", "申请撤回"
    GRANT_WITHDRAWAL = "grant_withdrawal", "同意撤回"
    COMPLETE = "complete", "办结"
    PROPOSE = "propose", "提出上报"
    KEEP = "keep", "不同意上报"
    ESCALATE = "escalate", "提请上级协调"
    ASK_LOWER = "ask_lower", "请下级补充"
    RULE_OWN_LEVEL = "rule_own_level", "应由本级解决"
    ADVISE = "advise", "提出意见返回下级"
    COORDINATE = "coordinate", "统筹协调"
    TAKE_OVER = "take_over", "提级办理"
    LOOK_IN = "look_in", "请上级过问"
    ANSWER_LOOK_IN = "answer_look_in", "答复过问"
    PASS_DOWN = "pass_down", "向下级传答复"
    CONFIRM = "confirm", "确认"
    REJECT = "reject", "不满意"
    RATE = "rate", "负责人评价"
    HANDLE_ANEW = "handle_anew", "重新办理"
    UPHOLD = "uphold", "维持"
    END = "end", "终结"
    REOPEN = "reopen", "重新受理"
    VERIFY = "verify", "核查通过"
    FIND_WANTING = "find_wanting", "核查不实"
    CLOSE_OFF = "close_off", "销号"
    CLOSE_UNRATED = "close_unrated", "未评价销号"


class Whose(Word):
    """Whose act it is."""

    REPORTER = "reporter", "反映问题的企业"
    ACCOUNTABLE = "accountable", "当前承办单位"
    LEVEL_OFFICE = "level_office", "当前层级的活动办公室"
    HOME_OFFICE = "home_office", "属地活动办公室（涉及其挂靠单位的，上一级）"
    RELAY = "relay", "应当向下传答复的单位"
    OFFERED = "offered", "被商议接收的单位"
    ASKED = "asked", "被请协办的单位"
    DECIDER = "decider", "审批申请的活动办公室"
    ABOVE = "above", "上级活动办公室"
    LOOKER = "looker", "被请过问的活动办公室"
    PRECHECKER = "prechecker", "初核的乡镇"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. `to` None leaves the state as it is; `words` say what the act leads to."""

    act: Act
    whose: Whose
    permission: Permission
    since: frozenset[State]
    to: State | None
    words: str

    def leads_from(self, state: State) -> State:
        """The state an act leads to from a state."""
        return self.to or state

    @property
    def outcome(self) -> str:
        """Where the act leads, as tables print it."""
        return self.to.label if self.to else "状态不变"


def _move(act: Act, whose: Whose, permission: Permission, since: str, to: State | None, words: str) -> Move:
    return Move(act, whose, permission, frozenset(State(word) for word in since.split()), to, words)


_REPORT, _HANDLE, _DISPATCH = Permission.REPORT, Permission.HANDLE, Permission.DISPATCH

TABLE: tuple[Move, ...] = (
    _move(Act.ACCEPT, Whose.ACCOUNTABLE, _DISPATCH, "submitted", State.ACCEPTED, "受理后由本办交办，总时限开始计算。"),
    _move(Act.PRECHECK, Whose.PRECHECKER, Permission.PRECHECK, "submitted", None,
          "属实的按规则交办或转上级，就地解决的答复企业，不清楚的请企业补正；逾期未核的自动转办，责任不变。"),
    _move(Act.ASK_MORE, Whose.ACCOUNTABLE, _DISPATCH, "submitted", State.ASKED, "只能要求补正一次。"),
    _move(Act.SUPPLY, Whose.REPORTER, _REPORT, "asked", State.SUBMITTED, "补正后重新进入受理。"),
    _move(Act.DECLINE, Whose.ACCOUNTABLE, _DISPATCH, "submitted", State.DECLINED, "须写明理由、依据和正确渠道，并告知企业。"),
    _move(Act.CORRECT, Whose.ACCOUNTABLE, _DISPATCH, "submitted accepted", None, "更正性质、类别、紧急程度；原登记留痕。"),
    _move(Act.MERGE, Whose.ACCOUNTABLE, _DISPATCH, "submitted accepted", State.MERGED,
          "同一企业重复反映的并入先反映的一件，答复时一并告知。"),
    _move(Act.SPLIT, Whose.ACCOUNTABLE, _DISPATCH, "submitted accepted", None, "一件含多个事项的，分出的事项各自受理办理。"),
    _move(Act.OBJECT, Whose.REPORTER, _REPORT, "declined", State.OBJECTED, "由上级活动办公室复核，只能提出一次。"),
    _move(Act.OVERRULE, Whose.ACCOUNTABLE, _DISPATCH, "objected", State.ACCEPTED, "由属地活动办公室受理并交办。"),
    _move(Act.UPHOLD_DECLINE, Whose.ACCOUNTABLE, _DISPATCH, "objected", State.DECLINED, "维持不予受理，向企业说明理由。"),
    _move(Act.DISPATCH, Whose.ACCOUNTABLE, _DISPATCH, "accepted", State.DISPATCHED, "交办时起计算承办时限，不等签收。"),
    _move(Act.DESIGNATE, Whose.LEVEL_OFFICE, _DISPATCH, "accepted dispatched handling", State.DISPATCHED,
          "指定后承办单位不能退回或移交，可据此形成分发规则。"),
    _move(Act.ACKNOWLEDGE, Whose.ACCOUNTABLE, _HANDLE, "dispatched", State.HANDLING, "签收后由本单位负责办理。"),
    _move(Act.CONTACT, Whose.ACCOUNTABLE, _HANDLE, "handling", None, "企业反映未联系的，重新联系并登记。"),
    _move(Act.CONFIRM_CONTACT, Whose.REPORTER, _REPORT, "handling paused parked proposed returning answered", None,
          "确认承办单位联系过本企业。"),
    _move(Act.VOID_CONTACT, Whose.REPORTER, _REPORT, "handling paused parked proposed returning answered", None,
          "首次联系作废，承办单位须重新联系。"),
    _move(Act.REPLY, Whose.ACCOUNTABLE, _HANDLE, "handling", State.HANDLING, "企业会看到这条进展。"),
    _move(Act.SEND_BACK, Whose.ACCOUNTABLE, _HANDLE, "dispatched handling", State.ACCEPTED,
          "退回本级活动办公室；须在交办后一个工作日内，写明依据和应由谁办。"),
    _move(Act.REASSIGN, Whose.LEVEL_OFFICE, _DISPATCH, "dispatched handling paused parked", State.DISPATCHED,
          "改由另一单位承办，原单位仍可查看。"),
    _move(Act.OFFER, Whose.ACCOUNTABLE, _HANDLE, "dispatched handling", None, "对方同意接收后才移交，时限不重新计算。"),
    _move(Act.TAKE, Whose.OFFERED, _HANDLE, "dispatched handling", State.HANDLING, "由本单位继续办理，时限接着计算。"),
    _move(Act.TURN_DOWN, Whose.OFFERED, _HANDLE, "dispatched handling", None, "仍由原单位办理。"),
    _move(Act.INVITE, Whose.ACCOUNTABLE, _HANDLE, "handling", None, "承办责任不变，请协办单位按时反馈。"),
    _move(Act.CONSULT, Whose.ACCOUNTABLE, _HANDLE, "handling", None, "发函商请，建议对方答复时间；承办责任不变。"),
    _move(Act.ANSWER_PART, Whose.ASKED, _HANDLE, "dispatched handling paused parked proposed", None, "反馈给主办单位。"),
    _move(Act.REGISTER_REPLY, Whose.ACCOUNTABLE, _HANDLE, "handling paused parked proposed", None, "登记对方复函内容。"),
    _move(Act.ASK_EXTENSION, Whose.ACCOUNTABLE, _HANDLE, "handling", None, "由交办的活动办公室审批，第二次由上级审批；首次时限不变。"),
    _move(Act.ASK_PAUSE, Whose.ACCOUNTABLE, _HANDLE, "handling", None, "只限规定的事由，审批前时限不停。"),
    _move(Act.ASK_PARK, Whose.ACCOUNTABLE, _HANDLE, "handling", None, "由上级活动办公室审批，到期自动恢复办理。"),
    _move(Act.GRANT_EXTENSION, Whose.DECIDER, _DISPATCH, "handling", None, "现行时限顺延，首次时限保留并据此计按时。"),
    _move(Act.GRANT_PAUSE, Whose.DECIDER, _DISPATCH, "handling", State.PAUSED, "时限停表，恢复后顺延。"),
    _move(Act.GRANT_PARK, Whose.DECIDER, _DISPATCH, "handling", State.PARKED, "到约定日期自动恢复办理。"),
    _move(Act.REFUSE_REQUEST, Whose.DECIDER, _DISPATCH,
          "submitted asked accepted dispatched handling paused parked proposed", None, "维持原状，说明理由。"),
    _move(Act.RESUME, Whose.ACCOUNTABLE, _HANDLE, "paused parked", State.HANDLING, "时限接着计算。"),
    _move(Act.ASK_WITHDRAWAL, Whose.REPORTER, _REPORT, "submitted asked accepted dispatched handling paused parked proposed",
          None, "由属地活动办公室核实是否自愿后决定。"),
    _move(Act.GRANT_WITHDRAWAL, Whose.DECIDER, _DISPATCH,
          "submitted asked accepted dispatched handling paused parked proposed", State.WITHDRAWN, "核实企业自愿后撤回。"),
    _move(Act.COMPLETE, Whose.ACCOUNTABLE, _HANDLE, "handling parked", State.ANSWERED, "答复送企业确认；经上级办理的逐级返回。"),
    _move(Act.PROPOSE, Whose.ACCOUNTABLE, _HANDLE, "handling", State.PROPOSED, "交本级活动办公室审核，承办时限不停。"),
    _move(Act.KEEP, Whose.LEVEL_OFFICE, _DISPATCH, "proposed", State.HANDLING, "继续由本单位办理。"),
    _move(Act.ESCALATE, Whose.LEVEL_OFFICE, _DISPATCH, "proposed", State.DISPATCHED,
          "由上级对口部门承办，本级仍需告知企业。"),
    _move(Act.ASK_LOWER, Whose.ACCOUNTABLE, _HANDLE, "dispatched accepted", State.HANDLING, "退给提请单位补充，只能一次。"),
    _move(Act.RULE_OWN_LEVEL, Whose.ACCOUNTABLE, _HANDLE, "dispatched accepted", State.HANDLING,
          "退给提请单位继续办理，须写明理由。"),
    _move(Act.ADVISE, Whose.ACCOUNTABLE, _HANDLE, "handling", State.HANDLING, "由提请单位按上级意见继续办理。"),
    _move(Act.COORDINATE, Whose.ACCOUNTABLE, _HANDLE, "handling", None, "议定事项分给有关单位限时落实，本单位总负责。"),
    _move(Act.TAKE_OVER, Whose.ABOVE, _DISPATCH, "accepted dispatched handling paused parked proposed", State.DISPATCHED,
          "由本级直接办理，下级仍需告知企业。"),
    _move(Act.LOOK_IN, Whose.REPORTER, _REPORT, "accepted dispatched handling paused parked proposed returning answered review",
          None, "上级活动办公室会查看并答复。"),
    _move(Act.ANSWER_LOOK_IN, Whose.LOOKER, _DISPATCH,
          "accepted dispatched handling paused parked proposed returning answered review confirmed", None, "向企业说明过问结果。"),
    _move(Act.PASS_DOWN, Whose.RELAY, _HANDLE, "returning", State.RETURNING, "传到最低一级后企业即可确认。"),
    _move(Act.CONFIRM, Whose.REPORTER, _REPORT, "answered", State.CONFIRMED, "确认后由活动办公室销号。"),
    _move(Act.REJECT, Whose.REPORTER, _REPORT, "answered", State.REVIEW, "由活动办公室在两个工作日内复核。"),
    _move(Act.RATE, Whose.REPORTER, Permission.HEAD, "answered confirmed closed", None,
          "企业主要负责人对每份答复评价一次；与填报人评价相反的转回访。"),
    _move(Act.HANDLE_ANEW, Whose.ACCOUNTABLE, _DISPATCH, "review", State.DISPATCHED, "重新交办，可以换承办单位。"),
    _move(Act.UPHOLD, Whose.ACCOUNTABLE, _DISPATCH, "review", State.ANSWERED, "维持原答复，向企业说明理由。"),
    _move(Act.END, Whose.ACCOUNTABLE, _DISPATCH, "review", State.ENDED,
          "第二次不满意经上级复核后可依规终结，仍计为不满意。"),
    _move(Act.REOPEN, Whose.HOME_OFFICE, _DISPATCH, "ended withdrawn", State.ACCEPTED, "只凭新的事实重新受理。"),
    _move(Act.VERIFY, Whose.HOME_OFFICE, _DISPATCH, "confirmed", None, "核查属实后可以销号；列入计划的转挂账，到期恢复。"),
    _move(Act.FIND_WANTING, Whose.HOME_OFFICE, _DISPATCH, "confirmed", State.HANDLING, "退回答复单位重新办理。"),
    _move(Act.CLOSE_OFF, Whose.HOME_OFFICE, _DISPATCH, "confirmed", State.CLOSED, "销号后归档。"),
    _move(Act.CLOSE_UNRATED, Whose.HOME_OFFICE, _DISPATCH, "answered", State.CLOSED,
          "答复后长期未评价的，核查后销号，不计为满意。"),
)

MOVES: dict[Act, Move] = {move.act: move for move in TABLE}
