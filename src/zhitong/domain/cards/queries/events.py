"""What happened to a card, told from its facts to whoever may see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.cards.rules.reading import tell
from zhitong.domain.cards.rules.templates import Template
from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import person_names, unit_names


@dataclass(frozen=True, slots=True)
class CardEvent:
    """One thing that happened to the card; `replaced` tells label and former value of what a correction changed."""

    at: datetime
    kind: CardFact
    unit: str
    person: str
    reason: str
    is_correction: bool
    replaced: tuple[tuple[str, str], ...]


def events_of(card_id: UUID, form: Template, *, with_figures: bool) -> list[CardEvent]:
    """The events of a card, oldest first; three queries. Former figures are told only `with_figures`."""
    facts = facts_about(card_id)
    units = unit_names(fact.unit_id for fact in facts)
    persons = person_names(fact.person_id for fact in facts)
    return [_event(fact, form, units, persons, with_figures=with_figures) for fact in facts]


def _event(
    fact: ToldFact, form: Template, units: Mapping[UUID, str], persons: Mapping[UUID, str], *, with_figures: bool
) -> CardEvent:
    return CardEvent(
        at=fact.at, kind=CardFact(fact.kind), reason=fact.words.get("reason") or "",
        unit=units.get(fact.unit_id, "") if fact.unit_id else "",
        person=persons.get(fact.person_id, "") if fact.person_id else "",
        is_correction=bool(fact.body.get("correction", False)),
        replaced=_replaced(fact.words.get("replaced"), form) if with_figures else (),
    )


def _replaced(words: str | None, form: Template) -> tuple[tuple[str, str], ...]:
    before = json.loads(words) if words else {}
    return tuple((field.label, tell(field, before[field.code])) for field in form.fields() if field.code in before)
