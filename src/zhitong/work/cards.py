"""What follows from the facts of rounds and cards: who is told, which figures are kept, which cards are looked at."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.cards.actions.flagging import flag_card
from zhitong.domain.cards.actions.noting import note_accepted
from zhitong.domain.cards.queries.audience import CardAudience, audience_of_card, audience_of_excuse
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.cards.rules.rounds import ReminderLevel
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind

CARD_THINGS = frozenset({"card", "card_round", "card_excuse"})
ACCEPTING = frozenset({str(CardFact.ACCEPTED), str(CardFact.CONFIRMED)})
"""After these a card may be both accepted and the firm's own word: its figures become dated facts."""


def follow_card(fact: ReadFact) -> None:
    """Do what follows from a fact of a card, a round or an excuse; doing it again changes nothing."""
    if fact.thing_kind == "card_round":
        _tell_who_is_reminded(fact)
    elif fact.thing_kind == "card_excuse":
        _tell_of_an_excuse(fact)
    else:
        if fact.kind in ACCEPTING:
            note_accepted(fact.thing_id, fact.at)
        if fact.kind == str(CardFact.SUBMITTED):
            flag_card(fact.thing_id, fact.at)
        _tell_of_a_card(fact)


def _tell_who_is_reminded(fact: ReadFact) -> None:
    if fact.kind != str(CardFact.REMINDED):
        return
    body = fact.body
    is_firm = body["level"] == str(ReminderLevel.FIRM)
    words = body["round"] if is_firm else f"{body['round']}（{body['count']}户）"
    kind = NoticeKind.CARD_MISSING if is_firm else NoticeKind.CARD_FIRMS_MISSING
    tell([Telling(UUID(body["unit"]), kind, fact.thing_kind, fact.thing_id, words, fact.id, fact.at)])


def _tell_of_an_excuse(fact: ReadFact) -> None:
    excuse = audience_of_excuse(fact.thing_id)
    if excuse is None:
        return
    asks = fact.kind == str(CardFact.EXCUSE_ASKED)
    if asks and not excuse.is_waiting:
        return
    unit_id = excuse.decider_id if asks else excuse.asked_in_id
    kind = NoticeKind.EXCUSE_TO_DECIDE if asks else NoticeKind.EXCUSE_DECIDED
    if unit_id is not None:
        tell([Telling(unit_id, kind, fact.thing_kind, fact.thing_id, excuse.name, fact.id, fact.at)])


def _tell_of_a_card(fact: ReadFact) -> None:
    found = _told(fact)
    if found is None:
        return
    card, unit_id, kind = found
    tell([Telling(unit_id, kind, fact.thing_kind, fact.thing_id, card.name, fact.id, fact.at)])


def _told(fact: ReadFact) -> tuple[CardAudience, UUID, NoticeKind] | None:
    """Who is told of a fact of a card; of most facts nobody: what must be done shows as a duty."""
    kind = _KINDS.get(fact.kind)
    if kind is None or (kind is NoticeKind.CARD_FILLED_FOR and not fact.body.get("for_firm")):
        return None
    card = audience_of_card(fact.thing_id, fact.body.get("correction") if kind in _OF_CORRECTION else None)
    unit_id = card and {
        NoticeKind.CARD_DISPUTED: card.filled_in_id, NoticeKind.CORRECTION_TO_DECIDE: card.decider_id,
    }.get(kind, card.reporter_unit_id)
    return (card, unit_id, kind) if card and unit_id else None


_KINDS = {
    str(CardFact.SUBMITTED): NoticeKind.CARD_FILLED_FOR,
    str(CardFact.DISPUTED): NoticeKind.CARD_DISPUTED,
    str(CardFact.CORRECTION_ASKED): NoticeKind.CORRECTION_TO_DECIDE,
    str(CardFact.CORRECTION_GRANTED): NoticeKind.CORRECTION_DECIDED,
    str(CardFact.CORRECTION_DECLINED): NoticeKind.CORRECTION_DECIDED,
}
_OF_CORRECTION = frozenset({NoticeKind.CORRECTION_TO_DECIDE, NoticeKind.CORRECTION_DECIDED})
