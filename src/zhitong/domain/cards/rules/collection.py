"""Counting the collection: how many owe, how many have come, from tallies kept by the acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhitong.domain.cards.rules.kinds import COLLECTED, ObligationState
from zhitong.domain.tallies.rules import Cut

OBLIGATIONS = Cut(
    "cards.obligations",
    ("round", "state", "subject_kind"),
    """
    SELECT obligation.region_id, obligation.round_id::text, coalesce(card.state, 'missing'), template.subject_kind, 1
    FROM cards_obligation obligation
    JOIN cards_round round ON round.id = obligation.round_id
    JOIN cards_template template ON template.id = round.template_id
    LEFT JOIN cards_card card ON card.round_id = obligation.round_id AND card.subject_id = obligation.subject_id
    WHERE obligation.owed
    """,
)


@dataclass(frozen=True, slots=True)
class Collection:
    """How many cards are owed in a region and how they stand; counted per subject and round."""

    by_state: Mapping[ObligationState, int]

    def count(self, state: ObligationState) -> int:
        """Obligations in one state."""
        return self.by_state.get(state, 0)

    @property
    def owed(self) -> int:
        """All that was owed when the rounds opened."""
        return sum(self.by_state.values())

    @property
    def collected(self) -> int:
        """Sent in and not given back."""
        return sum(self.count(state) for state in COLLECTED)

    @property
    def rate(self) -> Decimal | None:
        """Collected ÷ owed, 0 to 1; None where nothing was owed."""
        return Decimal(self.collected) / self.owed if self.owed else None
