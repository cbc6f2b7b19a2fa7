"""Measures that cannot be flattered, and places among one's like. Pure.

On time is what was answered within the first limit, and stayed answered, of all whose first limit fell in the time; solved,
what the reporter confirmed or what was closed off as solved, of the same; rated of asked stands beside satisfied of rated.
Whoever had no case has 无, neither 100 nor 0; who had few has no place. Source: DESIGN Assessment, R-H9, 冀发〔2018〕7号 四（三）.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

LEAST_CASES = 5
"""With fewer cases than this a share says little about a unit: it is told and not ranked."""
NONE, FEW = "无", "样本少"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of a place or a unit: fell due, on time, solved; asked to rate, rated, satisfied."""

    due: int = 0
    on_time: int = 0
    solved: int = 0
    asked: int = 0
    rated: int = 0
    satisfied: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.due + other.due, self.on_time + other.on_time, self.solved + other.solved, self.asked + other.asked,
            self.rated + other.rated, self.satisfied + other.satisfied,
        )


@dataclass(frozen=True, slots=True)
class Contender:
    """One of those ranked together: its name, the region or unit that was counted, the unit that answers for the figures."""

    code: str
    name: str
    counted_id: UUID
    unit_id: UUID | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Placed:
    """A contender with its place (None: no place, for want of cases); equals share a place."""

    contender: Contender
    place: int | None

    @property
    def place_words(self) -> str:
        """The place as printed."""
        if self.place is not None:
            return str(self.place)
        return FEW if self.contender.counts.due else "—"


@dataclass(frozen=True, slots=True)
class Standings:
    """Contenders of one kind: placed ones first in order, then those with few cases, then those with none; and all together."""

    placed: tuple[Placed, ...]
    whole: Counts

    @property
    def ranked(self) -> int:
        """How many have a place."""
        return sum(one.place is not None for one in self.placed)


def share(part: int, whole: int) -> Decimal | None:
    """A share in per cent to one decimal; None of nothing."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def share_words(part: int, whole: int) -> str:
    """A share as printed: 92.3%, or 无 where there was no case."""
    found = share(part, whole)
    return NONE if found is None else f"{found}%"


def standings(contenders: Iterable[Contender]) -> Standings:
    """Rank by what was on time, then by what was solved; whoever had fewer than LEAST_CASES is told without a place."""
    rows = sorted(contenders, key=lambda one: one.code)
    enough = sorted((one for one in rows if one.counts.due >= LEAST_CASES), key=_worth, reverse=True)
    worths = [_worth(one) for one in enough]
    placed = [Placed(one, 1 + worths.index(_worth(one))) for one in enough]
    few = [Placed(one, None) for one in sorted(rows, key=lambda one: (-one.counts.due, one.code)) if one.counts.due < LEAST_CASES]
    return Standings((*placed, *few), sum((one.counts for one in rows), Counts()))


def _worth(one: Contender) -> tuple[Decimal, Decimal]:
    """What a contender is ranked by, of the exact shares: rounding makes no equals."""
    due = Decimal(one.counts.due)
    return Decimal(one.counts.on_time) / due, Decimal(one.counts.solved) / due


def first_names(placed: Sequence[Placed], least: int) -> list[str]:
    """The names of those on the first places, where at least so many have one."""
    ranked = [one for one in placed if one.place is not None]
    return [one.contender.name for one in ranked if one.place is not None and one.place <= 3] if len(ranked) >= least else []
