"""Keeping what looked wrong on a card and was confirmed, each with the reporter's word of reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput

LONGEST_ANSWER = 200
UNEXPLAINED = "核对无误"
"""What a confirmation without a word of reason is kept as."""

_DOUBTS = """
INSERT INTO cards_doubt (id, card_id, place, sentence, answer)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[])
"""

Doubted = tuple[UUID, Mapping[str, str], Mapping[str, str]]
"""(card, what looked wrong by place, the reporter's answers by place)"""


def ask_answers(answers: Mapping[str, str]) -> None:
    """Refuse answers that are too long or marked as classified.

    Raises BadInput: `fields` says which.
    """
    troubles = {place: said for place, answer in answers.items() if (said := text_trouble(answer, LONGEST_ANSWER))}
    if troubles:
        raise BadInput("核对说明没有收下，卡片还没有报送。请按提示改好后再报送。", troubles)


def keep_doubts(doubted: Sequence[Doubted]) -> None:
    """Keep the confirmed doubts of cards; no statement when nothing looked wrong."""
    rows = [
        (uuid7(), card_id, place, sentence, clean_text(answers.get(place, "")) or UNEXPLAINED)
        for card_id, sentences, answers in doubted
        for place, sentence in sentences.items()
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_DOUBTS, [list(column) for column in zip(*rows, strict=True)])
