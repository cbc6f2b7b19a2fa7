"""Problems as they stood at a cut-off time, a row each: the standing by their stays, answers and ratings given by then.

What a problem's text and name are is read as they are today; they are corrected only while more is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.blanks.queries.asked import Cut
from zhitong.domain.blanks.rules.answers import Answer, Row, Value
from zhitong.domain.blanks.rules.kinds import Which
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.problems.queries.lists import Filters, Order
from zhitong.domain.problems.queries.narrowing import statement_of
from zhitong.domain.problems.queries.rulebook import Rulebook, rulebook
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.problems.rules.kinds import Outcome, Rating, Source, State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.moments import Moments
from zhitong.domain.problems.rules.phases import PHASE_OF, Phase
from zhitong.domain.subjects.queries.caring import person_phone_opened
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import Refused

MOST = 5000
SETTLED = frozenset({Phase.CLOSED, Phase.ENDED})
_THEN = """
SELECT problem.id, problem.number, problem.source, problem.submitted_at, problem.subject_id, problem.unnamed,
       stay.state, coalesce(stay.unit_id, held.unit_id) AS unit_id, stay.region_id, stay.category, stay.subject_kind, problem.campaign,
       stay.unit_id IS NOT NULL AND stay.stage_due_at < %(at)s AS is_overdue, held.first_due_at,
       answer.outcome, answer.text AS answer, answer.answered_at, verdict.rating
FROM unnest(%(ids)s::uuid[]) AS wanted (id)
JOIN problems_problem problem ON problem.id = wanted.id
JOIN problems_stay stay ON stay.problem_id = problem.id AND stay.since <= %(at)s AND (stay.until IS NULL OR stay.until > %(at)s)
LEFT JOIN LATERAL (
    SELECT spell.unit_id, spell.first_due_at FROM problems_spell spell
    WHERE spell.problem_id = problem.id AND spell.kind = 'handling' AND spell.started_at <= %(at)s
    ORDER BY spell.started_at DESC LIMIT 1) held ON true
LEFT JOIN LATERAL (
    SELECT one.id, one.outcome, one.text, one.answered_at FROM problems_answer one
    WHERE one.problem_id = problem.id AND one.answered_at <= %(at)s ORDER BY one.answered_at DESC, one.id DESC LIMIT 1) answer ON true
LEFT JOIN LATERAL (
    SELECT said.rating FROM problems_verdict said WHERE said.answer_id = answer.id AND said.at <= %(at)s
    ORDER BY said.by_head DESC LIMIT 1) verdict ON true
ORDER BY problem.submitted_at, problem.number
"""
_CARE = """
SELECT DISTINCT ON (care.subject_id) care.subject_id, care.id AS care_id, care.lead_official, unit.name, care.person_in_charge,
       care.person_phone
FROM subjects_care care JOIN organisations_unit unit ON unit.id = care.unit_id JOIN subjects_subject subject ON subject.id = care.subject_id
WHERE care.subject_id = ANY(%(ids)s) AND care.since <= %(day)s AND (care.until IS NULL OR care.until > %(day)s)
ORDER BY care.subject_id, care.tier = subject.tier DESC, care.id
"""
_CODES = "SELECT id, code FROM subjects_subject WHERE id = ANY(%(ids)s)"


class TooMany(Refused):
    """More problems than a table holds."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A problem as it stood at the cut-off."""

    row: Mapping[str, Any]
    head: ProblemHead

    @property
    def is_settled(self) -> bool:
        """Whether it was over."""
        return PHASE_OF[State(self.row["state"])] in SETTLED

    @property
    def is_overdue(self) -> bool:
        """Whether its unit was late."""
        return bool(self.row["is_overdue"])


def problems_stood(viewer: Viewer, cut: Cut) -> tuple[Stood, ...]:
    """The problems of a region that the viewer may see and no firm wants kept in confidence, by day of report.

    Five queries. Raises TooMany.
    """
    ids = _ids(viewer, cut)
    rows = _read(_THEN, {"ids": ids, "at": cut.at})
    heads = heads_for(viewer, ids=ids) if ids else {}
    return tuple(Stood(row, heads[row["id"]]) for row in rows if row["id"] in heads)


def problem_rows(stood: Sequence[Stood], which: Which, cut: Cut) -> Answer:
    """A row for each of those that are wanted; three queries."""
    wanted = [one for one in stood if _is_wanted(one, which)]
    named = [one.row["subject_id"] for one in wanted if one.row["subject_id"] and one.head.subject_name != UNNAMED]
    care, codes = care_then(named, cut), {row["id"]: row["code"] for row in _read(_CODES, {"ids": named})} if named else {}
    books = {campaign: rulebook(campaign) for campaign in {one.row["campaign"] for one in wanted}}
    return Answer(tuple(_row(place, one, care, codes, books) for place, one in enumerate(wanted, start=1)))


def care_then(subject_ids: Sequence[UUID], cut: Cut) -> dict[UUID, dict[str, Value]]:
    """Who looked after subjects on the day of the cut-off, at their own level first; one query."""
    if not subject_ids:
        return {}
    found = _read(_CARE, {"ids": list(subject_ids), "day": day_of(cut.at)})
    return {
        row["subject_id"]: {
            "lead_official": row["lead_official"], "caring_unit": row["name"], "person_in_charge": row["person_in_charge"],
            "person_phone": person_phone_opened(row["care_id"], row["person_phone"]),
        }
        for row in found
    }


def _ids(viewer: Viewer, cut: Cut) -> list[UUID]:
    moments = Moments(reported_after=cut.since, reported_until=cut.at, as_of=cut.at)
    filters = Filters(region_id=cut.region_id, confidential=False, moments=moments)
    asked = statement_of(
        viewer, Lens.ALL, filters, "problem.id", directory(), now=cut.now, order=Order.NEWEST, limit=MOST + 1
    )
    found = [row["id"] for row in _read(f"{asked.head}SELECT id FROM ({asked.united}) AS lens LIMIT %(limit)s", asked.parameters)]
    if len(found) > MOST:
        raise TooMany(f"这个范围和时段内的问题超过{MOST}件，一张表装不下。请选下级地区，或者缩短时段后再填。")
    return found


def _is_wanted(one: Stood, which: Which) -> bool:
    if which is Which.OVERDUE:
        return one.is_overdue
    return which is Which.ALL or one.is_settled == (which is Which.SETTLED)


def _row(
    place: int, one: Stood, care: Mapping[UUID, Mapping[str, Value]], codes: Mapping[UUID, str], books: Mapping[str, Rulebook]
) -> Row:
    row, here = one.row, directory()
    is_named = one.head.subject_name != UNNAMED
    values: dict[str, Value] = {
        "sequence": place, "number": row["number"], "name": one.head.subject_name,
        "region": here.regions[row["region_id"]].name,
        "kind": SubjectKind(row["subject_kind"]).label if row["subject_kind"] else None,
        "category": books[row["campaign"]].label(row["subject_kind"], row["category"]), "text": one.head.text,
        "source": Source(row["source"]).label, "submitted_on": day_of(row["submitted_at"]),
        "unit": here.name_of(row["unit_id"]) if row["unit_id"] else None, "state": State(row["state"]).label,
        "is_settled": one.is_settled, "outcome": Outcome(row["outcome"]).label if row["outcome"] else None,
        "answer": row["answer"], "answered_on": _day(row["answered_at"]), "due_on": _day(row["first_due_at"]),
        "is_overdue": one.is_overdue, "rating": Rating(row["rating"]).label if row["rating"] else None,
    }
    if is_named:
        values |= {"code": codes[row["subject_id"]]} if codes.get(row["subject_id"]) else {}
        values |= care.get(row["subject_id"], {})
    return Row((row["number"],), values)


def _day(moment: datetime | None) -> Value:
    return day_of(moment) if moment else None


def _read(statement: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
