"""Counting the collection: how many owe, how they stand, how many came late, from tallies kept by the acts.

Rate = (own + confirmed) ÷ owed; timeliness = of these the ones not late by themselves ÷ owed (R-E4, R-E7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zhitong.domain.cards.rules.kinds import CardState, ObligationState
from zhitong.domain.cards.rules.lateness import Lateness
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
IS_LATE: Mapping[Lateness, str] = {
    Lateness.OWN: "(card.first_submitted_at AT TIME ZONE 'Asia/Shanghai')::date > round.due_on AND obligation.held_on IS NULL",
    Lateness.ABOVE: "card.first_submitted_at IS NOT NULL AND obligation.held_on IS NOT NULL",
}
"""The SQL twin of `lateness`, over obligation, round and card."""


def _late(name: str, counted: Cut, one: Lateness) -> Cut:
    """The cut that counts, of what another counts, what came late for this reason."""
    joint = "AND" if " WHERE " in counted.truth else "WHERE"
    return Cut(name, counted.dimensions, f"{counted.truth} {joint} {IS_LATE[one]}")


LATE = {Lateness.OWN: _late("cards.late", STANDINGS, Lateness.OWN), Lateness.ABOVE: _late("cards.late_above", STANDINGS, Lateness.ABOVE)}
LATE_BY_LIST = {one: _late(f"cards.late_{one.value}_by_list", BY_LIST, one) for one in Lateness}
LATE_BY_CARE = {one: _late(f"cards.late_{one.value}_by_care", BY_CARE, one) for one in Lateness}
CUTS = (OBLIGATIONS, STANDINGS, BY_LIST, BY_CARE, *LATE.values(), *LATE_BY_LIST.values(), *LATE_BY_CARE.values())

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


@dataclass(frozen=True, slots=True)
class Collection:
    """How many cards are asked in a region and how they stand; counted per subject and round.

    `late` counts, by standing, what came after the due day by its own fault, `late_above` what the level above made
    late; `by_state` what was owed by how far its card has come.
    """

    by_standing: Mapping[MeterStanding, int]
    late: Mapping[MeterStanding, int] = field(default_factory=dict)
    by_state: Mapping[ObligationState, int] = field(default_factory=dict)
    late_above: Mapping[MeterStanding, int] = field(default_factory=dict)

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
        """Of what is collected, what came after its due day by its own fault."""
        return sum(self.late.get(one, 0) for one in COUNTED)

    @property
    def collected_late_above(self) -> int:
        """Of what is collected, what is late because of the level above."""
        return sum(self.late_above.get(one, 0) for one in COUNTED)

    @property
    def rate(self) -> Decimal | None:
        """Collected ÷ owed, 0 to 1; None where nothing was owed."""
        return Decimal(self.collected) / self.owed if self.owed else None

    @property
    def timeliness(self) -> Decimal | None:
        """Collected and not late by itself ÷ owed, 0 to 1; None where nothing was owed."""
        return Decimal(self.collected - self.collected_late) / self.owed if self.owed else None
