"""What a card that was sent before holds: its figures and the problems it has raised; for the act that sends it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from zhitong.domain.cards.models import CardFigures, ProblemRow
from zhitong.domain.cards.rules.reading import Clean


@dataclass(frozen=True, slots=True)
class Kept:
    """Values as last sent, ids of raised rows, and their matters (category and words)."""

    values: Mapping[str, Clean] = field(default_factory=dict)
    row_ids: frozenset[str] = frozenset()
    matters: frozenset[tuple[object, object]] = frozenset()


def kept(card_ids: Sequence[UUID]) -> dict[UUID, Kept]:
    """What the cards hold, by card; two queries, none when there are no cards."""
    if not card_ids:
        return {}
    values = dict(CardFigures.objects.filter(card_id__in=card_ids).values_list("card_id", "values"))
    rows: dict[UUID, list[tuple[UUID, str, str]]] = {}
    raised = ProblemRow.objects.filter(card_id__in=card_ids)
    for card_id, row_id, category, text in raised.values_list("card_id", "id", "category", "text"):
        rows.setdefault(card_id, []).append((row_id, category, text))
    return {
        card_id: Kept(
            values.get(card_id, {}),
            frozenset(str(row[0]) for row in rows.get(card_id, ())),
            frozenset((row[1], row[2]) for row in rows.get(card_id, ())),
        )
        for card_id in card_ids
    }
