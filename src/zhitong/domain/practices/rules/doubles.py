"""Which pieces tell the same: alike in title or in text, by the likeness that problems are compared by. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from zhitong.domain.problems.rules.likeness import likeness, pairs_of

LEAST_OF_DOUBLES = 0.5
"""From so much in common of title or text a piece is taken for a double: what is proposed to a person, who decides."""
SHOWN = 3
COMPARED_SIGNS = 600
"""So much of each text is compared: news is told in its first lines."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Double(Generic[T]):
    """Something told before, and how much of it is the same, 0 to 1."""

    thing: T
    share: float


def doubles_of(title: str, text: str, others: Iterable[tuple[T, str, str]]) -> list[Double[T]]:
    """Those of (thing, title, text) that tell the same, the likest first, of equal ones in the order given; at most SHOWN."""
    own_title, own_text = pairs_of(title), pairs_of(text[:COMPARED_SIGNS])
    measured = (
        Double(thing, max(likeness(own_title, pairs_of(its_title)), likeness(own_text, pairs_of(its_text[:COMPARED_SIGNS]))))
        for thing, its_title, its_text in others
    )
    return sorted((one for one in measured if one.share >= LEAST_OF_DOUBLES), key=lambda one: -one.share)[:SHOWN]
