"""What stands beside a round, for offices: whom the clock reminded and when, and the questions about odd cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.queries.reviewing import ask_regions, turned
from zhitong.domain.cards.rules.rounds import FlagKind, ReminderLevel
from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.scope import Viewer

_REMINDED = """
SELECT reminder.id, subject.name, region.name, reminder.level, reminder.unit_id, reminder.at, reminder.reminded_by_id
FROM cards_reminder reminder
JOIN cards_obligation obligation ON obligation.id = reminder.obligation_id
JOIN subjects_subject subject ON subject.id = obligation.subject_id
JOIN organisations_region region ON region.id = obligation.region_id
WHERE obligation.round_id = %(round)s AND obligation.region_id = ANY(%(regions)s)
  AND (%(after)s::uuid IS NULL OR reminder.id < %(after)s)
ORDER BY reminder.id DESC LIMIT %(limit)s
"""
_FLAGS = """
SELECT flag.id, flag.card_id, subject.name, region.name, flag.kind, flag.words, flag.at, flag.answer, flag.answered_at
FROM cards_flag flag
JOIN cards_card card ON card.id = flag.card_id
JOIN subjects_subject subject ON subject.id = card.subject_id
JOIN organisations_region region ON region.id = flag.region_id
WHERE {where} AND (%(after)s::uuid IS NULL OR flag.id < %(after)s)
ORDER BY flag.id DESC LIMIT %(limit)s
"""
_OF_ROUND = _FLAGS.format(where="""
    flag.round_id = %(round)s AND flag.region_id = ANY(%(regions)s) AND (NOT %(open)s OR flag.answered_at IS NULL)
    AND (%(kind)s = '' OR flag.kind = %(kind)s)
""")
_OF_CARD = _FLAGS.format(where="flag.card_id = %(card)s")
_COUNT = """
SELECT count(*), count(*) FILTER (WHERE answered_at IS NULL) FROM (
    SELECT answered_at FROM cards_flag WHERE round_id = %s AND region_id = ANY(%s) LIMIT %s) AS counted
"""


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """Who was reminded of whose card, when, and by which office (none: by the clock)."""

    id: UUID
    subject_name: str
    region_name: str
    level: ReminderLevel
    unit: str
    at: datetime
    reminded_by: str


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A question about a card, and what was found when somebody asked."""

    id: UUID
    card_id: UUID
    subject_name: str
    region_name: str
    kind: FlagKind
    words: str
    at: datetime
    answer: str
    answered_at: datetime | None


def reminders_of_region(
    viewer: Viewer, region_id: UUID, round_id: UUID, *, after: UUID | None = None, backwards: bool = False, limit: int = 50
) -> list[ReminderRow]:
    """Who was reminded in a round in a region and everything below it, newest first; three queries.

    `backwards` reads the same order from its other end.
    Raises NotFound: the region is not wholly within what the viewer sees.
    """
    here = ask_regions(viewer, [region_id])
    rows = _run(turned(_REMINDED) if backwards else _REMINDED, {
        "round": round_id, "regions": list(here.within(region_id)), "after": after, "limit": limit,
    })
    names = unit_names({unit_id for _id, _subject, _region, _level, unit_id, _at, _by in rows})
    return [
        ReminderRow(
            reminder_id, subject, region, ReminderLevel(level), names.get(unit_id, ""), at, here.name_of(by) if by else ""
        )
        for reminder_id, subject, region, level, unit_id, at, by in rows
    ]


def flags_of_region(
    viewer: Viewer, region_id: UUID, round_id: UUID, *, kind: FlagKind | None = None, only_open: bool = False,
    after: UUID | None = None, backwards: bool = False, limit: int = 50,
) -> list[FlagRow]:
    """The questions about the cards of a round in a region and everything below it, newest first; two queries.

    `backwards` reads the same order from its other end.
    Raises NotFound: the region is not wholly within what the viewer sees.
    """
    here = ask_regions(viewer, [region_id])
    return _flags(turned(_OF_ROUND) if backwards else _OF_ROUND, {
        "round": round_id, "regions": list(here.within(region_id)), "open": only_open, "kind": str(kind or ""),
        "after": after, "limit": limit,
    })


def count_of_flags(viewer: Viewer, region_id: UUID, round_id: UUID, *, most: int = 1000) -> tuple[int, int]:
    """How many questions there are in a region, and how many of them wait for an answer; counted up to `most`.

    Raises NotFound: the region is not wholly within what the viewer sees.
    """
    here = ask_regions(viewer, [region_id])
    [(every, waiting)] = _run(_COUNT, [round_id, list(here.within(region_id)), most])
    return int(every), int(waiting)


def flags_of_card(card_id: UUID) -> list[FlagRow]:
    """The questions about a card that the viewer has opened; the second wall gives them to offices alone."""
    return _flags(_OF_CARD, {"card": card_id, "after": None, "limit": len(FlagKind)})




def _flags(statement: str, parameters: dict[str, Any]) -> list[FlagRow]:
    return [
        FlagRow(flag_id, card_id, subject, region, FlagKind(kind), words, at, answer, answered_at)
        for flag_id, card_id, subject, region, kind, words, at, answer, answered_at in _run(statement, parameters)
    ]


def _run(statement: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
