"""The way of an edition as a table: which act leads from where to where, and whose it is. Pure.

drafting → checking → to sign → issued; or dropped. A correction is signed without a check of figures: it is one's answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import CheckState, EditionState
from zhitong.kit.choices import Word


class EditionAct(Word):
    """What the office does with an edition."""

    EDIT = "edit", "修改文稿"
    REDRAW = "redraw", "重新统计"
    CHECK = "check", "送数据核对"
    SUBMIT = "submit", "送签发"
    RETURN = "return", "退回修改"
    ISSUE = "issue", "签发"
    CORRECT = "correct", "更正"
    DROP = "drop", "作废文稿"


@dataclass(frozen=True, slots=True)
class EditionMove:
    """One row of the table; `to` is None where the state stays. `words` say what the act leads to."""

    act: EditionAct
    since: frozenset[EditionState]
    to: EditionState | None
    words: str


_S = EditionState
_BEFORE = frozenset({_S.DRAFTING, _S.CHECKING})
TABLE: tuple[EditionMove, ...] = (
    EditionMove(EditionAct.CHECK, frozenset({_S.DRAFTING}), _S.CHECKING,
                "点到的每个单位随即收到，一个工作日内确认或者提出异议；各单位只看到自己的数和平均数。"),
    EditionMove(EditionAct.SUBMIT, _BEFORE, _S.TO_SIGN, "逾期没有反馈的，如实记为“逾期未反馈”。"),
    EditionMove(EditionAct.ISSUE, frozenset({_S.TO_SIGN}), _S.ISSUED,
                "签发时取号，文稿和数字从此不再改动；发现差错另发更正函。"),
    EditionMove(EditionAct.EDIT, _BEFORE, None, "数字由系统统计，文字可以改；数字的位置用【数:名称】表示。"),
    EditionMove(EditionAct.REDRAW, _BEFORE, None, "按同一截止时间重新统计；数字有变化的单位重新核对，已改的文字不动。"),
    EditionMove(EditionAct.RETURN, frozenset({_S.TO_SIGN, _S.CHECKING}), _S.DRAFTING, "退回起草，改后须重新送数据核对。"),
    EditionMove(EditionAct.CORRECT, frozenset({_S.ISSUED}), None, "另起草一份更正函，单独编号，原件一字不动。"),
    EditionMove(EditionAct.DROP, frozenset({_S.DRAFTING, _S.CHECKING, _S.TO_SIGN}), _S.DROPPED, "文稿作废，没有取号，不占用编号。"),
)
MOVES: Mapping[EditionAct, EditionMove] = {move.act: move for move in TABLE}


@dataclass(frozen=True, slots=True)
class Asked:
    """How one unit's check stands, as the rules ask."""

    state: CheckState
    due_at: datetime


@dataclass(frozen=True, slots=True)
class EditionStanding:
    """How an edition stands, as its rules ask; `names_units` tells whether any figure is a single unit's."""

    kind: PaperKind
    state: EditionState
    unit_id: UUID
    checks: tuple[Asked, ...] = ()
    names_units: bool = True


def why_not(act: EditionAct, standing: EditionStanding, unit_id: UUID | None, now: datetime) -> str | None:
    """None when the unit may act on the edition now; otherwise the reason in a sentence with the way on."""
    if standing.unit_id != unit_id:
        return f"“{act.label}”由编发单位办理，不是本单位。对数字有异议的，请在“请本单位核对”里提出。"
    if standing.state not in MOVES[act].since:
        return f"文稿现在是“{standing.state.label}”，不能{act.label}。请刷新页面查看最新情况。"
    is_correction = standing.kind is PaperKind.CORRECTION
    if is_correction and act in (EditionAct.CHECK, EditionAct.REDRAW, EditionAct.CORRECT):
        return "更正函说的是已印发文件中的一个数，不再统计，也不另行核对；改好后直接送签发。"
    if act is EditionAct.CHECK and not standing.names_units:
        return "这一期没有点到具体单位的数，不用送数据核对，改好后直接送签发。"
    return why_not_to_sign(standing, now) if act is EditionAct.SUBMIT and standing.names_units else None


def why_not_to_sign(standing: EditionStanding, now: datetime) -> str | None:
    """Why figures are not checked yet: not asked, an objection without an answer, or a unit that still has time."""
    if standing.state is EditionState.DRAFTING:
        return "数字还没有核对。请先送数据核对，给每个单位一个工作日。"
    objected = sum(one.state is CheckState.OBJECTED for one in standing.checks)
    if objected:
        return f"还有 {objected} 个单位的异议没有答复。请逐一采纳或者说明理由后再送签发。"
    waiting = [one for one in standing.checks if one.state is CheckState.ASKED and now <= one.due_at]
    if waiting:
        return f"还有 {len(waiting)} 个单位在核对期限内没有反馈。请等其反馈，或者期限届满后再送签发。"
    return None


def why_not_answer(state: CheckState, edition: EditionState) -> str | None:
    """Why a unit cannot confirm or object; a unit that was silent may still object after the paper went out."""
    if edition is EditionState.ISSUED:
        return "这一期的异议已经提出，等编发单位答复。" if state is CheckState.OBJECTED else None
    if edition is not EditionState.CHECKING:
        return f"文稿现在是“{edition.label}”，不在核对期内。请等编发单位重新送核对。"
    return None if state is CheckState.ASKED else f"本单位已答复“{state.label}”。如有变化，请联系编发单位。"


def silent(checks: Iterable[tuple[UUID, Asked]], now: datetime) -> list[UUID]:
    """Those whose time is over without a word."""
    return [id_ for id_, one in checks if one.state is CheckState.ASKED and now > one.due_at]
