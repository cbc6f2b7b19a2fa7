"""A second population, drawn blind to tiers: sizes as they fall, not as the plan counts them; for tests of the quotas.

As many enterprises of each kind as the plan helps, but their revenues spread evenly in order of magnitude across all
thresholds, some unknown, and qualifications given by chance. Pure; the same seed gives the same population.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tiering.rules.standards import threshold_of
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.population.inventing import TEN_THOUSAND, Invented

UNTOLD = 0.02
"""How many of a hundred tell no revenue."""
BELOW, ABOVE = 2, 4
"""How far below the lowest threshold and above the highest one revenues reach, as factors."""
MARKED = 0.5
"""How likely a qualification is borne."""


def blindly(population: Sequence[Invented], rules: Sequence[TierRule], *, seed: object) -> list[Invented]:
    """The same names and places with sizes and qualifications that know nothing of tiers; others stay as they are."""
    draw = chance("blind", seed)
    return [_drawn(one, [rule for rule in rules if rule.kind is one.kind], draw) for one in population]


def _drawn(one: Invented, rules: Sequence[TierRule], draw: random.Random) -> Invented:
    mine = [rule for rule in rules if rule.sub_kind in ("", one.sub_kind)]
    if not mine:
        return one
    over = [found for rule in mine if (found := threshold_of(rule)) is not None]
    if over:
        return replace(one, revenue_cny=_revenue(min(over) / BELOW, max(over) * ABOVE, draw), marks=frozenset())
    marks = frozenset(mark for mark in sorted(_marks(mine)) if draw.random() < MARKED)
    return replace(one, marks=marks)


def _revenue(lowest: float, highest: float, draw: random.Random) -> int | None:
    """An amount in whole 万元, every order of magnitude being as likely as any other; sometimes none."""
    if draw.random() < UNTOLD:
        return None
    return int(lowest * (highest / lowest) ** draw.random()) // TEN_THOUSAND * TEN_THOUSAND


def _marks(rules: Sequence[TierRule]) -> Iterator[str]:
    yield from {part.mark for rule in rules for part in rule.conditions if part.mark}
