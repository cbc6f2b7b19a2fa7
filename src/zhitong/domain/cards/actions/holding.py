"""Keeping that a level above has made a card late: it came on time, and was given back too late to come again in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.cards.queries.fillings import Filling
from zhitong.domain.cards.queries.passing import waited_since
from zhitong.domain.cards.rules.lateness import is_held
from zhitong.domain.organisations.queries import directory
from zhitong.kit.clock import day_of

_KEEP = """
UPDATE cards_obligation obligation SET held_on = %s, held_by_id = held.unit_id
FROM unnest(%s::uuid[], %s::uuid[]) AS held (id, unit_id)
WHERE obligation.id = held.id AND obligation.held_on IS NULL
"""


def held_today(cards: Sequence[tuple[UUID, Filling]], now: datetime) -> frozenset[UUID]:
    """The obligations of the cards, (card id, filling), which giving back now makes late; one query where any came on time."""
    today, here = day_of(now), directory()
    asked = [(card_id, one) for card_id, one in cards if one.held_on is None and today > one.due_on and one.submitted_at]
    since = waited_since([card_id for card_id, _one in asked]) if asked else {}
    held = set()
    for card_id, one in asked:
        assert one.submitted_at is not None, "asked above"
        first = day_of(one.first_submitted_at) if one.first_submitted_at else None
        waited = max(since.get(card_id, one.submitted_at), one.submitted_at)
        works_on = calendar_of(here.calendar_owners(one.region_id)).works_on
        if is_held(first, one.due_on, day_of(waited), today, one.review_workdays, works_on):
            held.add(one.obligation_id)
    return frozenset(held)


def keep_held(held: Sequence[tuple[UUID, UUID]], today: date) -> None:
    """Write on obligations, (obligation id, unit id), which unit made them late; the first one stays written."""
    if held:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [today, *(list(column) for column in zip(*held, strict=True))])
