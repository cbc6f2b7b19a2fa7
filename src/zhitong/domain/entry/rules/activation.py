"""How many have come: counted per unit, for this month, ever, and never. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhitong.domain.entry.rules.kinds import Presence


@dataclass(frozen=True, slots=True)
class Activation:
    """How far the units of a place have come. Source: R-A2."""

    by_presence: Mapping[Presence, int]

    @property
    def total(self) -> int:
        """All units."""
        return sum(self.by_presence.values())

    @property
    def opened(self) -> int:
        """Units of which somebody has ever signed in."""
        return self.total - self.never

    @property
    def this_month(self) -> int:
        """Units of which somebody has signed in this month."""
        return self.by_presence.get(Presence.THIS_MONTH, 0)

    @property
    def never(self) -> int:
        """Units of which nobody has ever signed in."""
        return self.by_presence.get(Presence.NEVER, 0)

    @property
    def rate(self) -> Decimal | None:
        """Activation rate: opened ÷ all, 0 to 1; None where there is nobody to come."""
        return Decimal(self.opened) / self.total if self.total else None


def together(parts: list[Activation]) -> Activation:
    """Several places as one."""
    found = dict.fromkeys(Presence, 0)
    for part in parts:
        for presence, count in part.by_presence.items():
            found[presence] += count
    return Activation(found)
