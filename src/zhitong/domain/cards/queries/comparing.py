"""A card's figures beside those of the card before, for whoever sees what both say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from zhitong.domain.cards.queries.beside import last_of
from zhitong.domain.cards.queries.opened import OpenedCard, card
from zhitong.domain.cards.rules.kinds import FIGURES
from zhitong.domain.cards.rules.reading import tell
from zhitong.domain.cards.rules.templates import Field
from zhitong.domain.organisations.scope import Viewer


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure as sent now and the last time, in the unit written; `share` is the change by the last one, 0.1 a tenth
    more; None where one of them is missing or the last was zero.
    """

    field: Field
    now: str
    last: str
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of a card beside those of the round named; none where there was no card before."""

    last_round: str
    figures: tuple[ComparedFigure, ...]


def compared(viewer: Viewer, card_id: UUID, *, today: date) -> Compared | None:
    """The figures of a card beside the last ones; None where what the card says is not the viewer's to see.

    Costs what `card` costs, and one query. Raises NotFound: it is not there for this viewer.
    """
    return compared_with_last(card(viewer, card_id, today=today))


def compared_with_last(opened: OpenedCard) -> Compared | None:
    """The same of a card that is open already; one query."""
    if opened.sections is None:
        return None
    before = last_of((opened.head.round_id, opened.head.subject_id))
    told = {field.code: now for section in opened.sections for field, now in section.fields}
    return Compared(before.round_name, tuple(
        _figure(field, told.get(field.code, ""), tell(field, before.values.get(field.code)))
        for field in opened.template.fields() if field.kind in FIGURES
    ))


def _figure(field: Field, now: str, last: str) -> ComparedFigure:
    share = (Decimal(now) - Decimal(last)) / abs(Decimal(last)) if now and last and Decimal(last) else None
    return ComparedFigure(field, now, last, share)
