"""Figures of accepted cards become dated facts of their subjects; for the worker, which follows the acceptances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.cards.models import Card
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.cards.rules.rounds import FillManner
from zhitong.domain.history.rules import Actor
from zhitong.domain.subjects.actions.noting import NewFact, note_facts
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.subjects.rules.noting import period_trouble

_CLOCK = Actor(None, None, None, "work")
_KNOWN = {str(one.value): one for one in Known}


def note_accepted(card_id: UUID, now: datetime) -> int:
    """Keep what an accepted card says of its period as facts of the subject; returns how many were new or replaced.

    What was filled in for the firm is kept only once the firm has confirmed it. An ad hoc period keeps nothing.
    """
    card = Card.objects.select_related("round", "figures").filter(id=card_id, state=CardState.ACCEPTED.value).first()
    if card is None or period_trouble(card.round.period):
        return 0
    if card.filled_by == FillManner.FOR_FIRM.value and card.confirmed_at is None:
        return 0
    entries = list(_entries(card))
    if not entries:
        return 0
    noted = note_facts(entries, actor=_CLOCK, now=now)
    return noted.new + noted.replaced


def _entries(card: Card) -> Iterator[NewFact]:
    values = card.figures.values
    for field in template(card.round.template_id).fields():
        code, value = _KNOWN.get(field.fact), values.get(field.code)
        if code is None or value is None or value == "":
            continue
        yield NewFact(
            subject_id=card.subject_id, code=code, period=card.round.period, value=Decimal(str(value)),
            source=FactSource.CARD, source_id=card.id, said_at=card.submitted_at,
        )
