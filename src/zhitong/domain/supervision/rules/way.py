"""The way of a supervision as a table: which act leads from where to where, and whose it is. Pure.

drafted → issued → answered → accepted; once, an answer is returned with its reason and given anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.rules.directory import RegionEntry, UnitEntry
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.supervision.rules.kinds import SupervisionState
from zhitong.kit.choices import Word


class SupervisionAct(Word):
    """What is done with a supervision after it was drafted."""

    ISSUE = "issue", "签发"
    DISCARD = "discard", "作废草稿"
    ANSWER = "answer", "反馈"
    RETURN = "return", "退回重报"
    ACCEPT = "accept", "办结"


class Hand(Word):
    """Whose act it is."""

    ISSUER = "issuer", "督办单位"
    SUPERVISED = "supervised", "被督办单位"


@dataclass(frozen=True, slots=True)
class SupervisionMove:
    """One row of the table; `to` is None where the draft is gone afterwards. `words` say what it leads to."""

    act: SupervisionAct
    hand: Hand
    since: frozenset[SupervisionState]
    to: SupervisionState | None
    words: str


_S = SupervisionState
TABLE: tuple[SupervisionMove, ...] = (
    SupervisionMove(SupervisionAct.ISSUE, Hand.ISSUER, frozenset({_S.DRAFTED}), _S.ISSUED,
                    "签发时取号并开始计时，被督办单位随即收到。"),
    SupervisionMove(SupervisionAct.DISCARD, Hand.ISSUER, frozenset({_S.DRAFTED}), None, "草稿作废，不占用编号。"),
    SupervisionMove(SupervisionAct.ANSWER, Hand.SUPERVISED, frozenset({_S.ISSUED, _S.RETURNED}), _S.ANSWERED,
                    "反馈后由督办单位审核；问题本身仍按原时限办理。"),
    SupervisionMove(SupervisionAct.ACCEPT, Hand.ISSUER, frozenset({_S.ANSWERED}), _S.ACCEPTED,
                    "办结后督办结束；问题仍按自己的过程办理。"),
    SupervisionMove(SupervisionAct.RETURN, Hand.ISSUER, frozenset({_S.ANSWERED}), _S.RETURNED,
                    "只能退回一次，须写明还差什么，原到期时间不变。"),
)
MOVES = {move.act: move for move in TABLE}
RETURNS_ALLOWED = 1


@dataclass(frozen=True, slots=True)
class SupervisionStanding:
    """How a supervision stands, as its rules ask."""

    state: SupervisionState
    issuer_id: UUID
    unit_id: UUID
    returns: int


def why_not(act: SupervisionAct, standing: SupervisionStanding, unit_id: UUID | None, names: Mapping[UUID, str]) -> str | None:
    """None when the unit may act on the supervision now; otherwise the reason in a sentence."""
    move = MOVES[act]
    if standing.state not in move.since:
        return f"督办单现在是“{standing.state.label}”，不能{act.label}。请刷新页面查看最新情况。"
    turn = standing.issuer_id if move.hand is Hand.ISSUER else standing.unit_id
    if turn != unit_id:
        return f"“{act.label}”由{names.get(turn, move.hand.label)}办理，不是本单位。"
    if act is SupervisionAct.RETURN and standing.returns >= RETURNS_ALLOWED:
        return "反馈已退回过一次，不能再退。办到位的请办结；仍未办到的，请另发督办单。"
    return None


RUNNING = frozenset({SupervisionState.ISSUED, SupervisionState.RETURNED})
"""The states in which the limit of a supervision runs."""


def light_of_paper(
    state: SupervisionState, due_at: datetime | None, warn_at: datetime | None, answered_at: datetime | None, now: datetime
) -> Light:
    """The light: while its limit runs against now, afterwards against the first answer, which stays late if it was."""
    if state in RUNNING and answered_at is None:
        return light_of(due_at, warn_at, now)
    is_late = due_at is not None and answered_at is not None and answered_at > due_at
    return Light.OVERDUE if is_late or (state is SupervisionState.RETURNED and due_at and now > due_at) else Light.NONE


def number_of(unit: UnitEntry, region: RegionEntry, year: int, serial: int) -> str:
    """The number on the paper: 沧州市双创双服办督字〔2018〕1号."""
    named = unit.short if region.parent_id is None or region.short in unit.short else f"{region.short}{unit.short}"
    return f"{named}督字〔{year}〕{serial}号"
