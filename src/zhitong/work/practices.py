"""What follows from the facts of pieces: the office hears that one came, its writer what became of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhitong.domain.history.follow import ReadFact
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.practices.rules.facts import PracticeFact
from zhitong.domain.practices.rules.kinds import PieceKind

THING = "piece"
TOLD: dict[str, tuple[str, NoticeKind]] = {
    str(PracticeFact.SUBMITTED): ("office", NoticeKind.PIECE_CAME),
    str(PracticeFact.REVISED): ("office", NoticeKind.PIECE_CAME),
    str(PracticeFact.SENT_UP): ("office", NoticeKind.PIECE_CAME),
    str(PracticeFact.RETURNED): ("by_unit", NoticeKind.PIECE_RETURNED),
    str(PracticeFact.ADOPTED): ("by_unit", NoticeKind.PIECE_ADOPTED),
    str(PracticeFact.PASSED_OVER): ("by_unit", NoticeKind.PIECE_PASSED_OVER),
    str(PracticeFact.USED): ("by_unit", NoticeKind.PIECE_USED),
    str(PracticeFact.PUBLISHED): ("by_unit", NoticeKind.PIECE_PUBLISHED),
}
"""Which side of a fact is told, and what; nobody is told of what it did itself."""


def follow_piece(fact: ReadFact) -> None:
    """Do what follows from a fact of a piece; doing it again changes nothing."""
    if fact.kind not in TOLD:
        return
    side, kind = TOLD[fact.kind]
    named = fact.body.get(side)
    if not named or UUID(named) == fact.unit_id:
        return
    day = date.fromisoformat(fact.body["on"])
    words = f"{day.month}月{day.day}日{PieceKind(fact.body['kind']).label}"
    tell([Telling(UUID(named), kind, fact.thing_kind, fact.thing_id, words, fact.id, fact.at)])
