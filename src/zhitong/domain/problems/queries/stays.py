"""The stays against the problems they tell of: one chain for each, the open one as the problem stands; for the worker."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from zhitong.domain.problems.rules.soundness import Finding

_SAME = (
    ("state", "state"), ("unit_id", "accountable_unit_id"), ("region_id", "region_id"), ("level_region_id", "level_region_id"),
    ("line_id", "line_id"), ("category", "category"), ("subject_kind", "subject_kind"), ("campaign", "campaign"),
    ("stage", "stage"), ("stage_due_at", "stage_due_at"), ("warn_at", "warn_at"), ("confidential", "confidential"),
    ("recorded", "recorded"), ("misrouted", "misrouted"), ("rule_code", "rule_code"), ("source", "source"),
)
_STAYS = f"""
SELECT problem.number, count(stay.id) FILTER (WHERE stay.until IS NULL),
       count(*) FILTER (WHERE before.until IS DISTINCT FROM stay.since AND stay.previous_id IS NOT NULL),
       coalesce(bool_or(stay.until IS NULL AND ({", ".join(f"stay.{own}" for own, _ in _SAME)})
           IS DISTINCT FROM ({", ".join(f"problem.{its}" for _, its in _SAME)})), false)
FROM problems_problem problem LEFT JOIN problems_stay stay ON stay.problem_id = problem.id
LEFT JOIN problems_stay before ON before.id = stay.previous_id
WHERE problem.id = ANY(%s) GROUP BY problem.id ORDER BY problem.id
"""


def findings_of_stays(problem_ids: Sequence[UUID]) -> list[Finding]:
    """What does not hold of the stays of these problems; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, [list(problem_ids)])
        rows = cursor.fetchall()
    found = []
    for number, still, torn, is_other in rows:
        if still != 1:
            found.append(Finding(number, f"应有 1 段未结束的停留，实有 {still} 段。"))
        if torn:
            found.append(Finding(number, f"停留没有首尾相接，有 {torn} 处空档或重叠。"))
        if is_other:
            found.append(Finding(number, "未结束的停留与问题的现状不一致。"))
    return found
