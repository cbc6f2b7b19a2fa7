"""Who speaks for a target or a plan in a region: who proposes a curve or drafts an amendment, which office decides it."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries.leading import leading_in, units_leading


def deciding_office(region_id: UUID) -> UUID | None:
    """The campaign office of the level above; of the topmost region its own. None where nobody keeps one."""
    here = directory()
    office = here.office_above(region_id) if here.regions[region_id].parent_id else here.office(region_id)
    return office.id if office else None


def may_decide(viewer: Viewer, region_id: UUID) -> bool:
    """Whether the viewer's post decides what a region proposes."""
    return viewer.may(Permission.DISPATCH) and viewer.unit_id == deciding_office(region_id)


def may_amend(viewer: Viewer, region_id: UUID) -> bool:
    """Whether the viewer's post drafts amendments of a region: its own campaign office does."""
    return viewer.may(Permission.DISPATCH) and viewer.region_id == region_id


def may_propose(viewer: Viewer, region_id: UUID, task_id: UUID | None) -> bool:
    """Whether the viewer's post proposes the curve of a target: the region's campaign office, or who leads there.

    Who leads is told by `leading`: the lead itself at its plan's level, below it whoever keeps its line. One query at most.
    """
    if viewer.region_id != region_id or not viewer.may(Permission.HANDLE):
        return False
    if viewer.may(Permission.DISPATCH) or task_id is None:
        return viewer.may(Permission.DISPATCH)
    return viewer.unit_id in leading_in(region_id, units_leading([task_id]).get(task_id, ()))
