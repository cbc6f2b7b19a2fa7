"""How alike two texts are: the share of neighbouring characters they have in common. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

LEAST = 0.12
"""Below this two matters only share the language they are written in."""

T = TypeVar("T")


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, punctuation and spaces left out."""
    said = "".join(one for one in text if one.isalnum())
    return frozenset(said[at:at + 2] for at in range(len(said) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of pairs in common, 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def most_alike(text: str, others: Sequence[tuple[T, str]], most: int) -> list[T]:
    """The things whose texts are most like a text, the likest first; those hardly alike are left out."""
    own = pairs_of(text)
    measured = [(likeness(own, pairs_of(said)), -place, thing) for place, (thing, said) in enumerate(others)]
    alike = sorted((one for one in measured if one[0] >= LEAST), key=lambda one: one[:2], reverse=True)
    return [thing for _share, _place, thing in alike[:most]]
