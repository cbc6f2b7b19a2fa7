"""The SQL of moments: problems reported or closed within a time, and problems as they stood at a past moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.moments import Moments

_WITHIN = {
    "reported_after": "problem.submitted_at > %(reported_after)s", "reported_until": "problem.submitted_at <= %(reported_until)s",
    "closed_after": "problem.ended_at > %(closed_after)s", "closed_until": "problem.ended_at <= %(closed_until)s",
}
_STOOD = (
    "EXISTS (SELECT 1 FROM problems_stay stay WHERE stay.problem_id = problem.id AND stay.since <= %(as_of)s"
    " AND (stay.until IS NULL OR stay.until > %(as_of)s){asked})"
)
_LIGHTS = {
    Light.OVERDUE: " AND stay.unit_id IS NOT NULL AND stay.stage_due_at < %(as_of)s",
    Light.SOON: " AND stay.unit_id IS NOT NULL AND stay.stage_due_at >= %(as_of)s AND stay.warn_at <= %(as_of)s",
    Light.NORMAL: " AND stay.unit_id IS NOT NULL AND stay.warn_at > %(as_of)s",
    Light.NONE: " AND stay.stage_due_at IS NULL",
}


def within(moments: Moments, parameters: dict[str, Any]) -> list[str]:
    """What was reported and what was closed within the times asked for."""
    found = ["problem.state = 'closed'"] if moments.asks_for_closed else []
    for name, condition in _WITHIN.items():
        moment = getattr(moments, name)
        if moment is not None:
            found.append(condition)
            parameters[name] = moment
    return found


def stood(
    moments: Moments, parameters: dict[str, Any], *, states: Sequence[State], categories: Sequence[str], ranks: Sequence[Rank],
    line_id: UUID | None, light: Light | None,
) -> str:
    """How problems must have stood at a past moment: by their stays, one probe of an index for each row looked at."""
    parameters |= {
        "as_of": moments.as_of, "stood_states": [one.value for one in states], "stood_categories": list(categories),
        "stood_ranks": [one.value for one in ranks], "stood_line": line_id,
    }
    asked = [
        (states, " AND stay.state = ANY(%(stood_states)s)"), (categories, " AND stay.category = ANY(%(stood_categories)s)"),
        (ranks, " AND stay.level_rank = ANY(%(stood_ranks)s)"), (line_id, " AND stay.line_id = %(stood_line)s"),
    ]
    found = "".join(condition for value, condition in asked if value)
    return _STOOD.format(asked=found + (_LIGHTS[light] if light else ""))
