"""What a template finds worth asking: against the last card, across the sheet, beside peers. Data of the template.

A suspicion never stops a card by itself; only a sum may be an error, when its template says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhitong.domain.cards.rules.kinds import Weight

FAR = Decimal(3)
"""How many spans between the quartiles beyond them a figure is far from its peers, where the template names none."""


@dataclass(frozen=True, slots=True)
class AgainstLast:
    """Asks when a figure is `times` as large, or as small, as on the last card; a running total only within its year."""

    fields: tuple[str, ...]
    times: Decimal
    say: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The `parts` together must stand so to the `whole`: <= also while a part is empty, = only once all are there."""

    parts: tuple[str, ...]
    must: str
    whole: str
    weight: Weight
    say: str


@dataclass(frozen=True, slots=True)
class AmongPeers:
    """Asks when a figure, or a figure `per` another, lies far outside the quartiles of peers in the last period."""

    field: str
    per: str
    far: Decimal
    say: str


@dataclass(frozen=True, slots=True)
class Suspicions:
    """All that a template finds worth asking."""

    against_last: tuple[AgainstLast, ...] = ()
    sums: tuple[Sum, ...] = ()
    among_peers: tuple[AmongPeers, ...] = ()

    @property
    def look_around(self) -> bool:
        """Whether more than the card itself is looked at."""
        return bool(self.against_last or self.among_peers)


NO_SUSPICIONS = Suspicions()


def suspicions_of(definition: Mapping[str, Any]) -> Suspicions:
    """What a checked definition finds worth asking; an older one may know none of it."""
    return Suspicions(
        tuple(
            AgainstLast(tuple(part["fields"]), Decimal(str(part["times"])), part["say"])
            for part in definition.get("against_last", ())
        ),
        tuple(
            Sum(tuple(part["parts"]), part["must"], part["whole"], Weight(part["severity"]), part["say"])
            for part in definition.get("sums", ())
        ),
        tuple(
            AmongPeers(part["field"], part.get("per", ""), Decimal(str(part.get("far", FAR))), part["say"])
            for part in definition.get("among_peers", ())
        ),
    )
