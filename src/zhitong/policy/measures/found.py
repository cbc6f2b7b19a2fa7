"""One measure as it was found in the view, before it is given out as an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhitong.policy.measures.deadlines import DateMark
from zhitong.policy.measures.grounds import Belonging


@dataclass(frozen=True)
class Found:
    """A quantity, period or date with all that was understood of it; places count in the view."""

    place: int
    """Where its number or date stands: no two have the same."""
    start: int
    end: int
    value_end: int
    name: str
    value: Decimal | None
    unit: str | None
    comparator: str | None
    kind: str
    class_: str
    belongs: Belonging
    upper: Decimal | None = None
    scope: str | None = None
    mark: DateMark | None = None
    part_of: int | None = None
    """The place of what this is a part of."""
    is_optional: bool = False
    is_damaged: bool = False
