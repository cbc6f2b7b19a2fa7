"""Naming the fields that a returned card must mend, each with its reason; the next return replaces them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.rules.templates import Template
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput

LONGEST_MARK = 200

_FORGET = "DELETE FROM cards_mark WHERE card_id = ANY(%s)"
_KEEP = """
INSERT INTO cards_mark (id, card_id, place, reason)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[])
"""


def clean_marks(marks: Mapping[str, str], form: Template) -> dict[str, str]:
    """The reasons by field, cleaned; what was left empty is left out.

    Raises BadInput: a field that the card does not have, a reason too long or marked as classified.
    """
    codes = {field.code for field in form.fields()}
    cleaned = {place: text for place, words in marks.items() if (text := clean_text(words))}
    troubles = {place: said for place, text in cleaned.items() if (said := text_trouble(text, LONGEST_MARK))}
    troubles |= {place: f"这张卡没有“{place}”这一栏，请核对。" for place in cleaned if place not in codes}
    if troubles:
        raise BadInput("有的栏目退回原因没有收下，卡片没有退回。请按提示改好。", troubles)
    return cleaned


def summed_up(marks: Mapping[str, str], form: Template) -> str:
    """The reason of a return that names fields alone."""
    labels = [field.label for field in form.fields() if field.code in marks]
    return f"请更正：{'、'.join(labels)}。" if labels else ""


def keep_marks(marked: Sequence[tuple[UUID, Mapping[str, str]]]) -> None:
    """Put the marks of cards in place of those of an earlier return."""
    rows = [(uuid7(), card_id, place, reason) for card_id, marks in marked for place, reason in marks.items()]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [[card_id for card_id, _marks in marked]])
        if rows:
            cursor.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])
