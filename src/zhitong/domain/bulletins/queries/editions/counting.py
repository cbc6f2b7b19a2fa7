"""Counting what fell due and what was rated in a time, by region and by unit, and the rows behind each count.

Everything is read as it stood at the cut-off: states and places from the stays, outcomes from the answers given until then,
ratings from the verdicts given until then. The same cut-off gives the same counts for ever. Confidential matters are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.bulletins.rules.measures import Counts
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.rules.kinds import Outcome, Rating, SpellKind, State
from zhitong.domain.tallies.rules import TREE
from zhitong.kit.clock import day_of

ANSWERED = (State.RETURNING, State.ANSWERED, State.CONFIRMED, State.CLOSED, State.ENDED)
"""States in which an answer stands."""
SOLVED = (State.CONFIRMED, State.CLOSED)
"""States in which nobody contests any more that it was solved."""
NOT_DUE = (State.MERGED, State.WITHDRAWN, State.DECLINED)
"""States of matters that are no longer anybody's to answer: they fall due to nobody."""
GOOD = (Rating.SATISFIED, Rating.BASICALLY)
ROWS_MOST = 500

_STOOD = """
JOIN problems_stay stay ON stay.problem_id = problem.id AND stay.since <= %(until)s
    AND (stay.until IS NULL OR stay.until > %(until)s) AND NOT stay.confidential AND stay.state <> ALL(%(not_due)s)
"""
_PLACE = f"""
JOIN ({TREE}) AS tree ON tree.node = stay.region_id AND tree.ancestor = ANY(%(nodes)s)
    AND (tree.since IS NULL OR tree.since <= %(today)s) AND (tree.until IS NULL OR tree.until > %(today)s)
"""
_LAST = """
LEFT JOIN LATERAL (
    SELECT answered_at, outcome, spell_id FROM problems_answer
    WHERE problem_id = problem.id AND answered_at <= %(until)s ORDER BY answered_at DESC, id DESC LIMIT 1) AS last ON true
"""
_VERDICT = """
LEFT JOIN LATERAL (
    SELECT rating FROM problems_verdict WHERE answer_id = answer.id AND at <= %(until)s ORDER BY at DESC, id DESC LIMIT 1
) AS verdict ON true
"""
_DUE_BY_REGION = f"""
SELECT tree.ancestor AS node, problem.id AS problem_id, problem.first_due_at AS due_at, last.answered_at,
       coalesce(last.answered_at <= problem.first_due_at AND stay.state = ANY(%(answered)s), false) AS is_first,
       coalesce(last.outcome = %(solved)s AND stay.state = ANY(%(settled)s), false) AS is_second
FROM problems_problem problem {_STOOD} {_PLACE} {_LAST}
WHERE problem.first_due_at > %(since)s AND problem.first_due_at <= %(until)s
"""
_DUE_BY_UNIT = f"""
SELECT spell.unit_id AS node, problem.id AS problem_id, spell.first_due_at AS due_at,
       CASE WHEN last.spell_id = spell.id THEN last.answered_at END AS answered_at,
       coalesce(last.spell_id = spell.id AND last.answered_at <= spell.first_due_at AND stay.state = ANY(%(answered)s), false)
           AS is_first,
       coalesce(last.spell_id = spell.id AND last.outcome = %(solved)s AND stay.state = ANY(%(settled)s), false) AS is_second
FROM problems_spell spell JOIN problems_problem problem ON problem.id = spell.problem_id {_STOOD} {_LAST}
WHERE spell.unit_id = ANY(%(nodes)s) AND spell.kind = %(handling)s
  AND spell.first_due_at > %(since)s AND spell.first_due_at <= %(until)s AND spell.started_at <= %(until)s
  AND (spell.ended_at IS NULL OR spell.ended_at > spell.first_due_at OR last.spell_id = spell.id)
"""
_ASKED_BY_REGION = f"""
SELECT tree.ancestor AS node, problem.id AS problem_id, answer.shown_at AS due_at, answer.answered_at,
       verdict.rating IS NOT NULL AS is_first, coalesce(verdict.rating = ANY(%(good)s), false) AS is_second
FROM problems_answer answer JOIN problems_problem problem ON problem.id = answer.problem_id {_STOOD} {_PLACE} {_VERDICT}
WHERE answer.shown_at > %(since)s AND answer.shown_at <= %(until)s
"""
_ASKED_BY_UNIT = f"""
SELECT answer.unit_id AS node, problem.id AS problem_id, answer.shown_at AS due_at, answer.answered_at,
       verdict.rating IS NOT NULL AS is_first, coalesce(verdict.rating = ANY(%(good)s), false) AS is_second
FROM problems_answer answer JOIN problems_problem problem ON problem.id = answer.problem_id {_STOOD} {_VERDICT}
WHERE answer.unit_id = ANY(%(nodes)s) AND answer.shown_at > %(since)s AND answer.shown_at <= %(until)s
"""
_COUNTED = """
SELECT node, count(*), count(*) FILTER (WHERE is_first), count(*) FILTER (WHERE is_second) FROM ({rows}) AS rows GROUP BY node
"""
_LISTED = """
SELECT problem_id, due_at, answered_at, is_first, is_second FROM ({rows}) AS rows ORDER BY due_at, problem_id LIMIT %(most)s
"""
_ROWS = {
    ("due", "region"): _DUE_BY_REGION, ("due", "unit"): _DUE_BY_UNIT,
    ("asked", "region"): _ASKED_BY_REGION, ("asked", "unit"): _ASKED_BY_UNIT,
}


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A problem that was counted: it fell due, or its answer was shown, at `at`.

    Of what fell due `is_first` tells that it was on time and `is_second` that it was solved; of what was asked, that it was
    rated and that the rating was good.
    """

    number: str
    subject_name: str
    at: datetime
    answered_at: datetime | None
    is_first: bool
    is_second: bool


def counts_by_region(nodes: Sequence[UUID], since: datetime, until: datetime) -> dict[UUID, Counts]:
    """What was counted of each region with all below it, as the tree stood at `until`: two statements."""
    return _counted("region", nodes, since, until)


def counts_by_unit(nodes: Sequence[UUID], since: datetime, until: datetime) -> dict[UUID, Counts]:
    """What was counted of each unit: the limits of its own stretches, so time spent at other levels is not its; two statements."""
    return _counted("unit", nodes, since, until)


def rows_counted(
    viewer: Viewer, behind: Mapping[str, str], since: datetime, until: datetime
) -> list[CountedRow]:
    """Up to ROWS_MOST problems behind a figure that the viewer may see, by day; four statements.

    `behind` names them: the list (due, asked), by what (region, unit) and whose.
    """
    rows = _ROWS[behind["list"], behind["by"]]
    with connection.cursor() as cursor:
        cursor.execute(_LISTED.format(rows=rows), {**_asked([UUID(behind["of"])], since, until), "most": ROWS_MOST})
        found = cursor.fetchall()
    heads = heads_for(viewer, ids=[row[0] for row in found])
    return [
        CountedRow(heads[id_].standing.number, heads[id_].subject_name, *told) for id_, *told in found if id_ in heads
    ]


def _counted(by: str, nodes: Sequence[UUID], since: datetime, until: datetime) -> dict[UUID, Counts]:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for what, names in (("due", ("due", "on_time", "solved")), ("asked", ("asked", "rated", "satisfied"))):
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED.format(rows=_ROWS[what, by]), _asked(nodes, since, until))
            for node, *numbers in cursor.fetchall():
                found[node] |= dict(zip(names, numbers, strict=True))
    return {node: Counts(**found[node]) for node in nodes}


def _asked(nodes: Sequence[UUID], since: datetime, until: datetime) -> dict[str, Any]:
    return {
        "nodes": list(nodes), "since": since, "until": until, "today": day_of(until), "solved": Outcome.SOLVED.value,
        "handling": SpellKind.HANDLING.value, "answered": [one.value for one in ANSWERED],
        "settled": [one.value for one in SOLVED], "not_due": [one.value for one in NOT_DUE],
        "good": [one.value for one in GOOD],
    }
