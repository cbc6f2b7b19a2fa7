"""Closing a unit: only where nothing is left that anybody would wait for (R-B5).

It asks problems, reports, papers and findings, and so stands in the highest of their rooms. Whoever still has lines or turns
goes on in a successor (`problems.actions.dissolving`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.inspections.queries.closing import in_the_way
from zhitong.domain.inspections.rules.closing import why_not_closed
from zhitong.domain.organisations.actions.dissolving import end_empty_unit
from zhitong.domain.organisations.queries.staffing import unit_administered
from zhitong.domain.organisations.rules.staffing import StaffFact
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions.staffing import HasWork
from zhitong.kit.clock import day_of


@transaction.atomic
def close_unit(viewer: Viewer, unit_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Close a unit of the subtree that keeps no line, owes nothing and in which nobody sits.

    Raises NotYours, NotFound. Raises HasWork: everything that is in the way, and the way round it.
    """
    unit = unit_administered(viewer, unit_id)
    if refusal := why_not_closed(unit.name, in_the_way(unit, now=now)):
        raise HasWork(refusal)
    end_empty_unit(unit_id, on=day_of(now))
    record(
        str(StaffFact.UNIT_CLOSED.value), thing_kind="unit", thing_id=unit_id, actor=actor, at=now,
        body={"region": unit.region_id}, details={"name": unit.name},
    )
