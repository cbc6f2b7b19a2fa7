"""Problem rows of cards on their way to become problems: frozen with the sending, tied to what was opened for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.actions.filing import ids_in
from zhitong.domain.cards.models import ProblemRow
from zhitong.domain.cards.queries.fillings import Filling
from zhitong.domain.cards.rules.checking import FILES_OF_A_ROW
from zhitong.domain.cards.rules.reading import Clean
from zhitong.kit.ids import uuid7
from zhitong.kit.sealing.columns import sealed_value

_ROWS = """
INSERT INTO cards_problem_row (id, card_id, position, category, text, known_to_head, confidential, unnamed, reporter_name,
                               reporter_post, reporter_phone, raised_at)
SELECT raised.*, %s::timestamptz
FROM unnest(%s::uuid[], %s::uuid[], %s::smallint[], %s::text[], %s::text[], %s::bool[], %s::bool[], %s::bool[],
            %s::text[], %s::text[], %s::text[]) AS raised
"""
_MARK = """
UPDATE cards_problem_row row SET problem_id = marked.problem_id
FROM unnest(%s::uuid[], %s::uuid[]) AS marked (row_id, problem_id)
WHERE row.id = marked.row_id AND row.problem_id IS NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowToRaise:
    """A new problem row, for which a problem is to be opened in this transaction."""

    row_id: UUID
    card_id: UUID
    campaign: str
    subject_id: UUID
    subject_name: str
    subject_kind: str
    sub_kind: str
    subject_stage: str
    tier: str
    region_id: UUID
    reporter_unit_id: UUID
    category_code: str
    text: str
    known_to_head: bool
    confidential: bool
    unnamed: bool
    reporter_name: str
    reporter_post: str
    reporter_phone: str
    file_ids: tuple[UUID, ...] = ()


def rows_of(filling: Filling, card_id: UUID, rows: Sequence[Mapping[str, Clean]]) -> tuple[RowToRaise, ...]:
    """The new rows of a card, checked already, as problems are opened of them."""
    assert filling.reporter_unit_id is not None, "asked of the reporter"
    return tuple(
        RowToRaise(
            row_id=uuid7(), card_id=card_id, campaign=filling.campaign, subject_id=filling.subject_id,
            subject_name=filling.subject_name, subject_kind=filling.subject_kind, sub_kind=filling.sub_kind,
            subject_stage=filling.subject_stage, tier=filling.tier, region_id=filling.region_id, reporter_unit_id=filling.reporter_unit_id,
            category_code=str(row["category"]), text=str(row["text"]), known_to_head=bool(row["known_to_head"]),
            confidential=bool(row.get("confidential", False)), unnamed=bool(row.get("unnamed", False)),
            reporter_name=str(row.get("reporter_name", "")),
            reporter_post=str(row.get("reporter_post", "")), reporter_phone=str(row.get("reporter_phone", "")),
            file_ids=tuple(ids_in(row.get(FILES_OF_A_ROW.code))),
        )
        for row in rows
    )


def keep_rows(raised: Sequence[tuple[int, Sequence[RowToRaise]]], now: datetime) -> None:
    """Freeze the new rows of cards, (rows the card holds already, its new ones); one statement, none without any."""
    written = [
        (row.row_id, row.card_id, place, row.category_code, row.text, row.known_to_head, row.confidential,
         row.unnamed, row.reporter_name, row.reporter_post,
         sealed_value(ProblemRow, "reporter_phone", row.row_id, row.reporter_phone))
        for already, rows in raised for place, row in enumerate(rows, already + 1)
    ]
    if written:
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [now, *(list(column) for column in zip(*written, strict=True))])


def mark_raised(pairs: Sequence[tuple[UUID, UUID]]) -> int:
    """Tie raised rows to their problems, (row id, problem id); a row once tied stays so. Returns how many were tied."""
    if not pairs:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [list(column) for column in zip(*pairs, strict=True)])
        return int(cursor.rowcount)
