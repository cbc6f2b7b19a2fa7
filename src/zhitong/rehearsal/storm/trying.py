"""What a try of an act is made of: what does it, the step it wants, and what chance lets be said in it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from zhitong.domain.problems.actions.running import Step
from zhitong.domain.problems.rules.standing import Standing

WORDS = ("已协商", "夜间仍限电", "按规定办理", "请按意见落实", "现场已核实")


@dataclass(frozen=True, slots=True)
class Chance:
    """What a try may draw from: chance itself, units that may be named, other problems, and the day it is."""

    random: Random
    units: Sequence[UUID]
    problems: Sequence[UUID]
    today: date

    def words(self) -> str:
        """Something said."""
        return self.random.choice(WORDS)

    def unit(self) -> UUID:
        """A unit, sensible or not."""
        return self.random.choice(self.units)

    def maybe(self, value: Any) -> Any:
        """A value or nothing."""
        return value if self.random.random() < 0.5 else None


@dataclass(frozen=True, slots=True)
class Try:
    """One act as it is tried: what does it, the step it wants, and the values of the step beside problem, actor, now."""

    do: Callable[[Sequence[Any]], list[Standing]]
    step: type[Step]
    say: Callable[[Chance], dict[str, Any]]


def nothing(_chance: Chance) -> dict[str, Any]:
    """An act that says nothing."""
    return {}


def said(*names: str) -> Callable[[Chance], dict[str, Any]]:
    """An act that says something under each name."""
    return lambda chance: {name: chance.words() for name in names}
