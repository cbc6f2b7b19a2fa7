"""Where a figure lies among its peers: quartiles of firms of one kind, sub-kind and rank of region, at least five of them.

Nobody is shown another's figure: the ranges are kept, asked of, and never told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

LEAST_PEERS = 5
"""With fewer firms a range would tell of one of them, and is not asked."""
SMALLEST_SPAN = Decimal("1.5")
"""Upper over lower quartile, taken for peers who are all alike: what is half as much again is not far yet."""

Measured = tuple[str, str]
"""(field, the field it is taken per, or empty)"""


@dataclass(frozen=True, slots=True)
class PeerRange:
    """The quartiles of one figure among peers."""

    lower: Decimal
    upper: Decimal

    def is_far(self, figure: Decimal, far: Decimal) -> bool:
        """Whether a figure lies more than `far` spans beyond the quartiles.

        Firms differ by factors, not by amounts: where all peers are above zero the span is a factor.
        """
        if self.lower <= 0:
            span = self.upper - self.lower
            return bool(span) and not self.lower - far * span <= figure <= self.upper + far * span
        factor = max(self.upper / self.lower, SMALLEST_SPAN) ** far
        return not self.lower / factor <= figure <= self.upper * factor


Peers = Mapping[Measured, PeerRange]


def measured(values: Mapping[str, object], field: str, per: str) -> Decimal | None:
    """The figure to lay beside peers: a value, or a value per another; None where one is missing or zero divides."""
    above, below = values.get(field), values.get(per) if per else 1
    if isinstance(above, bool) or not isinstance(above, str | int) or not isinstance(below, str | int):
        return None
    return Decimal(above) / Decimal(below) if Decimal(below) else None
