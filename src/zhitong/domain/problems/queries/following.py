"""What screens that stay open ask: which problems a viewer may follow, and where problems that moved are felt."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.touched import Touched, touched_by
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Party, Problem
from zhitong.domain.problems.queries.seeing import may_see
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from

_TOUCHED = """
SELECT problem.region_id,
       ARRAY[problem.accountable_unit_id, problem.reporter_unit_id, problem.decider_unit_id]
           || ARRAY(SELECT party.unit_id FROM problems_party party WHERE party.problem_id = problem.id)
FROM problems_problem problem WHERE problem.id = ANY(%s)
"""


def ids_that_may_be_followed(viewer: Viewer, numbers: Sequence[str]) -> dict[str, UUID]:
    """Of these numbers, those of problems that the viewer may open, with their ids; two queries."""
    rows = list(Problem.objects.filter(number__in=numbers).values(*COLUMNS)) if numbers else []
    if not rows:
        return {}
    here, ids = directory(), [row["id"] for row in rows]
    parts = set(Party.objects.filter(unit_id=viewer.unit_id, problem_id__in=ids).values_list("problem_id", flat=True))
    return {
        row["number"]: row["id"] for row in rows if may_see(viewer, standing_from(row), row["id"] in parts, here)
    }


def touched_by_problems(problem_ids: Sequence[UUID]) -> Touched:
    """The regions of problems and every unit that has or had to do with them; one query, for the worker's login."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, [list(problem_ids)])
        return touched_by(cursor.fetchall())
