"""What may be done with a piece as it stands, and by whom, as one table. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.domain.practices.rules.kinds import PUBLISHABLE, PieceKind, PieceState
from zhitong.kit.choices import Word


class PieceHand(Word):
    """Whose act it is."""

    WRITER = "writer", "报送单位"
    EDITOR = "editor", "本级活动办公室"


class PieceAct(Word):
    """What is done with a piece after it was submitted."""

    ADOPT = "adopt", "采用"
    RETURN = "return", "退回补充"
    REVISE = "revise", "补充后再报"
    EDIT = "edit", "修改文稿"
    PASS_OVER = "pass_over", "不采用"
    PUBLISH = "publish", "发布"
    USE = "use", "登记采用去向"
    SEND_UP = "send_up", "报上级"
    JOIN = "join", "关联问题"
    PART = "part", "取消关联"
    TAKE_DOWN = "take_down", "撤下"
    WITHDRAW = "withdraw", "撤回"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: whose act it is, in which states of each hand, and what it leads to."""

    hands: dict[PieceHand, frozenset[PieceState]]
    words: str


_S, _W, _E = PieceState, PieceHand.WRITER, PieceHand.EDITOR
_OPEN = frozenset({_S.SUBMITTED, _S.RETURNED})
_KEPT = frozenset({_S.ADOPTED, _S.PUBLISHED})
MOVES: dict[PieceAct, Move] = {
    PieceAct.ADOPT: Move({_E: frozenset({_S.SUBMITTED})}, "采用后进入本期简报的备选，报送单位随即看到；用在哪里另行登记。"),
    PieceAct.RETURN: Move({_E: frozenset({_S.SUBMITTED})}, "退回报送单位，写明还要补充什么；补充后再报。"),
    PieceAct.REVISE: Move({_W: frozenset({_S.RETURNED})}, "再报本级活动办公室审核，原来的稿子留存。"),
    PieceAct.EDIT: Move({_E: frozenset({_S.SUBMITTED, _S.ADOPTED})}, "保存为新的一稿，报送单位的原稿和以前各稿都留存。"),
    PieceAct.PASS_OVER: Move({_E: frozenset({_S.SUBMITTED})}, "报送单位随即看到没有采用和原因。"),
    PieceAct.PUBLISH: Move({_E: frozenset({_S.ADOPTED})}, "发布后本辖区全体工作人员都能查阅，并列在同类问题旁边。"),
    PieceAct.USE: Move({_E: _KEPT}, "计入报送单位的采用情况。"),
    PieceAct.SEND_UP: Move({_E: _KEPT}, "以本办公室名义报上级；上级采用后自动登记。"),
    PieceAct.JOIN: Move({_W: _OPEN, _E: frozenset({_S.SUBMITTED, _S.ADOPTED})}, "关联后，能看到该问题的人在问题页上也能看到这篇稿件。"),
    PieceAct.PART: Move({_W: _OPEN, _E: frozenset({_S.SUBMITTED, _S.ADOPTED})}, "取消后问题页上不再列出这篇稿件。"),
    PieceAct.TAKE_DOWN: Move({_E: frozenset({_S.PUBLISHED})}, "撤下后辖区其他单位不再看到，可以修改后重新发布。"),
    PieceAct.WITHDRAW: Move({_W: _OPEN}, "撤回后不再审核，不计入报送数。"),
}
"""The acts in the order in which a page offers them."""


def why_not(act: PieceAct, kind: PieceKind, state: PieceState, hands: frozenset[PieceHand]) -> str:
    """Empty when one with these hands may act now; otherwise the reason in a sentence."""
    move = MOVES[act]
    if act in (PieceAct.PUBLISH, PieceAct.TAKE_DOWN) and kind not in PUBLISHABLE:
        return f"{kind.label}不发布；采用后请登记采用去向。"
    if not any(state in since for since in move.hands.values()):
        return f"稿件现在是“{state.label}”，不能{act.label}。请刷新页面查看最新情况。"
    mine = [since for hand, since in move.hands.items() if hand in hands]
    if any(state in since for since in mine):
        return ""
    whose = "、".join(hand.label for hand, since in move.hands.items() if state in since)
    return f"“{act.label}”现在由{whose}办理，不是本单位。"
