"""The problem rows of a card as pages show them: frozen, with the problem that was opened for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from zhitong.domain.cards.models import ProblemRow
from zhitong.domain.cards.rules.templates import Template
from zhitong.kit.sealing.columns import opened_value


@dataclass(frozen=True, slots=True)
class RaisedRow:
    """A problem as it was written; how it stands is asked of the problem."""

    row_id: UUID
    position: int
    category: str
    category_label: str
    text: str
    known_to_head: bool
    confidential: bool
    unnamed: bool
    reporter_name: str
    reporter_post: str
    reporter_phone: str
    raised_at: datetime
    problem_id: UUID | None


def raised_rows(card_id: UUID, template: Template) -> list[RaisedRow]:
    """The rows of a card in its own order; one query. The caller has asked whether each may be seen."""
    labels = {option.code: option.label for option in template.problems.field("category").options}
    rows = ProblemRow.objects.filter(card_id=card_id).order_by("position").values_list(
        "id", "position", "category", "text", "known_to_head", "confidential", "unnamed", "reporter_name",
        "reporter_post", "reporter_phone", "raised_at", "problem_id",
    )
    found = [RaisedRow(row[0], row[1], row[2], labels.get(row[2], row[2]), *row[3:]) for row in rows]
    return [
        replace(one, reporter_phone=opened_value(ProblemRow, "reporter_phone", one.row_id, one.reporter_phone)) for one in found
    ]
