"""Who might look after those without anybody: continuity first, then the nearest and the least burdened. Pure.

The same question has the same answer: nothing is drawn by lot, ties fall by name. A person looks before anything is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import TypeVar

Key = tuple[str, str]
"""A carer: the code of the caring unit and the name of the lead official."""
Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Need:
    """One without anybody, in words that carers can be compared by; `before` is who looked after it last."""

    id: str
    kind: str
    industry: str
    region: str
    before: Key | None = None


@dataclass(slots=True)
class Carer:
    """A lead official of a unit, with what he looks after now by kind, industry and place."""

    key: Key
    load: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    industries: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A carer for a need, with the reason in words; no key where nobody fits."""

    need_id: str
    key: Key | None
    reason: str


NOBODY_THERE = "本级还没有分包领导，请先为一户手工指定。"


def share_out(needs: Sequence[Need], carers: Sequence[Carer]) -> list[Proposal]:
    """A carer for every need, in the order of the needs; loads stay within what an even share allows.

    Who looked after one before gets it again whatever he carries. Units that look after the same kind come before others.
    """
    if not carers:
        return [Proposal(one.id, None, NOBODY_THERE) for one in needs]
    standing = {one.key: Carer(one.key, one.load, one.kinds.copy(), one.industries.copy(), one.regions.copy()) for one in carers}
    left = Counter(one.kind for one in needs)
    proposals = []
    for need in needs:
        fitting = _fitting(need, list(standing.values()))
        even = (sum(one.load for one in fitting) + left[need.kind]) / len(fitting)
        left[need.kind] -= 1
        known = standing.get(need.before) if need.before else None
        chosen = known or _best(need, fitting, even)
        reason = f"此前由他分包，保持连续；现分包{chosen.load}户。" if known else _why(need, chosen, even)
        chosen.load += 1
        chosen.kinds[need.kind] += 1
        chosen.industries[need.industry] += 1
        chosen.regions[need.region] += 1
        proposals.append(Proposal(need.id, chosen.key, reason))
    return proposals


def _fitting(need: Need, carers: Sequence[Carer]) -> list[Carer]:
    """Those of the units that look after the same kind already; everybody where none does."""
    units = {one.key[0] for one in carers if one.kinds[need.kind]}
    return [one for one in carers if one.key[0] in units] or list(carers)


def _best(need: Need, fitting: Sequence[Carer], even: float) -> Carer:
    """Of those with room: same place, same industry, the fewest, the first by name."""
    roomy = [one for one in fitting if one.load < ceil(even)] or fitting
    lightest = min(one.load for one in roomy)
    return min(roomy, key=lambda one: (
        -min(one.regions[need.region], 1), -min(one.industries[need.industry], 1) if need.industry else 0,
        one.load - lightest, one.key,
    ))


def _why(need: Need, chosen: Carer, even: float) -> str:
    near = []
    if chosen.regions[need.region]:
        near.append(f"同一地方已分包{chosen.regions[need.region]}户")
    if need.industry and chosen.industries[need.industry]:
        near.append(f"同行业已分包{chosen.industries[need.industry]}户")
    if not near and chosen.kinds[need.kind]:
        near.append(f"同类对象已分包{chosen.kinds[need.kind]}户")
    near.append(f"现分包{chosen.load}户，{'低于' if chosen.load < even else '不低于'}同类单位人均{even:.1f}户")
    return "；".join(near) + "。"
