"""Where cards and excuses that moved are felt, for screens that stay open."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.rules.touched import Touched, touched_by

_TOUCHED = """
SELECT card.region_id,
       ARRAY[card.reporter_unit_id, card.collecting_unit_id, card.awaiting_unit_id, card.filled_in_id,
             owed.caring_unit_id]
FROM cards_card card
LEFT JOIN cards_obligation owed ON owed.round_id = card.round_id AND owed.subject_id = card.subject_id
WHERE card.id = ANY(%(cards)s)
UNION ALL
SELECT owed.region_id, ARRAY[owed.collecting_unit_id, owed.caring_unit_id, excuse.asked_in_id, excuse.decider_id]
FROM cards_excuse excuse JOIN cards_obligation owed ON owed.id = excuse.obligation_id
WHERE excuse.id = ANY(%(excuses)s)
"""


def touched_by_cards(card_ids: Sequence[UUID], excuse_ids: Sequence[UUID]) -> Touched:
    """The regions of cards and excuses and the units that fill in, collect, review, care or decide; one query.

    For the worker's login, which shows nothing to anybody.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"cards": list(card_ids), "excuses": list(excuse_ids)})
        return touched_by(cursor.fetchall())
