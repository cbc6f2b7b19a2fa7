"""Counting the collection: how many owe, how they stand, how many came late, from tallies kept by the acts.

Rate = (own + confirmed) ÷ owed; timeliness = of these the ones on time ÷ owed (R-E4, R-E7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhitong.domain.cards.rules.kinds import CardState, ObligationState
from zhitong.domain.cards.rules.rounds import COUNTED, EXCUSED, STAYING, ExcuseReason, FillManner, MeterStanding
from zhitong.domain.tallies.rules import Cut

_JOINED = """
FROM cards_obligation obligation
JOIN cards_round round ON round.id = obligation.round_id
JOIN cards_template template ON template.id = round.template_id
LEFT JOIN cards_card card ON card.round_id = obligation.round_id AND card.subject_id = obligation.subject_id
"""
STANDING = """
CASE WHEN NOT obligation.owed THEN obligation.excuse
     WHEN card.state IN ('submitted', 'passed', 'accepted') THEN
         CASE WHEN card.filled_by = 'own' THEN 'own' WHEN card.confirmed_at IS NOT NULL THEN 'confirmed' ELSE 'for_firm' END
     WHEN card.disputed_at IS NOT NULL THEN 'disputed'
     WHEN obligation.excuse <> '' THEN obligation.excuse
     ELSE coalesce(card.state, 'missing') END
"""
"""The SQL twin of `meter_standing`, over obligation and card."""

OBLIGATIONS = Cut(
    "cards.obligations",
    ("round", "state", "subject_kind"),
    f"""
    SELECT obligation.region_id, obligation.round_id::text, coalesce(card.state, 'missing'), template.subject_kind, 1
    {_JOINED} WHERE obligation.owed
    """,
)
STANDINGS = Cut(
    "cards.standings",
    ("round", "standing", "subject_kind"),
    f"SELECT obligation.region_id, obligation.round_id::text, {STANDING}, template.subject_kind, 1 {_JOINED}",
)
LATE = Cut(
    "cards.late",
    ("round", "standing", "subject_kind"),
    f"""
    SELECT obligation.region_id, obligation.round_id::text, {STANDING}, template.subject_kind, 1
    {_JOINED} WHERE (card.first_submitted_at AT TIME ZONE 'Asia/Shanghai')::date > round.due_on
    """,
)
BY_LIST = Cut(
    "cards.by_list",
    ("list", "round", "standing"),
    f"""
    SELECT obligation.region_id, listed.list_id::text, obligation.round_id::text, {STANDING}, 1
    {_JOINED} JOIN cards_obligation_list listed ON listed.obligation_id = obligation.id
    """,
)
BY_CARE = Cut(
    "cards.by_care",
    ("unit", "round", "standing"),
    f"""
    SELECT obligation.region_id, obligation.caring_unit_id::text, obligation.round_id::text, {STANDING}, 1
    {_JOINED} WHERE obligation.caring_unit_id IS NOT NULL
    """,
)
CUTS = (OBLIGATIONS, STANDINGS, LATE, BY_LIST, BY_CARE)

_SENT = frozenset({CardState.SUBMITTED, CardState.PASSED, CardState.ACCEPTED})


def meter_standing(
    *, owed: bool, excuse: ExcuseReason | None, state: CardState | None, filled_by: FillManner, is_confirmed: bool,
    is_disputed: bool,
) -> MeterStanding:
    """How an obligation counts: what left the list first, then what was sent, then why nothing was."""
    if not owed and excuse:
        return MeterStanding(excuse.value)
    if state in _SENT:
        if filled_by is FillManner.OWN:
            return MeterStanding.OWN
        return MeterStanding.CONFIRMED if is_confirmed else MeterStanding.FOR_FIRM
    if is_disputed:
        return MeterStanding.DISPUTED
    if excuse:
        return MeterStanding(excuse.value)
    return MeterStanding(state.value) if state else MeterStanding.MISSING


def stays_owed(reason: ExcuseReason) -> bool:
    """Whether an excuse leaves the subject in the denominator."""
    return reason in STAYING


def is_timely(first_sent_on: date | None, due_on: date) -> bool:
    """Whether a card that came, came by its due day; one that has not come is neither."""
    return first_sent_on is not None and first_sent_on <= due_on


@dataclass(frozen=True, slots=True)
class Collection:
    """How many cards are asked in a region and how they stand; counted per subject and round.

    `late` counts, by standing, what came after the due day; `by_state` what was owed by how far its card has come.
    """

    by_standing: Mapping[MeterStanding, int]
    late: Mapping[MeterStanding, int] = field(default_factory=dict)
    by_state: Mapping[ObligationState, int] = field(default_factory=dict)

    def count(self, *standings: MeterStanding) -> int:
        """Obligations in these standings together."""
        return sum(self.by_standing.get(one, 0) for one in standings)

    def in_state(self, state: ObligationState) -> int:
        """Owed cards in one state."""
        return self.by_state.get(state, 0)

    @property
    def excused(self) -> int:
        """What left the list by an approved excuse."""
        return self.count(*EXCUSED)

    @property
    def owed(self) -> int:
        """All that was asked when the rounds opened, but what an approved excuse took off the list."""
        return sum(self.by_standing.values()) - self.excused

    @property
    def collected(self) -> int:
        """Sent in by the firm, or filled in for it and confirmed."""
        return self.count(*COUNTED)

    @property
    def collected_late(self) -> int:
        """Of what is collected, what came after its due day."""
        return sum(self.late.get(one, 0) for one in COUNTED)

    @property
    def rate(self) -> Decimal | None:
        """Collected ÷ owed, 0 to 1; None where nothing was owed."""
        return Decimal(self.collected) / self.owed if self.owed else None

    @property
    def timeliness(self) -> Decimal | None:
        """Collected on time ÷ owed, 0 to 1; None where nothing was owed."""
        return Decimal(self.collected - self.collected_late) / self.owed if self.owed else None
