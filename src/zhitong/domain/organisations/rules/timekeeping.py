"""Who keeps whose calendar: the office in charge of a place, and a unit's own administrator. Pure."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.viewer import Viewer


def keeps_calendar_of(viewer: Viewer, place_id: UUID, here: Directory) -> bool:
    """Whether a viewer may change the calendar of a unit or region.

    An administrator that of the own unit; whoever dispatches or administers in the office in charge that of its region,
    of the regions below without an office of their own, and of their units.
    """
    if place_id == viewer.unit_id and viewer.may(Permission.ADMINISTER):
        return place_id in here.units
    unit = here.units.get(place_id)
    region_id = unit.region_id if unit else place_id
    office = here.office(region_id) if region_id in here.regions else None
    return office is not None and office.id == viewer.unit_id and _is_at_the_desk(viewer)


def keeps_the_year(viewer: Viewer) -> bool:
    """Whether a viewer may enter the State Council's holidays: the highest office, for everybody."""
    return viewer.is_root and viewer.unit_kind is UnitKind.CAMPAIGN_OFFICE and _is_at_the_desk(viewer)


def _is_at_the_desk(viewer: Viewer) -> bool:
    return viewer.may(Permission.DISPATCH) or viewer.may(Permission.ADMINISTER)
