"""How much of the upper paper the lower one covers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhitong.policy.comparing.words import TaskRelation

_SETTLED = frozenset({TaskRelation.MISSING, TaskRelation.LOCAL_ONLY})


@dataclass(frozen=True, slots=True)
class Covered:
    """How many tasks of the upper paper the lower one carries out, of how many."""

    covered: int
    total: int


def covered_of(found: Mapping[str, Any]) -> Covered:
    """The coverage that the reader tells; else counted from the lines with an upper task."""
    told = found.get("coverage")
    if told:
        return Covered(told["covered"], told["total"])
    upper = [line for line in found["tasks"] if line["upper"]]
    return Covered(sum(TaskRelation(line["relation"]) not in _SETTLED for line in upper), len(upper))
