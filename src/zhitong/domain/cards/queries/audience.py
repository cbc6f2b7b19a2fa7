"""Whom an act on a card or an excuse concerns, for the worker, which tells them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.cards.models import Card, Correction, Excuse
from zhitong.domain.cards.rules.rounds import RequestState


@dataclass(frozen=True, slots=True)
class CardAudience:
    """Who has to do with a card; `name` is what people call it, `decider_id` who decides its correction."""

    name: str
    reporter_unit_id: UUID
    filled_in_id: UUID | None
    decider_id: UUID | None


@dataclass(frozen=True, slots=True)
class ExcuseAudience:
    """Who has to do with an excuse."""

    name: str
    asked_in_id: UUID | None
    decider_id: UUID
    is_waiting: bool


def audience_of_card(card_id: UUID, correction_id: str | None = None) -> CardAudience | None:
    """Whom a card concerns; two queries with a correction, else one."""
    row = Card.objects.filter(id=card_id).values_list("round__name", "reporter_unit_id", "filled_in_id").first()
    if row is None:
        return None
    decider = None
    if correction_id:
        decider = Correction.objects.filter(id=correction_id).values_list("decider_id", flat=True).first()
    return CardAudience(row[0], row[1], row[2], decider)


def audience_of_excuse(excuse_id: UUID) -> ExcuseAudience | None:
    """Whom an excuse concerns; one query."""
    row = Excuse.objects.filter(id=excuse_id).values_list(
        "obligation__subject__name", "obligation__round__name", "asked_in_id", "decider_id", "state"
    ).first()
    if row is None:
        return None
    return ExcuseAudience(f"{row[0]}{row[1]}"[:100], row[2], row[3], row[4] == RequestState.ASKED.value)
