"""How many problems of a territory stood how at a moment: of the same rows that its ledger lists, in one statement."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from zhitong.domain.bulletins.queries.ledgers.territory import WITHIN, Territory
from zhitong.domain.organisations.scope import first_wall_stands
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.phases import Numbers, numbers_of
from zhitong.domain.tallies.queries import moment
from zhitong.kit.clock import day_of

_NUMBERS = f"""
SELECT stay.state, count(*), count(*) FILTER (WHERE stay.unit_id IS NOT NULL AND stay.stage_due_at < %(at)s),
       count(*) FILTER (WHERE stay.unit_id IS NOT NULL AND stay.stage_due_at >= %(at)s AND stay.warn_at <= %(at)s)
FROM problems_stay stay
WHERE stay.since <= %(at)s AND (stay.until IS NULL OR stay.until > %(at)s) AND NOT stay.confidential
  AND (NOT %(first_wall)s OR stay.region_id IN {WITHIN}) {{lines}}
GROUP BY stay.state
"""


def numbers_then(territory: Territory, at: datetime) -> Numbers:
    """The numbers of a territory at its cut-off or a moment before; one statement, and two to know that it is told of.

    Raises TooEarly: the past is not kept that far back.
    """
    moment(at)
    lines = " AND stay.line_id = ANY(%(lines)s::uuid[])" if territory.line_ids is not None else ""
    asked = territory.parameters() | {"at": at, "today": day_of(at), "first_wall": first_wall_stands()}
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS.format(lines=lines), asked)
        rows = cursor.fetchall()
    return numbers_of(
        [(State(state), number) for state, number, _late, _soon in rows], sum(row[2] for row in rows), sum(row[3] for row in rows)
    )
