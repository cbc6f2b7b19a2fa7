"""Who may watch progress: a post that oversees a territory or a line, in its own region and those below."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound

_OVERSEEING = (Reach.SUBTREE, Reach.LINE)


def may_watch(viewer: Viewer, region_id: UUID | None = None) -> bool:
    """Whether a viewer may watch a region; without one, whether there is any at all."""
    return bool(watched_among(viewer, [viewer.region_id if region_id is None else region_id]))


def watched_among(viewer: Viewer, region_ids: Iterable[UUID]) -> list[UUID]:
    """Those of some regions that the viewer may watch (one small query whatever the number)."""
    here = directory()
    known = [one for one in region_ids if one in here.regions]
    if not first_wall_stands():
        return known
    if not (viewer.may(Permission.OVERSEE) and viewer.reach in _OVERSEEING):
        return []
    return [one for one in known if viewer.region_id in {above.id for above in here.path(one)}]


def watched_region(viewer: Viewer, region_id: UUID) -> RegionEntry:
    """The region, for who may watch it.

    Raises NotFound: the viewer oversees nothing, or the region does not lie inside the viewer's own.
    """
    if not may_watch(viewer, region_id):
        raise NotFound
    return directory().regions[region_id]
