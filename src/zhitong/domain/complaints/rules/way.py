"""The way of a complaint as a table: which act is possible from where, and whose it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.complaints.rules.kinds import Act, Part, State


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: the complainant's act or the holder's, possible in these states; `words` say what follows."""

    act: Act
    by_complainant: bool
    since: frozenset[State]
    words: str


TABLE: tuple[Move, ...] = (
    Move(Act.ACKNOWLEDGE, False, frozenset({State.SENT, State.REFERRED}), "签收后投诉人会看到已由本单位办理。"),
    Move(Act.NOTIFY, False, frozenset({State.HANDLING, State.ASKED}), "告知后办理结束；投诉人只看到这里写的结果。"),
    Move(Act.ASK, False, frozenset({State.HANDLING}), "只能请投诉人补充一次；隐名的，系统转达，不透露是谁。时限不停。"),
    Move(Act.REFER, False, frozenset({State.HANDLING, State.ASKED}),
         "移送给系统内机构的，由其签收并告知结果；凭函移送系统外机关的，仍由本单位告知投诉人。"),
    Move(Act.SUPPLY, True, frozenset({State.ASKED}), "补充后继续办理。"),
)
MOVES: dict[Act, Move] = {move.act: move for move in TABLE}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a complaint stands, as acts ask."""

    id: UUID
    number: str
    campaign: str
    state: State
    holder_id: UUID
    accused_unit_id: UUID | None
    accused_region_id: UUID
    asks: int
    submitted_at: datetime
    last_at: datetime
    notify_due_at: datetime
    notify_warn_at: datetime


def why_not(act: Act, standing: Standing, unit_id: UUID | None, parts: Collection[Part]) -> str | None:
    """Why a unit that takes part in these ways may not do an act now, as a sentence; None when it may."""
    move = MOVES[act]
    if move.by_complainant and Part.COMPLAINANT not in parts:
        return "补充情况只能由投诉人来做。"
    if not move.by_complainant and unit_id != standing.holder_id:
        return "这件密封件现在不由本单位办理，本单位只能查看。"
    if standing.state not in move.since:
        return f"这件密封件现在是“{standing.state.label}”，不能{act.label}。请刷新页面查看现在的情况。"
    if act is Act.ASK and standing.asks:
        return "已请投诉人补充过一次，不能再次要求。请移送，或者告知结果。"
    return None
