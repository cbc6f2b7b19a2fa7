"""What a unit of one's subtree still owes before it can be closed: numbers alone, since who administers sees no matters."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from zhitong.domain.inspections.rules.closing import InTheWay, Obstacle
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.seats import seats_in
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.staffing import OPENED
from zhitong.kit.clock import day_of

_OWED = """
SELECT problems_turns_of(%(unit)s), progress_reports_owed_by(%(unit)s), supervision_open_at(%(unit)s),
       inspections_findings_open_at(%(unit)s)
"""
_COUNTED = (Obstacle.PROBLEMS, Obstacle.REPORTS, Obstacle.CALLS, Obstacle.FINDINGS)


def in_the_way(unit: UnitEntry, *, now: datetime) -> list[InTheWay]:
    """What keeps a unit from being closed (two queries); empty when it can be. Whose business it is the caller asks."""
    others = directory().units.values()
    if unit.kind not in OPENED:
        return [InTheWay(Obstacle.CAMPAIGN, 1)]
    found = []
    if unit.line_ids or any(unit.id in (one.host_id, one.contact_unit_id) for one in others):
        found.append(InTheWay(Obstacle.LINES, 1))
    with connection.cursor() as cursor:
        cursor.execute(_OWED, {"unit": unit.id})
        counts = cursor.fetchone()
    found += [InTheWay(obstacle, count) for obstacle, count in zip(_COUNTED, counts, strict=True) if count]
    if any(seat.sitters for seat in seats_in([unit.id], day_of(now))):
        found.append(InTheWay(Obstacle.SEATS, 1))
    return found
