"""Counts and clocks of one moment, of now or of the past: lateness is told by the rows, for it comes without an act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.lights import WARNED_WITHIN
from zhitong.domain.problems.rules.phases import Numbers, numbers_of
from zhitong.domain.tallies.queries import counts, moment, steps_taken
from zhitong.domain.tallies.rules import FIRST_STEP, SECOND_STEP, TREE, Cut, Moment, midnight
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

Found = dict[UUID, Numbers]
Counted = Mapping[tuple[Any, ...], int]
_CLOCKS_THEN = f"""
SELECT tree.ancestor,
       count(*) FILTER (WHERE stay.stage_due_at < %(now)s),
       count(*) FILTER (WHERE stay.stage_due_at >= %(now)s AND stay.warn_at <= %(now)s)
FROM problems_stay stay JOIN ({TREE}) AS tree ON tree.node = stay.region_id
WHERE tree.ancestor = ANY(%(nodes)s) AND (tree.since IS NULL OR tree.since <= %(today)s)
  AND (tree.until IS NULL OR tree.until > %(today)s)
  AND stay.unit_id IS NOT NULL AND NOT stay.confidential AND stay.since <= %(now)s
  AND (stay.until IS NULL OR stay.until > %(now)s)
  AND stay.stage_due_at >= %(midnight)s AND stay.stage_due_at < %(until)s {{lines}}
GROUP BY tree.ancestor
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of one moment: of now, or as it stood at `past`."""

    at: datetime
    past: Moment | None = None

    def counts(self, cut: Cut, nodes: Sequence[UUID], **asked: Any) -> Counted:
        """The counts of the moment, asked as `tallies.queries.counts` is."""
        return counts(cut, nodes, **asked, at=self.past)


def reading_of(now: datetime, at: datetime | None) -> Reading:
    """The reading of now, or of `at`: two statements. Raises BadInput: it is still to come. Raises TooEarly: nothing is known."""
    if at is not None and at > now:
        raise BadInput("统计截止时间不能晚于现在，请重新选择。", {"at": "请选择现在或以前的时点。"})
    return Reading(now) if at is None else Reading(at, moment(at))


def numbers_at(nodes: Sequence[UUID], lines: Sequence[str] | None, reading: Reading) -> Found:
    """The numbers of nodes alone: two queries, of the past three."""
    if lines is None:
        by_state = reading.counts(cuts.STATES, nodes, by=("state",))
    else:
        by_state = reading.counts(cuts.LINES, nodes, by=("state",), where={"line": lines})
    return numbers_by_state(nodes, by_state, clocks(nodes, reading, lines))


def numbers_by_state(nodes: Sequence[UUID], by_state: Counted, clocks: Mapping[UUID, tuple[int, int]]) -> Found:
    """Counts by node and state with the clocks of the nodes, as numbers."""
    states: dict[UUID, list[tuple[State, int]]] = defaultdict(list)
    for (node, state), number in by_state.items():
        states[node].append((State(state), number))
    return {node: numbers_of(states[node], *clocks.get(node, (0, 0))) for node in nodes}


def clocks(nodes: Sequence[UUID], reading: Reading, lines: Sequence[str] | None) -> dict[UUID, tuple[int, int]]:
    """Overdue and due soon at every node: one statement for now, two for a moment of the past."""
    if reading.past is not None:
        return _clocks_then(nodes, reading, lines)
    taken = steps_taken(cuts.CLOCKS, nodes, now=reading.at, values=lines)
    warned = {node: taken.get((node, FIRST_STEP), 0) for node in nodes}
    overdue = {node: taken.get((node, SECOND_STEP), 0) for node in nodes}
    return {node: (overdue[node], warned[node] - overdue[node]) for node in nodes}


def _clocks_then(nodes: Sequence[UUID], reading: Reading, lines: Sequence[str] | None) -> dict[UUID, tuple[int, int]]:
    """Earlier days from the kept sums, that day and the next from the stays."""
    where, now = None if lines is None else {"line": lines}, reading.at
    today = day_of(now)
    overdue: dict[UUID, int] = defaultdict(int)
    for (node, day), number in reading.counts(cuts.DUE, nodes, by=("day",), where=where).items():
        overdue[node] += number if str(day) < today.isoformat() else 0
    parameters: dict[str, Any] = {
        "nodes": list(nodes), "now": now, "today": today, "midnight": midnight(today), "until": now + WARNED_WITHIN,
        "lines": list(lines or ()),
    }
    with connection.cursor() as cursor:
        own = "" if lines is None else "AND line_id = ANY(%(lines)s::uuid[])"
        cursor.execute(_CLOCKS_THEN.format(lines=own), parameters)
        today_and_next = {node: (late, soon) for node, late, soon in cursor.fetchall()}
    found = {node: today_and_next.get(node, (0, 0)) for node in nodes}
    return {node: (overdue[node] + late, soon) for node, (late, soon) in found.items()}
