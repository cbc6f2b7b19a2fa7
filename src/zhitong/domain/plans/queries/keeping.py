"""Who keeps a timetable, and who may promise a later day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Milestone
from zhitong.domain.plans.queries.leading import leading_in, units_leading


def keeps(viewer: Viewer, task_id: UUID, region_id: UUID, unit_id: UUID | None = None) -> bool:
    """Whether the viewer's unit leads the task in the region, is the region's office, or is the unit named (one query)."""
    office = directory().office(region_id)
    if viewer.unit_id == unit_id or (office is not None and office.id == viewer.unit_id):
        return True
    return viewer.unit_id in leading_in(region_id, units_leading([task_id]).get(task_id, ()))


def keeps_below(viewer: Viewer, task_id: UUID, region_id: UUID) -> bool:
    """Whether the viewer's unit leads the task, or is the office, in the region above (one query)."""
    here = directory()
    parent_id = here.regions[region_id].parent_id
    return parent_id is not None and keeps(viewer, task_id, parent_id)


def may_put_off(viewer: Viewer, row: Milestone, today: date) -> bool:
    """Whether the viewer may promise a later day: at or before the promised day who keeps the timetable, afterwards the
    level above; at the root, above which nobody stands, its own office."""
    here = directory()
    if here.regions[row.region_id].parent_id is None:
        office = here.office(row.region_id)
        is_office = office is not None and office.id == viewer.unit_id
        return is_office or (today <= row.due_on and keeps(viewer, row.task_id, row.region_id, row.unit_id))
    if keeps_below(viewer, row.task_id, row.region_id):
        return True
    return today <= row.due_on and keeps(viewer, row.task_id, row.region_id, row.unit_id)
