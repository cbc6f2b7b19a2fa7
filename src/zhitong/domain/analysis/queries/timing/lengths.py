"""Reading lengths: one statement that groups the passages of a period every way that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from zhitong.domain.analysis.queries.overseeing import Overseen
from zhitong.domain.analysis.queries.timing.ways import Narrowed, grouping, standing, ways
from zhitong.domain.analysis.rules.timing.figures import Length, Passed, Standing

Key = tuple[Any, ...]
Lengths = Mapping[str, Mapping[Key, Length]]

STAGES = "stages"
SETS: Mapping[str, Sequence[str]] = {
    "activities": ("activity",),
    "states": ("state",),
    "units": ("unit_id", "activity"),
    "others": ("is_named", "activity"),
    "categories": ("subject_kind", "category", "activity"),
    "ranks": ("rank", "activity"),
    "held": ("unit_id", "state", "rank"),
    "like": ("state", "rank"),
    "flows": ("state", "next_state"),
    "acts": ("next_act",),
    "again": ("state", "is_again"),
    STAGES: ("stage",),
}
"""Every way in which passages are grouped; `stages` groups what passed a stage with a limit."""
OF_THE_LAST: tuple[str, ...] = ("activities", "states", STAGES)
"""What the period before is told by."""

_MEASURED = """
SELECT grouping({columns}), {columns},
       count(*) FILTER (WHERE leaves), count(DISTINCT problem_id) FILTER (WHERE leaves),
       percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY CASE WHEN leaves THEN minutes END),
       coalesce(sum(minutes) FILTER (WHERE leaves), 0),
       count(*) FILTER (WHERE leaves AND stage_due_at IS NOT NULL), count(*) FILTER (WHERE leaves AND is_late),
       count(*) FILTER (WHERE leaves AND minutes IS NULL),
       count(*) FILTER (WHERE passes), count(*) FILTER (WHERE passes AND NOT is_late)
FROM (SELECT *, unit_id = ANY(%(named)s::uuid[]) AS is_named, times_entered > 1 AS is_again FROM gone WHERE leaves OR passes)
    AS over
GROUP BY GROUPING SETS ({sets})
"""
_STILL = """
SELECT unit_id, state, count(*), count(*) FILTER (WHERE is_late) FROM still GROUP BY unit_id, state
"""


def lengths_of(
    seen: Overseen, narrowed: Narrowed, since: datetime, until: datetime, sets: Sequence[str] = tuple(SETS)
) -> tuple[Lengths, Mapping[str, Passed]]:
    """The lengths of the passages that ended in a time, grouped in each named way, and how stages were passed. One statement."""
    clause, parameters = ways(seen, narrowed, since, until)
    columns, grouped, named = grouping({name: SETS[name] for name in sets})
    width = len(columns.split(", "))
    places = {name: [columns.split(", ").index(column) + 1 for column in SETS[name]] for name in sets}
    found: dict[str, dict[Key, Length]] = {name: {} for name in sets}
    passed: dict[str, Passed] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            clause + _MEASURED.format(columns=columns, sets=grouped), {**parameters, "named": list(narrowed.named)}
        )
        for row in cursor.fetchall():
            name = named[row[0]]
            key = tuple(row[place] for place in places[name])
            if name == STAGES:
                passed[key[0]] = Passed(*row[-2:])
            elif row[width + 1]:
                found[name][key] = _length(row[width + 1 : -2])
    return found, {stage: one for stage, one in passed.items() if one.times}


def standing_of(seen: Overseen, narrowed: Narrowed, until: datetime) -> dict[Key, Standing]:
    """What stood at a cut-off by (unit, state). One statement, bounded by what is open and what has moved since."""
    clause, parameters = standing(seen, narrowed, until)
    with connection.cursor() as cursor:
        cursor.execute(clause + _STILL, parameters)
        return {(unit_id, state): Standing(count, late) for unit_id, state, count, late in cursor.fetchall()}


def _length(row: Sequence[Any]) -> Length:
    times, problems, middle, total, judged, late, unmeasured = row
    median, slow = middle or (None, None)
    return Length(times, problems, _whole(median), _whole(slow), int(total), judged, late, unmeasured)


def _whole(minutes: Any) -> int | None:
    return None if minutes is None else int(minutes)
