"""How many problems of a territory stood how at a moment, by the stays; in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.scope import first_wall_stands
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.phases import Numbers, numbers_of
from zhitong.domain.tallies.queries import moment
from zhitong.domain.tallies.rules import TREE
from zhitong.kit.clock import day_of

WITHIN = f"""
    (SELECT tree.node FROM ({TREE}) AS tree WHERE tree.ancestor = %(top)s
     AND (tree.since IS NULL OR tree.since <= %(today)s) AND (tree.until IS NULL OR tree.until > %(today)s))
"""
"""The regions that stood below `top` on the day `today`, for SQL with these parameters."""
_NUMBERS = f"""
SELECT stay.state, count(*), count(*) FILTER (WHERE stay.unit_id IS NOT NULL AND stay.stage_due_at < %(at)s),
       count(*) FILTER (WHERE stay.unit_id IS NOT NULL AND stay.stage_due_at >= %(at)s AND stay.warn_at <= %(at)s)
FROM problems_stay stay
WHERE stay.since <= %(at)s AND (stay.until IS NULL OR stay.until > %(at)s) AND NOT stay.confidential
  AND (NOT %(first_wall)s OR stay.region_id IN {WITHIN}) {{lines}}
GROUP BY stay.state
"""


def numbers_at(region_id: UUID, at: datetime, line_ids: Sequence[UUID] | None = None) -> Numbers:
    """The numbers of a region, whole or in some lines, at a moment; one statement, and two to know that it is told of.

    The caller must know that the region is the reader's. What is confidential is not counted.
    Raises TooEarly: the past is not kept that far back.
    """
    moment(at)
    lines = " AND stay.line_id = ANY(%(lines)s::uuid[])" if line_ids is not None else ""
    asked: dict[str, Any] = {
        "top": region_id, "today": day_of(at), "at": at, "lines": list(line_ids or ()), "first_wall": first_wall_stands(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS.format(lines=lines), asked)
        rows = cursor.fetchall()
    return numbers_of(
        [(State(state), number) for state, number, _late, _soon in rows], sum(row[2] for row in rows), sum(row[3] for row in rows)
    )
