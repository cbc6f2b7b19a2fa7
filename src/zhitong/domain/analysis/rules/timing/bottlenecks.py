"""Where things are held up: a unit in a state, held against its like: the same state at the same level. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.analysis.rules.timing.activities import HELD_BY_A_UNIT
from zhitong.domain.analysis.rules.timing.figures import Length, Standing
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import State

LEAST_TIMES = 5
"""From so many times on a median says something about a unit."""
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A unit in a state that takes longer than its like, or goes past limits.

    `like` is the median of all units in the state at the level; `excess` how many working minutes the times of the period
    come to beyond it.
    """

    unit_id: UUID
    state: State
    rank: Rank
    length: Length
    like: int
    excess: int
    standing: Standing


def bottlenecks(
    lengths: Mapping[tuple[UUID, State, Rank], Length], like: Mapping[tuple[State, Rank], Length],
    standing: Mapping[tuple[UUID, State], Standing], named: Iterable[UUID],
) -> list[Bottleneck]:
    """The worst of the units one may name, the largest excess first; at most SHOWN.

    A unit with fewer than LEAST_TIMES times is left out: one slow case is a case, not a bottleneck.
    """
    may_name = set(named)
    found = [
        _bottleneck(unit_id, state, rank, length, like[state, rank], standing.get((unit_id, state), Standing()))
        for (unit_id, state, rank), length in lengths.items()
        if unit_id in may_name and state in HELD_BY_A_UNIT and length.times >= LEAST_TIMES
    ]
    held_up = [one for one in found if one.excess > 0 or one.length.late]
    return sorted(held_up, key=lambda one: (-one.excess, -one.length.late, one.unit_id, one.state.value))[:SHOWN]


def _bottleneck(unit_id: UUID, state: State, rank: Rank, length: Length, like: Length, standing: Standing) -> Bottleneck:
    beyond = (length.median or 0) - (like.median or 0)
    return Bottleneck(unit_id, state, rank, length, like.median or 0, max(0, beyond) * length.times, standing)
