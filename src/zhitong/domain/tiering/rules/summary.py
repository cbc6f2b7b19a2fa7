"""What a kept run says at a glance, as JSON: its lines against their quotas, its conflicts, its moves. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace
from zhitong.domain.tiering.rules.running import Line, Outcome, decided_at
from zhitong.domain.tiering.rules.standards import QuotaLine, Standard

Transition = tuple[Rank | None, Rank | None]


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in figures: how many were judged and got a tier, the lines, the conflicts, the moves by (from, to)."""

    judged: int
    total: int
    lines: tuple[Line, ...]
    conflicts: Mapping[Conflict, int]
    places: Mapping[QuotaPlace, int]
    moves: Mapping[Transition, int]

    def decided_by(self, rank: Rank | None) -> int:
        """How many of the moves a level decides."""
        return sum(count for (before, after), count in self.moves.items() if decided_at(before, after) is rank)


def summary_of(outcome: Outcome) -> Summary:
    """An outcome in figures."""
    moves = Counter((one.candidate.tier, one.tier) for one in outcome.judged if one.is_move)
    places = Counter(one.place for one in outcome.judged if one.place)
    return Summary(len(outcome.judged), outcome.total, outcome.lines, outcome.conflicts, places, moves)


def kept_form(summary: Summary) -> dict[str, Any]:
    """The summary as JSON; the numbers of the quotas stand in the run's standard."""
    return {
        "judged": summary.judged, "total": summary.total,
        "lines": {line.quota.key: [line.given, line.standing] for line in summary.lines},
        "conflicts": {str(word): count for word, count in summary.conflicts.items()},
        "places": {str(word): count for word, count in summary.places.items()},
        "moves": [[str(before or ""), str(after or ""), count] for (before, after), count in summary.moves.items()],
    }


def read_summary(kept: Mapping[str, Any], standard: Standard) -> Summary:
    """The summary that was kept, with the quotas of its standard."""
    return Summary(
        kept["judged"], kept["total"], tuple(_line(one, kept["lines"]) for one in standard.quotas),
        {Conflict(word): count for word, count in kept["conflicts"].items()},
        {QuotaPlace(word): count for word, count in kept["places"].items()},
        {(_rank(before), _rank(after)): count for before, after, count in kept["moves"]},
    )


def _line(quota: QuotaLine, kept: Mapping[str, list[int]]) -> Line:
    given, standing = kept.get(quota.key, [0, 0])
    return Line(quota, given, standing)


def _rank(word: str) -> Rank | None:
    return Rank(word) if word else None
