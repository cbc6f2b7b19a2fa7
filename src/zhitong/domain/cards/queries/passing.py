"""Through which levels a card has passed: since when it waits where it is, and which office below passed it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhitong.domain.cards.models import Acceptance
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory


def waited_since(card_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each card reached the level it waits for, by card: at the acceptance of the level below, or when the level above
    gave it back; one query."""
    rows = Acceptance.objects.filter(card_id__in=card_ids).order_by("at").values_list("card_id", "at", "card__passed_back_at")
    return {card_id: max(at, back or at) for card_id, at, back in rows}


def passed_by(asked: Sequence[tuple[UUID, UUID | None]]) -> dict[UUID, UUID]:
    """The office that last passed each card, (card id, unit of who asks), from a level below who asks; one query.

    A card that no office below has passed since it was last sent is left out.
    """
    here = directory()
    rows = Acceptance.objects.filter(card_id__in=[card_id for card_id, _unit in asked]).order_by("at").values_list(
        "card_id", "unit_id", "at", "card__submitted_at"
    )
    units = dict(asked)
    return {
        card_id: unit_id for card_id, unit_id, at, sent_at in rows
        if sent_at and at >= sent_at and _is_below(here, unit_id, units[card_id])
    }


def _is_below(here: Directory, unit_id: UUID, above_id: UUID | None) -> bool:
    """Whether a unit sits in a region below that of another."""
    unit, above = here.units.get(unit_id), here.units.get(above_id) if above_id else None
    if unit is None or above is None or unit.region_id == above.region_id:
        return False
    return any(region.id == above.region_id for region in here.path(unit.region_id))
