"""Which task of the lower paper carries out which of the upper one: by title, words and what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from zhitong.policy.ground.likeness import Rarity, sameness, thing_named
from zhitong.policy.ground.lists import core
from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Task

SURE = 0.25
FAINT = 0.16
SAME_MEASURE = 0.75
LONG_THING = 5
PART_OF_TITLE = 0.5
WEIGHTS = (0.55, 0.35, 0.1)


@dataclass(frozen=True)
class Bond:
    """How strongly two tasks belong together, 0 … 1, and the share of each title that stands in the other."""

    upper: Task
    lower: Task
    strength: float
    title: float
    upper_title_kept: float
    lower_title_kept: float


@dataclass(frozen=True)
class Links:
    """Ids that belong together, and bonds too weak to be told from chance."""

    pairs: frozenset[tuple[str, str]]
    faint: tuple[Bond, ...]


def links_between(upper: Ground, lower: Ground) -> Links:
    """One to one by falling strength first; then what is left joins a partner whose title or measure holds it."""
    bonds = _bonds(upper, lower)
    pairs: set[tuple[str, str]] = set()
    for bond in bonds:
        if bond.strength >= SURE and not _is_taken(pairs, bond):
            pairs.add((bond.upper.id, bond.lower.id))
    joined = {pair for pair in (_joining(bond, pairs) for bond in bonds) if pair}
    held_upper, held_lower = {one for one, _ in pairs | joined}, {other for _, other in pairs | joined}
    faint = tuple(
        bond for bond in bonds if bond.strength >= FAINT and bond.upper.id not in held_upper and bond.lower.id not in held_lower
    )  # fmt: skip
    return Links(frozenset(pairs | joined), faint)


def _bonds(upper: Ground, lower: Ground) -> list[Bond]:
    """Every pair with anything in common, strongest first; ties in order of the texts."""
    words = {(ground, task.id): ground.body(task) for ground in (upper, lower) for task in ground.works}
    rarity = Rarity([core(task.title) + words[ground, task.id] for ground in (upper, lower) for task in ground.works])
    bonds = []
    for one, other in product(upper.works, lower.works):
        kept = (
            rarity.contained(core(one.title), core(other.title)),
            rarity.contained(core(other.title), core(one.title)),
        )
        title = max(rarity.likeness(core(one.title), core(other.title)), 0.8 * max(kept))
        body = rarity.likeness(words[upper, one.id], words[lower, other.id])
        if title < FAINT and body < 0.08:
            continue
        measure = _measure(upper, one, lower, other)
        strength = sum(weight * part for weight, part in zip(WEIGHTS, (title, body, measure), strict=True))
        if measure >= SAME_MEASURE and body >= 0.08:
            strength = max(strength, SURE)
        bonds.append(Bond(one, other, strength, title, *kept))
    return sorted(bonds, key=lambda bond: (-bond.strength, bond.upper.start, bond.lower.start))


def _measure(upper: Ground, one: Task, lower: Ground, other: Task) -> float:
    """The best likeness of a thing both measure in the same unit; things of few signs prove nothing."""
    return max(
        (
            sameness(left, right) for left in upper.measured(one) for right in lower.measured(other)
            if left.unit == right.unit and min(len(thing_named(left.name)), len(thing_named(right.name))) >= LONG_THING
        ),
        default=0.0,
    )  # fmt: skip


def _is_taken(pairs: set[tuple[str, str]], bond: Bond) -> bool:
    return any(bond.upper.id == one or bond.lower.id == other for one, other in pairs)


def _joining(bond: Bond, pairs: set[tuple[str, str]]) -> tuple[str, str] | None:
    """A left-over task beside the one that is taken: split if its title is part of the upper one, merged the other way."""
    upper_is_free = not any(bond.upper.id == one for one, _ in pairs)
    lower_is_free = not any(bond.lower.id == other for _, other in pairs)
    if upper_is_free == lower_is_free or bond.strength < SURE:
        return None
    kept = bond.upper_title_kept if upper_is_free else bond.lower_title_kept
    return (bond.upper.id, bond.lower.id) if kept >= PART_OF_TITLE else None


def joined(links: Links, upper: Sequence[Task], lower: Sequence[Task]) -> dict[str, tuple[Task, ...]]:
    """Per upper id its lower tasks in order of the text."""
    return {one.id: tuple(other for other in lower if (one.id, other.id) in links.pairs) for one in upper}
