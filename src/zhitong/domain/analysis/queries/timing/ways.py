"""The SQL of ways: the stays of the problems that moved in a period, put together to passages of a unit in a state.

A stay is a stretch in which nothing counted changed; a passage is a run of stays in one state with one unit, and its working
minutes are the sum of theirs. What is read is bounded by what moved in the period: its problems are found by the index of
moments, their ways by problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.analysis.queries.overseeing import Overseen
from zhitong.domain.analysis.rules.timing.activities import ACTIVITY_OF
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.way import Act


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What ways are narrowed to; empty asks nothing. The last five are asked where single passages are listed."""

    category: str = ""
    kind: str = ""
    rank: Rank | None = None
    unit_id: UUID | None = None
    state: State | None = None
    to: State | None = None
    by: Act | None = None
    stage: Stage | None = None
    again: bool = False
    late: bool = False
    named: tuple[UUID, ...] = ()


EVERYTHING = Narrowed()

_ACTIVITIES = " ".join(
    f"WHEN '{state.value}' THEN '{activity.value}'" for state, (activity, _waits) in ACTIVITY_OF.items()
)

_WAYS = """
WITH moved AS MATERIALIZED (
    SELECT DISTINCT stay.problem_id FROM problems_stay stay
    WHERE stay.since > %(since)s AND stay.since <= %(until)s AND stay.previous_id IS NOT NULL
      AND stay.region_id IN (SELECT region_id FROM organisations_region_within WHERE ancestor_id = %(region)s)
), steps AS (
    SELECT stay.id, stay.problem_id, stay.since, stay.until, stay.state, stay.unit_id, stay.region_id, stay.line_id,
           stay.category, stay.subject_kind, stay.confidential, stay.recorded, stay.stage, stay.stage_due_at,
           stay.worked_minutes, stay.level_rank AS rank,
           lag(stay.state) OVER way AS state_before, lag(stay.unit_id) OVER way AS unit_before,
           lead(stay.state) OVER way AS next_state, lead(stay.unit_id) OVER way AS next_unit,
           lead(stay.act) OVER way AS next_act, lead(stay.stage) OVER way AS next_stage
    FROM problems_stay stay JOIN moved ON moved.problem_id = stay.problem_id
    WHERE stay.since <= %(until)s
    WINDOW way AS (PARTITION BY stay.problem_id ORDER BY stay.since, stay.id)
), entered AS (
    SELECT *,
           count(*) FILTER (WHERE state IS DISTINCT FROM state_before OR unit_id IS DISTINCT FROM unit_before) OVER way
               AS passage,
           count(*) FILTER (WHERE state IS DISTINCT FROM state_before)
               OVER (PARTITION BY problem_id, state ORDER BY since, id) AS times_entered
    FROM steps WINDOW way AS (PARTITION BY problem_id ORDER BY since, id)
), passages AS (
    SELECT entered.*, CASE state {activities} END AS activity,
           until > %(since)s AND until <= %(until)s AS is_over,
           state IS DISTINCT FROM next_state OR unit_id IS DISTINCT FROM next_unit AS leaves,
           stage <> '' AND stage_due_at IS NOT NULL AND stage IS DISTINCT FROM next_stage AS passes,
           stage_due_at IS NOT NULL AND until > stage_due_at AS is_late,
           min(since) OVER together AS came_at,
           CASE WHEN bool_or(worked_minutes IS NULL) OVER together THEN NULL
                ELSE sum(worked_minutes) OVER together END AS minutes
    FROM entered WINDOW together AS (PARTITION BY problem_id, passage)
), gone AS (
    SELECT * FROM passages WHERE is_over AND activity IS NOT NULL AND NOT recorded AND {scope} {narrowed}
)
"""


def ways(seen: Overseen, narrowed: Narrowed, since: datetime, until: datetime) -> tuple[str, dict[str, Any]]:
    """The WITH clause whose `gone` holds what ended after `since` up to `until`, with its parameters.

    Of its rows those with `leaves` end a passage, those with `passes` end a stage that had a limit.
    """
    conditions, parameters = conditions_of(narrowed)
    clause = _WAYS.format(activities=_ACTIVITIES, scope=seen.in_scope("passages"), narrowed=conditions)
    return clause, {"since": since, "until": until, **seen.parameters, **parameters}


def conditions_of(narrowed: Narrowed) -> tuple[str, dict[str, Any]]:
    """What narrows rows, as conditions that begin with AND."""
    asked: Mapping[str, tuple[str, Any]] = {
        "category": ("category = %(category)s", narrowed.category),
        "kind": ("subject_kind = %(kind)s", narrowed.kind),
        "rank": ("rank = %(rank)s", narrowed.rank and narrowed.rank.value),
        "unit": ("unit_id = %(unit)s", narrowed.unit_id),
        "state": ("state = %(state)s", narrowed.state and narrowed.state.value),
        "to": ("next_state = %(to)s", narrowed.to and narrowed.to.value),
        "by": ("next_act = %(by)s", narrowed.by and narrowed.by.value),
        "stage": ("stage = %(stage)s", narrowed.stage and narrowed.stage.value),
        "again": ("times_entered > 1", narrowed.again),
        "late": ("is_late", narrowed.late),
    }
    kept = {name: (condition, value) for name, (condition, value) in asked.items() if value}
    return (
        "".join(f" AND {condition}" for condition, _value in kept.values()),
        {name: value for name, (_condition, value) in kept.items()},
    )


STANDING = """
WITH standing AS (
    SELECT stay.*, stay.level_rank AS rank, stay.stage_due_at < %(until)s AS is_late FROM (
        SELECT stay.* FROM problems_problem problem
        JOIN problems_stay stay ON stay.problem_id = problem.id AND stay.until IS NULL
        WHERE problem.open_spell_id IS NOT NULL AND stay.since <= %(until)s
          AND problem.region_id IN (SELECT region_id FROM organisations_region_within WHERE ancestor_id = %(region)s)
        UNION ALL
        SELECT stay.* FROM problems_stay after JOIN problems_stay stay ON stay.id = after.previous_id
        WHERE after.since > %(until)s AND stay.since <= %(until)s
    ) AS stay
    WHERE NOT stay.recorded AND stay.state = ANY(%(open)s) AND {scope}
), still AS (SELECT * FROM standing WHERE true {narrowed})
"""
"""What stood at a cut-off: of what is open now all that has not moved since, and what those that moved since stood in then."""


def standing(seen: Overseen, narrowed: Narrowed, until: datetime) -> tuple[str, dict[str, Any]]:
    """The WITH clause whose `still` holds the stays that had not ended at a cut-off, with its parameters."""
    conditions, parameters = conditions_of(narrowed)
    clause = STANDING.format(scope=seen.in_scope("stay"), narrowed=conditions)
    return clause, {
        "until": until, "open": [state.value for state in ACTIVITY_OF], **seen.parameters, **parameters,
    }


def grouping(sets: Mapping[str, Sequence[str]]) -> tuple[str, str, dict[int, str]]:
    """GROUPING SETS by name: the columns they group by, the clause, and which set a row's GROUPING number means."""
    columns = list(dict.fromkeys(column for one in sets.values() for column in one))
    numbers = {
        sum(1 << place for place, column in enumerate(reversed(columns)) if column not in one): name
        for name, one in sets.items()
    }
    clause = ", ".join(f"({', '.join(one)})" for one in sets.values())
    return ", ".join(columns), clause, numbers
