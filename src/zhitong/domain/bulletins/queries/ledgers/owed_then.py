"""Who owed a card at a cut-off, and how the card stood then: by what had been sent, returned, confirmed, excused by that time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.bulletins.queries.ledgers.territory import WITHIN, Territory
from zhitong.domain.cards.rules.collection import meter_standing, stays_owed
from zhitong.domain.cards.rules.kinds import CardFact, CardState
from zhitong.domain.cards.rules.rounds import ExcuseReason, FillManner, MeterStanding
from zhitong.domain.history.queries import Mention, facts_of_many
from zhitong.domain.organisations.scope import first_wall_stands
from zhitong.domain.privacy.queries import shown_to
from zhitong.domain.privacy.rules.words import PersonalKind
from zhitong.domain.subjects.queries.caring import phone_opened
from zhitong.kit.clock import day_of

AT_ONCE = 1_000
_ROUNDS = """
SELECT DISTINCT ON (template.code, round.region_id) round.id, round.name, round.period, round.due_on
FROM cards_round round JOIN cards_template template ON template.id = round.template_id
WHERE round.opens_on <= %(today)s
  AND EXISTS (SELECT 1 FROM cards_obligation one WHERE one.round_id = round.id AND one.region_id = ANY(%(regions)s))
ORDER BY template.code, round.region_id, round.period DESC, round.opens_on DESC, round.id
"""
_OWED = f"""
SELECT obligation.round_id, obligation.region_id, subject.name, subject.contact, subject.contact_phone,
       obligation.caring_unit_id, obligation.person_in_charge, card.id, card.first_submitted_at, round.opens_on, round.due_on,
       obligation.held_on, subject.id,
       (SELECT excuse.reason FROM cards_excuse excuse WHERE excuse.obligation_id = obligation.id AND excuse.state = 'granted'
        AND excuse.decided_at <= %(at)s ORDER BY excuse.decided_at DESC LIMIT 1),
       (SELECT count(*) FROM cards_reminder reminder WHERE reminder.obligation_id = obligation.id AND reminder.at <= %(at)s)
FROM cards_obligation obligation
JOIN cards_round round ON round.id = obligation.round_id
JOIN subjects_subject subject ON subject.id = obligation.subject_id
LEFT JOIN cards_card card ON card.round_id = obligation.round_id AND card.subject_id = obligation.subject_id
    AND card.first_submitted_at <= %(at)s
WHERE obligation.round_id = ANY(%(rounds)s) AND (NOT %(first_wall)s OR obligation.region_id IN {WITHIN})
ORDER BY obligation.round_id, obligation.position
"""
_MOVES = (CardFact.SUBMITTED, CardFact.RETURNED, CardFact.CONFIRMED, CardFact.DISPUTED)


@dataclass(frozen=True, slots=True)
class RoundThen:
    """A round that was the newest of its kind."""

    id: UUID
    name: str
    period: str
    due_on: date


@dataclass(frozen=True, slots=True)
class OwedThen:
    """An obligation as it stood; `is_late` when it came after its due day by the reporter's own fault."""

    round_id: UUID
    region_id: UUID
    subject: str
    contact: str
    phone: str
    caring_unit: str
    person_in_charge: str
    standing: MeterStanding
    is_late: bool
    reminders: int


@dataclass(frozen=True, slots=True)
class _Card:
    """What a card had come to."""

    state: CardState | None = None
    filled_by: FillManner = FillManner.OWN
    is_confirmed: bool = False
    is_disputed: bool = False

    def after(self, fact: Mention) -> _Card:
        """The card after one more of its facts."""
        match CardFact(fact.kind):
            case CardFact.SUBMITTED:
                return _Card(CardState.SUBMITTED, FillManner.FOR_FIRM if fact.body.get("for_firm") else FillManner.OWN)
            case CardFact.RETURNED:
                return replace(self, state=CardState.RETURNED)
            case CardFact.CONFIRMED:
                return replace(self, is_confirmed=True)
            case _:
                return replace(self, state=CardState.RETURNED, is_disputed=True)


def rounds_then(territory: Territory) -> list[RoundThen]:
    """The newest round of every card that had opened by the cut-off and asks somebody of the territory; one query."""
    asked: dict[str, Any] = {"today": territory.today, "regions": list(territory.here.within(territory.region.id))}
    with connection.cursor() as cursor:
        cursor.execute(_ROUNDS, asked)
        return sorted((RoundThen(*row) for row in cursor.fetchall()), key=lambda one: (one.name, str(one.id)))


def owed_then(territory: Territory, rounds: Sequence[RoundThen]) -> Iterator[OwedThen]:
    """Every obligation of rounds in a territory as it stood, round by round in the round's own order.

    One statement read through a cursor, and one for each thousand rows.
    """
    asked = {**territory.parameters(), "rounds": [one.id for one in rounds], "first_wall": first_wall_stands()}
    with connection.chunked_cursor() as cursor:
        cursor.execute(_OWED, asked)
        while rows := cursor.fetchmany(AT_ONCE):
            cards = _cards(territory, {row[7]: row[8] for row in rows if row[7]})
            yield from (_owed(territory, row, cards.get(row[7], _Card())) for row in rows)


def _cards(territory: Territory, sent: dict[UUID, Any]) -> dict[UUID, _Card]:
    facts = [one for one in facts_of_many(sent, [str(kind) for kind in _MOVES]) if one.at <= territory.at]
    found = {}
    for card_id, told in groupby(facts, key=lambda one: one.thing_id):
        card = _Card()
        for fact in told:
            card = card.after(fact)
        found[card_id] = card
    return found


def _owed(territory: Territory, row: tuple[Any, ...], card: _Card) -> OwedThen:
    round_id, region_id, subject, contact, sealed, unit_id, person, _card, first_at, _opens, due_on, held_on, *rest = row
    subject_id, reason, reminders = rest
    excuse = ExcuseReason(reason) if reason else None
    standing = meter_standing(
        owed=excuse is None or stays_owed(excuse), excuse=excuse, state=card.state, filled_by=card.filled_by,
        is_confirmed=card.is_confirmed, is_disputed=card.is_disputed,
    )
    is_held = held_on is not None and held_on <= territory.today
    shown = shown_to(territory.viewer, takes_part=False)
    return OwedThen(
        round_id, region_id, subject, shown(PersonalKind.CONTACT_NAME, contact),
        shown(PersonalKind.CONTACT_PHONE, phone_opened(subject_id, sealed)),
        territory.here.name_of(unit_id) if unit_id else "", person, standing,
        first_at is not None and day_of(first_at) > due_on and not is_held, reminders,
    )
