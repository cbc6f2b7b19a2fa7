"""The phases that overviews count: states put together so that they add up to all that was reported. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.choices import Word


class Phase(Word):
    """How far a matter has come, as an overview tells it; every state belongs to one phase."""

    WAITING = "waiting", "待受理交办"
    HANDLING = "handling", "办理中"
    PARKED = "parked", "挂账"
    ANSWERED = "answered", "已答复待确认"
    REVIEW = "review", "不满意复核中"
    CLOSED = "closed", "已销号"
    ENDED = "ended", "其他方式结束"


STATES_OF: Mapping[Phase, tuple[State, ...]] = {
    Phase.WAITING: (State.SUBMITTED, State.ASKED, State.ACCEPTED),
    Phase.HANDLING: (State.DISPATCHED, State.HANDLING, State.PAUSED, State.PROPOSED),
    Phase.PARKED: (State.PARKED,),
    Phase.ANSWERED: (State.RETURNING, State.ANSWERED, State.CONFIRMED),
    Phase.REVIEW: (State.REVIEW, State.OBJECTED),
    Phase.CLOSED: (State.CLOSED,),
    Phase.ENDED: (State.DECLINED, State.MERGED, State.WITHDRAWN, State.ENDED),
}
PHASE_OF: Mapping[State, Phase] = {state: phase for phase, states in STATES_OF.items() for state in states}


class Dimension(Word):
    """What an overview may be divided by."""

    CATEGORY = "category", "类别"
    KIND = "kind", "服务对象"
    LEVEL = "level", "所在层级"
    LINE = "line", "条线"
    REGION = "region", "地区"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many problems stand in each phase, and how many of the open ones are late or nearly so."""

    by_phase: Mapping[Phase, int] = field(default_factory=dict)
    overdue: int = 0
    soon: int = 0

    def of(self, phase: Phase) -> int:
        """The problems of one phase."""
        return self.by_phase.get(phase, 0)

    @property
    def reported(self) -> int:
        """All that was reported and does not count as confidential."""
        return sum(self.by_phase.values())

    @property
    def unsettled(self) -> int:
        """What is not closed, declined or ended."""
        return self.reported - self.of(Phase.CLOSED) - self.of(Phase.ENDED)

    def without(self, parts: Iterable[Numbers]) -> Numbers:
        """What is left when the numbers of the parts are taken away."""
        others = list(parts)
        left = {phase: self.of(phase) - sum(one.of(phase) for one in others) for phase in Phase}
        return Numbers(
            left, self.overdue - sum(one.overdue for one in others), self.soon - sum(one.soon for one in others)
        )


def numbers_of(by_state: Iterable[tuple[State, int]], overdue: int = 0, soon: int = 0) -> Numbers:
    """Counts by state as numbers by phase."""
    found = dict.fromkeys(Phase, 0)
    for state, count in by_state:
        found[PHASE_OF[state]] += count
    return Numbers(found, overdue, soon)
