"""What may be done with a cycle and a decision as each stands, and by whom, as two tables. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.domain.rhythm.rules.kinds import CycleState, DecisionState
from zhitong.kit.choices import Word

RETURNS_ALLOWED = 3


class Hand(Word):
    """Whose act it is."""

    OFFICE = "office", "召集单位"
    CALLED = "called", "参加单位"
    LEAD = "lead", "责任单位"
    JOINT = "joint", "配合单位"


class CycleAct(Word):
    """What is done in a cycle after it was opened."""

    ARRANGE = "arrange", "确定议程"
    GATHER = "gather", "重新汇集"
    ADD = "add", "增加议题"
    ASK = "ask", "提请列入议题"
    CALL = "call", "发会议通知"
    CHANGE = "change", "修改安排"
    RECORD = "record", "登记会议情况"
    PUBLISH = "publish", "印发纪要"
    FILE = "file", "归档"
    DROP = "drop", "取消会议"


class DecisionAct(Word):
    """What is done with a decision."""

    REPORT = "report", "报告进展"
    ANSWER = "answer", "报告已落实"
    CLOSE = "close", "核实办结"
    RETURN = "return", "退回续办"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a table: whose act it is, in which states, and what it leads to."""

    hands: frozenset[Hand]
    since: frozenset[Word]
    words: str


_C, _D = CycleState, DecisionState
_OFFICE = frozenset({Hand.OFFICE})
_BEFORE = frozenset({_C.PREPARING, _C.CALLED})
CYCLE_MOVES: dict[CycleAct, Move] = {
    CycleAct.CALL: Move(_OFFICE, frozenset({_C.PREPARING}), "参加单位随即收到通知，看到与本单位有关的议题。"),
    CycleAct.PUBLISH: Move(
        _OFFICE, frozenset({_C.HELD}), "纪要从此不能修改；参加单位收到纪要，责任单位收到决定事项，落实期限从现在起算。"),
    CycleAct.RECORD: Move(
        _OFFICE, _BEFORE | {_C.HELD}, "统计快照从此不再变化；决定事项在印发纪要之前可以修改，只有本单位看得到。"),
    CycleAct.FILE: Move(_OFFICE, frozenset({_C.PUBLISHED}), "没有落实的决定事项继续跟踪，自动列入下次会议的议题。"),
    CycleAct.ARRANGE: Move(_OFFICE, _BEFORE, "勾选的列入议程，按填写的次序排列；提请议题的单位随即知道结果。"),
    CycleAct.ADD: Move(_OFFICE, _BEFORE, "加在议程最后，次序可以再调整。"),
    CycleAct.GATHER: Move(_OFFICE, _BEFORE, "按现在的情况重新汇集议题和数字；手工增加的、已经取舍的不变。"),
    CycleAct.ASK: Move(frozenset({Hand.CALLED}), _BEFORE, "由召集单位确定是否列入。"),
    CycleAct.CHANGE: Move(_OFFICE, _BEFORE, "已经发出通知的，参加单位会再收到一次。"),
    CycleAct.DROP: Move(_OFFICE, _BEFORE, "写明原因；已经通知的单位随即知道。"),
}
DECISION_MOVES: dict[DecisionAct, Move] = {
    DecisionAct.ANSWER: Move(
        frozenset({Hand.LEAD}), frozenset({_D.OPEN, _D.RETURNED}), "由召集单位核实；附文件、照片作证。"),
    DecisionAct.REPORT: Move(
        frozenset({Hand.LEAD, Hand.JOINT}), frozenset({_D.OPEN, _D.RETURNED}), "记入落实情况，期限不变。"),
    DecisionAct.CLOSE: Move(_OFFICE, frozenset({_D.ANSWERED}), "核实无误，这一项办结。"),
    DecisionAct.RETURN: Move(_OFFICE, frozenset({_D.ANSWERED}), "写明还差什么，原期限不变。"),
}


def why_not(act: CycleAct | DecisionAct, state: CycleState | DecisionState, hands: frozenset[Hand], returns: int = 0) -> str:
    """Empty when one with these hands may act now; otherwise the reason in a sentence."""
    move = CYCLE_MOVES[act] if isinstance(act, CycleAct) else DECISION_MOVES[act]
    if state not in move.since:
        return f"现在是“{state.label}”，不能{act.label}。请刷新页面查看最新情况。"
    if not hands & move.hands:
        whose = "、".join(one.label for one in Hand if one in move.hands)
        return f"“{act.label}”由{whose}办理，不是本单位。"
    if act is DecisionAct.RETURN and returns >= RETURNS_ALLOWED:
        return f"已退回过{RETURNS_ALLOWED}次。仍没有落实的，请督办或列入下次会议议题。"
    return ""
