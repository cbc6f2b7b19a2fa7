"""Through which levels a card has passed: since when it waits where it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhitong.domain.cards.models import Acceptance


def waited_since(card_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each card reached the level it waits for, by card: at the acceptance of the level below; one query."""
    rows = Acceptance.objects.filter(card_id__in=card_ids).order_by("at").values_list("card_id", "at")
    return dict(rows)
