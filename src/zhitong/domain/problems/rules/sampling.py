"""Drawing a sample that anybody can draw again: the seed is told, and the order follows from it alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from zhitong.domain.problems.rules.kinds import CheckKind

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Share:
    """How much of something is looked at again: so many of a hundred, and never fewer than `at_least`."""

    kind: CheckKind
    per_hundred: int
    at_least: int = 1

    def of(self, count: int) -> int:
        """How many of `count` are drawn, rounded up."""
        return min(count, max(self.at_least, -(-count * self.per_hundred // WHOLE)))


def seed_of(campaign: str, month: date, place: str) -> str:
    """The seed of a month's sample in a place (a region's code), in words that a report can print."""
    return f"{campaign}/{month:%Y-%m}/{place}"


def drawn(seed: str, ids: Iterable[UUID], share: Share) -> list[UUID]:
    """What is drawn of `ids`: those first in the order of the digest of seed and id, however the ids come."""
    found = set(ids)
    return sorted(found, key=lambda one: (_digest(seed, one), one))[: share.of(len(found))]


def _digest(seed: str, one: UUID) -> str:
    return sha256(f"{seed}:{one}".encode()).hexdigest()
