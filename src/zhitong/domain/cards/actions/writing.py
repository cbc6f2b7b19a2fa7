"""Writing cards: a batch is begun in one statement and changed in another, each card only if it is still as it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    submitted_at, return_reason, edited_at, edited_by_id, edited_in_id)
SELECT id, round_id, subject_id, region_id, reporter_unit_id, collecting_unit_id, state, 1, sent_at, sent_at,
       '', %(now)s, edited_by_id, edited_in_id
FROM unnest(%(ids)s::uuid[], %(rounds)s::uuid[], %(subjects)s::uuid[], %(regions)s::uuid[], %(reporters)s::uuid[],
            %(collectors)s::uuid[], %(states)s::text[], %(sent_at)s::timestamptz[], %(persons)s::uuid[],
            %(units)s::uuid[])
    AS begun (id, round_id, subject_id, region_id, reporter_unit_id, collecting_unit_id, state, sent_at, edited_by_id,
              edited_in_id)
ORDER BY subject_id, round_id
ON CONFLICT (subject_id, round_id) DO NOTHING
RETURNING id
"""
_CHANGE = """
WITH changed AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(versions)s::int[], %(states)s::text[], %(sent_at)s::timestamptz[],
                         %(reasons)s::text[], %(persons)s::uuid[], %(units)s::uuid[])
        AS changed (id, version, state, sent_at, reason, edited_by_id, edited_in_id)
), locked AS (
    SELECT card.id FROM cards_card card WHERE card.id = ANY(%(ids)s) ORDER BY card.id FOR UPDATE
)
UPDATE cards_card card SET
    state = changed.state, version = card.version + 1, edited_at = %(now)s, edited_by_id = changed.edited_by_id,
    edited_in_id = changed.edited_in_id, submitted_at = coalesce(changed.sent_at, card.submitted_at),
    first_submitted_at = coalesce(card.first_submitted_at, changed.sent_at),
    return_reason = coalesce(changed.reason, card.return_reason)
FROM changed JOIN locked ON locked.id = changed.id
WHERE card.id = changed.id AND card.version = changed.version
RETURNING card.id
"""


@dataclass(frozen=True, slots=True)
class CardWrite:
    """A card as it was seen, who changes it, and the state it shall have; `reason` None leaves the reason as it is."""

    filling: Filling
    actor: Actor
    state: CardState
    sent_at: datetime | None = None
    reason: str | None = None


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
    })


def _common(writes: Sequence[tuple[CardWrite, UUID]], now: datetime) -> dict[str, Any]:
    return {
        "now": now,
        "ids": [card_id for _write, card_id in writes],
        "states": [str(write.state) for write, _id in writes],
        "sent_at": [write.sent_at for write, _id in writes],
        "persons": [write.actor.person_id for write, _id in writes],
        "units": [write.actor.unit_id for write, _id in writes],
    }


def _run(statement: str, parameters: dict[str, Any]) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {row[0] for row in cursor.fetchall()}
