"""Problems as they stood at a cut-off: read from their stays and from what had been done by then, never from how they stand.

Rows are read through the territory's own regions and lines, the confidential ones left out: papers are handed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.bulletins.queries.ledgers.territory import WITHIN, Territory
from zhitong.domain.history.queries import Mention, facts_of_many
from zhitong.domain.organisations.queries import Contact, contacts_on
from zhitong.domain.organisations.scope import first_wall_stands
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.queries.seeing import NAMED_TO, UNNAMED, named_to
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import Outcome, PartKind, Rating, Source, Stage, State
from zhitong.kit.clock import day_of

AT_ONCE = 1_000
"""Rows that are filled in together: what memory holds."""

_STOOD = f"""
SELECT problem.id, problem.number, problem.source, problem.recorded, problem.subject_id, problem.subject_kind, problem.campaign,
       CASE WHEN {NAMED_TO} THEN problem.subject_name ELSE '{UNNAMED}' END, problem.text, problem.submitted_at,
       stay.region_id, stay.level_region_id, stay.state, stay.unit_id, stay.category, stay.stage, stay.stage_due_at, stay.since
FROM problems_stay stay JOIN problems_problem problem ON problem.id = stay.problem_id
WHERE stay.since <= %(at)s AND (stay.until IS NULL OR stay.until > %(at)s) AND NOT stay.confidential
  AND (NOT %(first_wall)s OR stay.region_id IN {WITHIN}) {{narrowed}}
ORDER BY {{order}} LIMIT %(most)s
"""
_OF_LINES = " AND stay.line_id = ANY(%(lines)s::uuid[])"
_SPELLS = """
SELECT DISTINCT ON (spell.problem_id) spell.problem_id, spell.unit_id, spell.started_at,
       coalesce(moved.due_after, spell.first_due_at)
FROM problems_spell spell
LEFT JOIN LATERAL (
    SELECT request.due_after FROM problems_request request
    WHERE request.spell_id = spell.id AND request.state = 'granted' AND request.due_after IS NOT NULL
      AND coalesce(request.resumed_at, request.decided_at) <= %(at)s
    ORDER BY coalesce(request.resumed_at, request.decided_at) DESC, request.id DESC LIMIT 1
) AS moved ON true
WHERE spell.problem_id = ANY(%(problems)s) AND spell.kind = 'handling' AND spell.started_at <= %(at)s
ORDER BY spell.problem_id, spell.started_at DESC
"""
_ANSWERS = """
SELECT DISTINCT ON (answer.problem_id) answer.problem_id, answer.outcome, answer.text, answer.planned_on, answer.answered_at,
       verdict.rating
FROM problems_answer answer
LEFT JOIN problems_verdict verdict ON verdict.answer_id = answer.id AND NOT verdict.by_head AND verdict.at <= %(at)s
WHERE answer.problem_id = ANY(%(problems)s) AND answer.answered_at <= %(at)s
ORDER BY answer.problem_id, answer.answered_at DESC, answer.id DESC
"""
_PARTS = """
SELECT problem_id, unit_id, kind FROM problems_part
WHERE problem_id = ANY(%(problems)s) AND asked_at <= %(at)s ORDER BY problem_id, asked_at, id
"""
_CARE = """
SELECT subject_id, lead_official FROM subjects_care
WHERE subject_id = ANY(%(subjects)s) AND since <= %(today)s AND (until IS NULL OR until > %(today)s) AND lead_official <> ''
ORDER BY subject_id, since, id
"""
_TOLD = (
    ProblemFact.DISPATCHED, ProblemFact.DESIGNATED, ProblemFact.REASSIGNED, ProblemFact.ACKNOWLEDGED, ProblemFact.CONTACTED,
    ProblemFact.REPLIED, ProblemFact.COORDINATED, ProblemFact.ADVISED, ProblemFact.ESCALATED, ProblemFact.PROPOSED,
    ProblemFact.PAUSED, ProblemFact.PARKED, ProblemFact.SUPPLIED,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that stood, with what the reporter had said of it by then."""

    outcome: Outcome
    text: str
    at: datetime
    planned_on: Any
    rating: Rating | None


@dataclass(frozen=True, slots=True)
class Stood:
    """A problem as it stood. `unit` is the accountable one, of a settled one the last that handled it; `due_at` its limit.

    `told` is what had been told by then, oldest first; `stage_due_at` the limit of the stage that ran.
    """

    id: UUID
    number: str
    source: str
    subject: str
    category: str
    text: str
    submitted_at: datetime
    region: str
    level: str
    state: State
    since: datetime
    stage: Stage | None
    stage_due_at: datetime | None
    unit_id: UUID | None
    unit: str
    contact: Contact | None
    handed_at: datetime | None
    due_at: datetime | None
    helpers: tuple[str, ...]
    officials: tuple[str, ...]
    answer: Answered | None
    told: tuple[Mention, ...] = field(default=())

    def is_overdue(self, at: datetime) -> bool:
        """Whether the running stage was past its limit."""
        return self.stage_due_at is not None and self.stage_due_at < at


def stood(
    territory: Territory, narrowed: str = "", order: str = "problem.id", *, most: int | None = None
) -> Iterator[Stood]:
    """The problems of a territory as they stood at its cut-off, narrowed by a condition on `stay` and `problem`.

    All of them, or at most so many. One statement read through a cursor, and seven for each thousand rows; memory holds a
    thousand rows.
    """
    lines = _OF_LINES if territory.line_ids is not None else ""
    statement = _STOOD.format(narrowed=lines + narrowed, order=order)
    asked = {
        **territory.parameters(), **named_to(territory.viewer, territory.here), "first_wall": first_wall_stands(), "most": most,
    }
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, asked)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from _filled(territory, rows)


def _filled(territory: Territory, rows: Sequence[tuple[Any, ...]]) -> Iterator[Stood]:
    ids = [row[0] for row in rows]
    asked = {
        "problems": ids, "at": territory.at, "today": territory.today, "subjects": [row[4] for row in rows if row[4]],
    }
    spells = {row[0]: row[1:] for row in _read(_SPELLS, asked)}
    answers = {row[0]: row[1:] for row in _read(_ANSWERS, asked)}
    helpers, officials = _grouped(_read(_PARTS, asked)), _grouped(_read(_CARE, asked))
    told = _told({row[0]: row[9] for row in rows})
    books = {campaign: rulebook(campaign) for campaign in {row[6] for row in rows}}
    units = {row[13] or spells.get(row[0], (None,))[0] for row in rows} - {None}
    contacts = contacts_on(units, territory.today)
    for row in rows:
        spell = spells.get(row[0], (None, None, None))
        unit_id = row[13] or spell[0]
        yield _row(
            territory, row, books[row[6]].label(row[5], row[14]), spell, unit_id, contacts.get(unit_id) if unit_id else None,
            _helpers(territory, helpers.get(row[0], ())), tuple(dict.fromkeys(one[0] for one in officials.get(row[4], ()))),
            _answer(answers.get(row[0])), told.get(row[0], ()),
        )


def _row(
    territory: Territory, row: tuple[Any, ...], category: str, spell: tuple[Any, ...], unit_id: UUID | None, contact: Contact | None,
    helpers: tuple[str, ...], officials: tuple[str, ...], answer: Answered | None, told: Sequence[Mention],
) -> Stood:
    here, stage = territory.here, Stage(row[15]) if row[15] else None
    return Stood(
        id=row[0], number=row[1], source=Source(row[2]).label + ("（补录）" if row[3] else ""), subject=row[7],
        category=category, text=_text_then(row[8], told, territory.at), submitted_at=row[9],
        region=here.regions[row[10]].name, level=here.regions[row[11]].name, state=State(row[12]), since=row[17], stage=stage,
        stage_due_at=row[16], unit_id=unit_id, unit=here.name_of(unit_id) if unit_id else "", contact=contact,
        handed_at=spell[1], due_at=row[16] if stage is Stage.COMPLETE and row[16] else spell[2], helpers=helpers,
        officials=officials, answer=answer, told=tuple(one for one in told if one.at <= territory.at),
    )


def _text_then(text: str, told: Sequence[Mention], at: datetime) -> str:
    """The text without what the reporter added after the cut-off."""
    for one in reversed(told):
        if one.kind == ProblemFact.SUPPLIED.value and one.at > at:
            text = text.removesuffix(f"\n补正：{one.words.get('text', '')}")
    return text


def _told(things: Mapping[UUID, datetime]) -> dict[UUID, list[Mention]]:
    found: dict[UUID, list[Mention]] = {}
    for one in facts_of_many(things, [kind.value for kind in _TOLD]):
        found.setdefault(one.thing_id, []).append(one)
    return found


def _helpers(territory: Territory, parts: Sequence[tuple[Any, ...]]) -> tuple[str, ...]:
    said = (
        territory.here.name_of(unit_id) + ("（商请）" if kind == PartKind.CONSULT.value else "") for unit_id, kind in parts
    )
    return tuple(dict.fromkeys(said))


def _answer(row: tuple[Any, ...] | None) -> Answered | None:
    if row is None:
        return None
    outcome, text, planned_on, at, rating = row
    return Answered(Outcome(outcome), text, at, planned_on, Rating(rating) if rating else None)


def _grouped(rows: Sequence[tuple[Any, ...]]) -> dict[Any, list[tuple[Any, ...]]]:
    found: dict[Any, list[tuple[Any, ...]]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest))
    return found


def _read(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def day_said(moment: datetime) -> str:
    """A day as a cell says it: 4月27日."""
    day = day_of(moment)
    return f"{day.month}月{day.day}日"
