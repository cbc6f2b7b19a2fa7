"""Writing cards: a batch is begun in one statement and changed in another, each card only if it is still as it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.actions.asking import CardMoved, moved_words
from zhitong.domain.cards.queries.fillings import Filling, fillings
from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.history.rules import Actor
from zhitong.kit.ids import uuid7

_BEGIN = """
INSERT INTO cards_card (
    id, round_id, subject_id, region_id, reporter_unit_id, collecting_unit_id, state, version, first_submitted_at,
    submitted_at, return_reason, edited_at, edited_by_id, edited_in_id, awaiting_unit_id, filled_by, filled_from,
    filled_in_id)
SELECT id, round_id, subject_id, region_id, reporter_unit_id, collecting_unit_id, state, 1, sent_at, sent_at,
       '', %(now)s, edited_by_id, edited_in_id, awaiting, CASE WHEN source = '' THEN 'own' ELSE 'for_firm' END, source,
       CASE WHEN source <> '' THEN edited_in_id END
FROM unnest(%(ids)s::uuid[], %(rounds)s::uuid[], %(subjects)s::uuid[], %(regions)s::uuid[], %(reporters)s::uuid[],
            %(collectors)s::uuid[], %(states)s::text[], %(sent_at)s::timestamptz[], %(persons)s::uuid[],
            %(units)s::uuid[], %(awaiting)s::uuid[], %(sources)s::text[])
    AS begun (id, round_id, subject_id, region_id, reporter_unit_id, collecting_unit_id, state, sent_at, edited_by_id,
              edited_in_id, awaiting, source)
ORDER BY subject_id, round_id
ON CONFLICT (subject_id, round_id) DO NOTHING
RETURNING id
"""
_CHANGE = """
WITH changed AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(versions)s::int[], %(states)s::text[], %(sent_at)s::timestamptz[],
                         %(reasons)s::text[], %(persons)s::uuid[], %(units)s::uuid[], %(awaiting)s::uuid[],
                         %(sources)s::text[], %(confirmed)s::timestamptz[], %(disputed)s::timestamptz[], %(until)s::date[])
        AS changed (id, version, state, sent_at, reason, edited_by_id, edited_in_id, awaiting, source, confirmed_at,
                    disputed_at, open_until)
), locked AS (
    SELECT card.id FROM cards_card card WHERE card.id = ANY(%(ids)s) ORDER BY card.id FOR UPDATE
)
UPDATE cards_card card SET
    state = changed.state, version = card.version + 1, edited_at = %(now)s, edited_by_id = changed.edited_by_id,
    edited_in_id = changed.edited_in_id, submitted_at = coalesce(changed.sent_at, card.submitted_at),
    first_submitted_at = coalesce(card.first_submitted_at, changed.sent_at),
    return_reason = coalesce(changed.reason, card.return_reason), awaiting_unit_id = changed.awaiting,
    filled_by = CASE WHEN changed.sent_at IS NULL THEN card.filled_by WHEN changed.source = '' THEN 'own' ELSE 'for_firm' END,
    filled_from = CASE WHEN changed.sent_at IS NULL THEN card.filled_from ELSE changed.source END,
    filled_in_id = CASE WHEN changed.sent_at IS NULL THEN card.filled_in_id
                        WHEN changed.source <> '' THEN changed.edited_in_id END,
    confirmed_at = CASE WHEN changed.sent_at IS NULL THEN coalesce(changed.confirmed_at, card.confirmed_at) END,
    disputed_at = CASE WHEN changed.sent_at IS NULL THEN coalesce(changed.disputed_at, card.disputed_at) END,
    open_until = coalesce(changed.open_until, card.open_until)
FROM changed JOIN locked ON locked.id = changed.id
WHERE card.id = changed.id AND card.version = changed.version
RETURNING card.id
"""


@dataclass(frozen=True, slots=True)
class CardWrite:
    """A card as it was seen, who changes it, and the state it shall have; `reason` None leaves the reason as it is.

    A sending (`sent_at`) with a `source` is one filled in for the firm, from what it says; it forgets what the firm
    said to an earlier one. `awaiting` is whose review is next: the collecting office's, when not given, of a sent card.
    """

    filling: Filling
    actor: Actor
    state: CardState
    sent_at: datetime | None = None
    reason: str | None = None
    source: str = ""
    awaiting: UUID | None = None
    confirmed_at: datetime | None = None
    disputed_at: datetime | None = None
    open_until: date | None = None

    @property
    def next_reviewer(self) -> UUID | None:
        """Whose review is next, in the state the card shall have."""
        if self.state is CardState.PASSED or self.awaiting:
            return self.awaiting
        return self.filling.collecting_unit_id if self.state is CardState.SUBMITTED else None


def write_cards(writes: Sequence[CardWrite], now: datetime, *, way_on: str) -> list[UUID]:
    """Begin or change the cards; returns their ids in the order given.

    Raises CardMoved: one was changed between the looking and the writing; `way_on` ends the sentence. Nothing is kept.
    """
    begun = [(write, uuid7()) for write in writes if write.filling.card_id is None]
    changed = [(write, write.filling.card_id) for write in writes if write.filling.card_id is not None]
    ids = {id(write): card_id for write, card_id in (*begun, *changed)}
    written = _begin(begun, now) | _change(changed, now)
    for write in writes:
        if ids[id(write)] not in written:
            raise CardMoved(moved_words(_as_it_stands(write.filling), way_on))
    return [ids[id(write)] for write in writes]


def _as_it_stands(filling: Filling) -> Filling:
    place = (filling.round_id, filling.subject_id)
    return fillings([place])[place]


def _begin(begun: Sequence[tuple[CardWrite, UUID]], now: datetime) -> set[UUID]:
    if not begun:
        return set()
    seen = [write.filling for write, _id in begun]
    return _run(_BEGIN, {
        **_common(begun, now),
        "rounds": [one.round_id for one in seen],
        "subjects": [one.subject_id for one in seen],
        "regions": [one.region_id for one in seen],
        "reporters": [one.reporter_unit_id for one in seen],
        "collectors": [one.collecting_unit_id for one in seen],
    })


def _change(changed: Sequence[tuple[CardWrite, UUID]], now: datetime) -> set[UUID]:
    if not changed:
        return set()
    return _run(_CHANGE, {
        **_common(changed, now),
        "versions": [write.filling.version for write, _id in changed],
        "reasons": [write.reason for write, _id in changed],
        "confirmed": [write.confirmed_at for write, _id in changed],
        "disputed": [write.disputed_at for write, _id in changed],
        "until": [write.open_until for write, _id in changed],
    })


def _common(writes: Sequence[tuple[CardWrite, UUID]], now: datetime) -> dict[str, Any]:
    return {
        "now": now,
        "ids": [card_id for _write, card_id in writes],
        "states": [str(write.state) for write, _id in writes],
        "sent_at": [write.sent_at for write, _id in writes],
        "persons": [write.actor.person_id for write, _id in writes],
        "units": [write.actor.unit_id for write, _id in writes],
        "awaiting": [write.next_reviewer for write, _id in writes],
        "sources": [write.source for write, _id in writes],
    }


def _run(statement: str, parameters: dict[str, Any]) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {row[0] for row in cursor.fetchall()}
