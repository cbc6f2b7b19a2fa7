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
    ASK_MORE = "ask_more", "请补正"
    SUPPLY = "supply", "补正"
    DECLINE = "decline", "不予受理"
    DISPATCH = "dispatch", "交办"
    ACKNOWLEDGE = "acknowledge", "签收并联系"
    REPLY = "reply", "阶段性答复"
    SEND_BACK = "send_back", "退回"
    REASSIGN = "reassign", "改派"
    COMPLETE = "complete", "办结"
    PROPOSE = "propose", "提出上报"
    KEEP = "keep", "不同意上报"
    ESCALATE = "escalate", "提请上级协调"
    ASK_LOWER = "ask_lower", "请下级补充"
    RULE_OWN_LEVEL = "rule_own_level", "应由本级解决"
    PASS_DOWN = "pass_down", "向下级传答复"
    CONFIRM = "confirm", "确认"
    REJECT = "reject", "不满意"
    HANDLE_ANEW = "handle_anew", "重新办理"
    UPHOLD = "uphold", "维持"
    END = "end", "终结"
    CLOSE_OFF = "close_off", "销号"


class Whose(Word):
    """Whose act it is."""

    REPORTER = "reporter", "反映问题的企业"
    ACCOUNTABLE = "accountable", "当前承办单位"
    LEVEL_OFFICE = "level_office", "当前层级的活动办公室"
    HOME_OFFICE = "home_office", "属地活动办公室"
    RELAY = "relay", "应当向下传答复的单位"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. `to` may equal the state left; `words` say what the act leads to."""

    act: Act
    whose: Whose
    permission: Permission
    since: frozenset[State]
    to: State
    words: str


def _move(act: Act, whose: Whose, permission: Permission, since: str, to: State, words: str) -> Move:
    return Move(act, whose, permission, frozenset(State(word) for word in since.split()), to, words)


_REPORT, _HANDLE, _DISPATCH = Permission.REPORT, Permission.HANDLE, Permission.DISPATCH

TABLE: tuple[Move, ...] = (
    _move(Act.ACCEPT, Whose.ACCOUNTABLE, _DISPATCH, "submitted", State.ACCEPTED, "受理后由本办交办，总时限开始计算。"),
    _move(Act.ASK_MORE, Whose.ACCOUNTABLE, _DISPATCH, "submitted", State.ASKED, "只能要求补正一次。"),
    _move(Act.SUPPLY, Whose.REPORTER, _REPORT, "asked", State.SUBMITTED, "补正后重新进入受理。"),
    _move(Act.DECLINE, Whose.ACCOUNTABLE, _DISPATCH, "submitted", State.DECLINED, "须写明理由、依据和正确渠道，并告知企业。"),
    _move(Act.DISPATCH, Whose.ACCOUNTABLE, _DISPATCH, "accepted", State.DISPATCHED, "交办时起计算承办时限，不等签收。"),
    _move(Act.ACKNOWLEDGE, Whose.ACCOUNTABLE, _HANDLE, "dispatched", State.HANDLING, "签收后由本单位负责办理。"),
    _move(Act.REPLY, Whose.ACCOUNTABLE, _HANDLE, "handling", State.HANDLING, "企业会看到这条进展。"),
    _move(Act.SEND_BACK, Whose.ACCOUNTABLE, _HANDLE, "dispatched handling", State.ACCEPTED,
          "退回本级活动办公室；须在交办后一个工作日内，写明依据和应由谁办。"),
    _move(Act.REASSIGN, Whose.LEVEL_OFFICE, _DISPATCH, "dispatched handling", State.DISPATCHED,
          "改由另一单位承办，原单位仍可查看。"),
    _move(Act.COMPLETE, Whose.ACCOUNTABLE, _HANDLE, "handling", State.ANSWERED, "答复送企业确认；经上级办理的逐级返回。"),
    _move(Act.PROPOSE, Whose.ACCOUNTABLE, _HANDLE, "handling", State.PROPOSED, "交本级活动办公室审核，承办时限不停。"),
    _move(Act.KEEP, Whose.LEVEL_OFFICE, _DISPATCH, "proposed", State.HANDLING, "继续由本单位办理。"),
    _move(Act.ESCALATE, Whose.LEVEL_OFFICE, _DISPATCH, "proposed", State.DISPATCHED,
          "由上级对口部门承办，本级仍需告知企业。"),
    _move(Act.ASK_LOWER, Whose.ACCOUNTABLE, _HANDLE, "dispatched accepted", State.HANDLING, "退给提请单位补充，只能一次。"),
    _move(Act.RULE_OWN_LEVEL, Whose.ACCOUNTABLE, _HANDLE, "dispatched accepted", State.HANDLING,
          "退给提请单位继续办理，须写明理由。"),
    _move(Act.PASS_DOWN, Whose.RELAY, _HANDLE, "returning", State.RETURNING, "传到最低一级后企业即可确认。"),
    _move(Act.CONFIRM, Whose.REPORTER, _REPORT, "answered", State.CONFIRMED, "确认后由活动办公室销号。"),
    _move(Act.REJECT, Whose.REPORTER, _REPORT, "answered", State.REVIEW, "由活动办公室在两个工作日内复核。"),
    _move(Act.HANDLE_ANEW, Whose.ACCOUNTABLE, _DISPATCH, "review", State.DISPATCHED, "重新交办，可以换承办单位。"),
    _move(Act.UPHOLD, Whose.ACCOUNTABLE, _DISPATCH, "review", State.ANSWERED, "维持原答复，向企业说明理由。"),
    _move(Act.END, Whose.ACCOUNTABLE, _DISPATCH, "review", State.ENDED,
          "第二次不满意经上级复核后可依规终结，仍计为不满意。"),
    _move(Act.CLOSE_OFF, Whose.HOME_OFFICE, _DISPATCH, "confirmed", State.CLOSED, "销号后归档。"),
)

MOVES: dict[Act, Move] = {move.act: move for move in TABLE}
