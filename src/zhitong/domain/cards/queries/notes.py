"""What stands beside the fields of a card: doubts that its reporter confirmed, and marks of the last return."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.cards.models import Doubt, Mark
from zhitong.domain.cards.rules.templates import Template


@dataclass(frozen=True, slots=True)
class ConfirmedDoubt:
    """A field that looked wrong, what was asked, and the reporter's word of reason."""

    code: str
    label: str
    sentence: str
    answer: str


def doubts_of(card_id: UUID, form: Template) -> list[ConfirmedDoubt]:
    """The confirmed doubts of a card in the order of its fields; one query. Seen with the figures."""
    found = {row[0]: row for row in Doubt.objects.filter(card_id=card_id).values_list("place", "sentence", "answer")}
    return [
        ConfirmedDoubt(field.code, field.label, *found[field.code][1:]) for field in form.fields() if field.code in found
    ]


def marks_of(card_id: UUID) -> dict[str, str]:
    """The reasons of the last return by field; one query."""
    return dict(Mark.objects.filter(card_id=card_id).values_list("place", "reason"))
