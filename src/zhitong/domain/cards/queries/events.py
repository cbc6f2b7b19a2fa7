"""What happened to a card, told from its facts to whoever may see it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.cards.rules.changes import Change, unwound
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.cards.rules.reading import Clean, tell
from zhitong.domain.cards.rules.templates import Template
from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import person_names, unit_names


@dataclass(frozen=True, slots=True)
class CardEvent:
    """One thing that happened to the card; `changes` tell what a correction put in place of what, `marks` the fields
    that a return named, by label with the reason.
    """

    at: datetime
    kind: CardFact
    unit: str
    person: str
    reason: str
    is_correction: bool
    changes: tuple[Change, ...]
    marks: tuple[tuple[str, str], ...]


def events_of(card_id: UUID, form: Template, values: Mapping[str, Clean] | None) -> list[CardEvent]:
    """The events of a card, oldest first; three queries. `values` are what it says now, None where the viewer may not
    see them: then nothing is told of what changed.
    """
    facts = facts_about(card_id)
    units = unit_names(fact.unit_id for fact in facts)
    persons = person_names(fact.person_id for fact in facts)
    changes = _changes(facts, form, values) if values is not None else {}
    return [_event(fact, form, units, persons, changes.get(place, ())) for place, fact in enumerate(facts)]


def _changes(
    facts: Sequence[ToldFact], form: Template, values: Mapping[str, Clean]
) -> dict[int, tuple[Change, ...]]:
    """What each sending changed, by its place among the facts."""
    sent = [place for place, fact in enumerate(facts) if fact.words.get("replaced")]
    steps = unwound(values, [json.loads(facts[place].words["replaced"] or "{}") for place in sent])
    return {
        place: tuple(
            Change(field.code, field.label, tell(field, step[field.code][0]), tell(field, step[field.code][1]))
            for field in form.fields() if field.code in step
        )
        for place, step in zip(sent, steps, strict=True)
    }


def _event(
    fact: ToldFact, form: Template, units: Mapping[UUID, str], persons: Mapping[UUID, str],
    changes: tuple[Change, ...],
) -> CardEvent:
    marks = json.loads(fact.words.get("marks") or "{}")
    return CardEvent(
        at=fact.at, kind=CardFact(fact.kind), reason=fact.words.get("reason") or "",
        unit=units.get(fact.unit_id, "") if fact.unit_id else "",
        person=persons.get(fact.person_id, "") if fact.person_id else "",
        is_correction=bool(fact.body.get("correction", False)), changes=changes,
        marks=tuple((field.label, marks[field.code]) for field in form.fields() if field.code in marks),
    )
