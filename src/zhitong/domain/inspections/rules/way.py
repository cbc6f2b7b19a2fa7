"""What may be done with an inspection and a finding as each stands, and by whom, as two tables. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.domain.inspections.rules.kinds import FindingState, InspectionState
from zhitong.kit.choices import Word

RETURNS_ALLOWED = 3


class Hand(Word):
    """Whose act it is."""

    INSPECTOR = "inspector", "督查单位"
    APPROVER = "approver", "批准单位"
    OBJECT = "object", "被督查单位"


class InspectionAct(Word):
    """What is done with an inspection after it was drafted."""

    SUBMIT = "submit", "报批"
    APPROVE = "approve", "批准"
    REFUSE = "refuse", "不批准"
    DRAW = "draw", "抽取样本"
    FIND = "find", "登记发现的问题"
    END = "end", "结束督查"


class FindingAct(Word):
    """What is done with a finding."""

    ANSWER = "answer", "报告整改情况"
    RETURN = "return", "退回"
    CLOSE = "close", "核查销号"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a table: an act, whose it is, in which states, and what it leads to."""

    hand: Hand
    since: frozenset[Word]
    words: str


_S, _F = InspectionState, FindingState
INSPECTION_MOVES: dict[InspectionAct, Move] = {
    InspectionAct.SUBMIT: Move(
        Hand.INSPECTOR, frozenset({_S.DRAFTED, _S.REFUSED}), "报督查室批准；批准之前不能抽样、不能进点。"),
    InspectionAct.APPROVE: Move(Hand.APPROVER, frozenset({_S.SUBMITTED}), "批准后可以抽样、进点；被督查单位随即看到（暗访除外）。"),
    InspectionAct.REFUSE: Move(Hand.APPROVER, frozenset({_S.SUBMITTED}), "退回起草单位，写明理由，可以修改后再报。"),
    InspectionAct.FIND: Move(Hand.INSPECTOR, frozenset({_S.APPROVED}), "登记后转该单位限期整改，进入整改台账。"),
    InspectionAct.DRAW: Move(Hand.INSPECTOR, frozenset({_S.APPROVED}), "种子和名单随即公布，任何人都能重抽一遍；抽过的不能重抽。"),
    InspectionAct.END: Move(Hand.INSPECTOR, frozenset({_S.APPROVED}), "结束后不再登记问题；没有销号的继续整改。"),
}
FINDING_MOVES: dict[FindingAct, Move] = {
    FindingAct.ANSWER: Move(Hand.OBJECT, frozenset({_F.OPEN, _F.RETURNED}), "报告后由督查单位核查；附照片或文件作证。"),
    FindingAct.CLOSE: Move(Hand.INSPECTOR, frozenset({_F.ANSWERED}), "核查属实，这一项从整改台账上销号。"),
    FindingAct.RETURN: Move(Hand.INSPECTOR, frozenset({_F.ANSWERED}), "写明还差什么，原期限不变。"),
}


def why_not(act: InspectionAct | FindingAct, state: InspectionState | FindingState, hands: frozenset[Hand], returns: int = 0) -> str:
    """Empty when one with these hands may act now; otherwise the reason in a sentence."""
    move = INSPECTION_MOVES[act] if isinstance(act, InspectionAct) else FINDING_MOVES[act]
    if state not in move.since:
        return f"现在是“{state.label}”，不能{act.label}。请刷新页面查看最新情况。"
    if move.hand not in hands:
        return f"“{act.label}”由{move.hand.label}办理，不是本单位。"
    if act is FindingAct.RETURN and returns >= RETURNS_ALLOWED:
        return f"整改已退回过{RETURNS_ALLOWED}次。仍不到位的，请督办或报领导批示。"
    return ""
