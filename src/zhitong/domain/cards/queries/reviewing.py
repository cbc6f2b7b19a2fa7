"""What offices see: the list of a round in a region, missing cards included, and the cards waiting for review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.rules.cards import is_late, standing_of
from zhitong.domain.cards.rules.collection import IS_LATE, STANDING
from zhitong.domain.cards.rules.kinds import CardState, ObligationState
from zhitong.domain.cards.rules.lateness import Lateness
from zhitong.domain.cards.rules.rounds import MeterStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

_COLUMNS = f"""
SELECT obligation.position, obligation.subject_id, subject.name, region.name, round.id, round.name, round.due_on,
       card.id, card.state, coalesce(card.version, 0), card.first_submitted_at, card.submitted_at, {STANDING},
       obligation.caring_unit_id, obligation.person_in_charge, obligation.collecting_unit_id, obligation.region_id,
       obligation.held_on, obligation.held_by_id, coalesce(card.return_reason, ''),
       EXISTS (SELECT 1 FROM subjects_care care
               WHERE care.subject_id = obligation.subject_id AND care.unit_id = %(unit)s AND care.until IS NULL)
"""
_JOINED = """
JOIN subjects_subject subject ON subject.id = obligation.subject_id
JOIN organisations_region region ON region.id = obligation.region_id
JOIN cards_round round ON round.id = obligation.round_id
"""
_ASKED = f"""
FROM cards_obligation obligation {_JOINED}
LEFT JOIN cards_card card ON card.round_id = obligation.round_id AND card.subject_id = obligation.subject_id
WHERE obligation.round_id = %(round)s
  AND (%(states)s::text[] IS NULL OR coalesce(card.state, 'missing') = ANY(%(states)s))
  AND (%(standings)s::text[] IS NULL OR {STANDING} = ANY(%(standings)s))
  AND (%(units)s::uuid[] IS NULL OR obligation.caring_unit_id = ANY(%(units)s))
  AND (%(person)s = '' OR obligation.person_in_charge = %(person)s)
  AND (%(list)s::uuid IS NULL OR EXISTS (
      SELECT 1 FROM cards_obligation_list listed
      WHERE listed.obligation_id = obligation.id AND listed.list_id = %(list)s))
  AND (%(late)s <> 'own' OR {IS_LATE[Lateness.OWN]})
  AND (%(late)s <> 'above' OR {IS_LATE[Lateness.ABOVE]})
  AND (%(words)s = '' OR position(lower(%(words)s) IN lower(subject.name)) > 0)
"""
_CARD = "LEFT JOIN cards_card card ON card.round_id = obligation.round_id AND card.subject_id = obligation.subject_id"
_ONE = f"""
{_COLUMNS} FROM cards_obligation obligation {_JOINED} {_CARD}
WHERE obligation.round_id = %(round)s AND obligation.subject_id = %(subject)s
"""
_THERE = "AND obligation.region_id = ANY(%(regions)s)"
_OURS = """AND obligation.subject_id IN (
    SELECT care.subject_id FROM subjects_care care WHERE care.unit_id = %(unit)s AND care.until IS NULL)"""
_OF_REGION = f"""
{_COLUMNS} {_ASKED} {_THERE} AND obligation.position > %(after)s ORDER BY obligation.position LIMIT %(limit)s
"""
_BACKWARDS = f"""
{_COLUMNS} {_ASKED} {_THERE} AND (%(after)s = 0 OR obligation.position < %(after)s)
ORDER BY obligation.position DESC LIMIT %(limit)s
"""
_COUNT = f"SELECT count(*) FROM (SELECT 1 {_ASKED} {_THERE} LIMIT %(limit)s) AS counted"
_CARED = _OF_REGION.replace(_THERE, _OURS)
_CARED_BACKWARDS = _BACKWARDS.replace(_THERE, _OURS)
_CARED_COUNT = _COUNT.replace(_THERE, _OURS)
_TO_REVIEW = f"""
{_COLUMNS} FROM cards_card card
JOIN cards_obligation obligation ON obligation.round_id = card.round_id AND obligation.subject_id = card.subject_id
{_JOINED}
WHERE card.awaiting_unit_id IS NOT NULL AND (card.awaiting_unit_id = %(unit)s OR NOT %(first_wall)s)
ORDER BY card.submitted_at, card.id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class ListedCard:
    """One line of a list: who owes, and how the card stands; `position` is the key of the next page.

    `is_late` is the reporter's own lateness; `held_on` and `held_by` say when which level above made it late.
    """

    position: int
    subject_id: UUID
    subject_name: str
    region_name: str
    round_id: UUID
    round_name: str
    card_id: UUID | None
    state: ObligationState
    version: int
    submitted_at: datetime | None
    is_late: bool
    standing: MeterStanding
    caring_unit_id: UUID | None
    person_in_charge: str
    collecting_unit_id: UUID
    region_id: UUID
    held_on: date | None
    held_by: str
    return_reason: str
    is_cared_for: bool

    @property
    def id(self) -> UUID:
        """What tells two lines of a list apart: a round asks a subject once."""
        return self.subject_id


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list of a round is narrowed to; what is empty narrows nothing.

    `words` are looked for in names; `unit_ids` are units that cared when the round opened, `line_id` those of them that
    keep a line; `late` keeps what came late for that reason.
    """

    states: Sequence[ObligationState] = ()
    standings: Sequence[MeterStanding] = ()
    words: str = ""
    list_id: UUID | None = None
    unit_ids: Sequence[UUID] = ()
    line_id: UUID | None = None
    person: str = ""
    late: Lateness | None = None


@dataclass(frozen=True, slots=True)
class CardPage:
    """A page of a list; `after` is the key of the next one, None at the end."""

    rows: list[ListedCard]
    after: int | None


def cards_of_region(
    viewer: Viewer, region_id: UUID, round_id: UUID, *, today: date, narrowing: Narrowing = Narrowing(), after: int = 0,
    backwards: bool = False, limit: int = 50,
) -> CardPage:
    """Who owes a card of a round in a region and everything below it, in the round's own order; two queries a page.

    `backwards` reads the same order from its other end.
    Raises NotFound: the region is not wholly within what the viewer sees.
    """
    asked = _asked(viewer, region_id, round_id, narrowing)
    rows = _listed(_BACKWARDS if backwards else _OF_REGION, today, {**asked, "after": after, "limit": limit + 1})
    more = len(rows) > limit
    return CardPage(rows[:limit], rows[limit - 1].position if more else None)


def count_of_region(
    viewer: Viewer, region_id: UUID, round_id: UUID, *, narrowing: Narrowing = Narrowing(), most: int
) -> int:
    """How many such a list holds, counted up to `most`; two queries.

    Raises NotFound: the region is not wholly within what the viewer sees.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {**_asked(viewer, region_id, round_id, narrowing), "limit": most})
        return int(cursor.fetchone()[0])


def obligation(viewer: Viewer, round_id: UUID, subject_id: UUID, *, today: date) -> ListedCard:
    """How one subject stands in a round, for offices above it and who cares for it; one query.

    Raises NotFound: it is not asked, or not for this viewer.
    """
    found = _listed(_ONE, today, {"round": round_id, "subject": subject_id, "unit": viewer.unit_id})
    if not found:
        raise NotFound
    [one] = found
    path = {region.id for region in directory().path(one.region_id)}
    is_above = viewer.reach is Reach.SUBTREE and viewer.region_id in path
    if first_wall_stands() and not (is_above or one.is_cared_for):
        raise NotFound
    return one


def cards_cared_for(
    viewer: Viewer, round_id: UUID, *, today: date, narrowing: Narrowing = Narrowing(), after: int = 0,
    backwards: bool = False, limit: int = 50,
) -> list[ListedCard]:
    """Who owes a card of a round among those the viewer's own unit cares for, in the round's own order; one query."""
    return _listed(_CARED_BACKWARDS if backwards else _CARED, today, {
        **_narrowed(narrowing, directory()), "round": round_id, "unit": viewer.unit_id, "after": after, "limit": limit,
    })


def count_cared_for(viewer: Viewer, round_id: UUID, *, narrowing: Narrowing = Narrowing(), most: int) -> int:
    """How many such a list holds, counted up to `most`; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CARED_COUNT, {
            **_narrowed(narrowing, directory()), "round": round_id, "unit": viewer.unit_id, "limit": most,
        })
        return int(cursor.fetchone()[0])


def _asked(viewer: Viewer, region_id: UUID, round_id: UUID, narrowing: Narrowing) -> dict[str, Any]:
    here = ask_regions(viewer, [region_id])
    return {
        **_narrowed(narrowing, here), "round": round_id, "unit": viewer.unit_id,
        "regions": list(here.within(region_id)) if region_id in here.regions else [],
    }


def _narrowed(narrowing: Narrowing, here: Directory) -> dict[str, Any]:
    return {
        "words": narrowing.words.strip(), "states": [str(state) for state in narrowing.states] or None,
        "standings": [str(one) for one in narrowing.standings] or None, "list": narrowing.list_id,
        "units": _units(narrowing, here), "person": narrowing.person.strip(), "late": str(narrowing.late or ""),
    }


def _units(narrowing: Narrowing, here: Directory) -> list[UUID] | None:
    """The caring units asked for; None for all of them, empty when no unit keeps the line."""
    if narrowing.line_id is None:
        return list(narrowing.unit_ids) or None
    keeping = [unit.id for unit in here.units.values() if narrowing.line_id in unit.line_ids]
    return [one for one in keeping if not narrowing.unit_ids or one in narrowing.unit_ids]


def cards_to_review(viewer: Viewer, *, today: date, limit: int = 50) -> list[ListedCard]:
    """Cards sent to the viewer's own unit and not reviewed yet, the longest waiting first; one query."""
    return _listed(_TO_REVIEW, today, {"unit": viewer.unit_id, "limit": limit, "first_wall": first_wall_stands()})


def ask_regions(viewer: Viewer, region_ids: Sequence[UUID], *reaches: Reach) -> Directory:
    """The directory, once the viewer is known to see the whole of every region (or its line, where that is enough).

    Raises NotFound: one is not within the viewer's region, or the viewer's unit does not see so far.
    """
    here = directory()
    if not first_wall_stands():
        return here
    if viewer.reach not in (Reach.SUBTREE, *reaches):
        raise NotFound
    for region_id in region_ids:
        if region_id not in here.regions or all(one.id != viewer.region_id for one in here.path(region_id)):
            raise NotFound
    return here


def _listed(statement: str, today: date, parameters: dict[str, Any]) -> list[ListedCard]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [_line(*row, today=today) for row in cursor.fetchall()]


def _line(
    position: int, subject_id: UUID, subject_name: str, region_name: str, round_id: UUID, round_name: str, due_on: date,
    card_id: UUID | None, state: str | None, version: int, first_submitted_at: datetime | None,
    submitted_at: datetime | None, standing: str, caring_unit_id: UUID | None, person: str, collecting_unit_id: UUID,
    region_id: UUID, held_on: date | None, held_by: UUID | None, return_reason: str, is_cared_for: bool, *, today: date,
) -> ListedCard:
    sent_on = day_of(first_submitted_at) if first_submitted_at else None
    return ListedCard(
        position, subject_id, subject_name, region_name, round_id, round_name, card_id,
        standing_of(CardState(state) if state else None), version, submitted_at,
        is_late(due_on, sent_on, today, held_on),
        MeterStanding(standing), caring_unit_id, person, collecting_unit_id, region_id, held_on,
        directory().name_of(held_by) if held_by else "", return_reason, is_cared_for,
    )


def turned(statement: str) -> str:
    """A statement that pages by falling ids, made to page by rising ones."""
    return statement.replace("id < %(after)s", "id > %(after)s").replace("id DESC", "id")
