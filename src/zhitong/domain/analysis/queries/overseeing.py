"""What a viewer oversees, as every analysis asks it: a region inside the viewer's own, and in it everything or its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Overseen:
    """A region as a viewer oversees it; `lines` is None where that is the whole of it. `path` leads from the root to it."""

    region: RegionEntry
    path: tuple[RegionEntry, ...]
    top_id: UUID
    lines: tuple[UUID, ...] | None

    @property
    def lens(self) -> Lens:
        """The lens through which lists show the same."""
        return Lens.TERRITORY if self.lines is None else Lens.LINE

    @property
    def parameters(self) -> dict[str, Any]:
        """What IN_SCOPE asks for."""
        return {"region": self.region.id, "lines": list(self.lines or ())}

    def in_scope(self, table: str) -> str:
        """The first wall for SQL: rows of `table` (with region_id, line_id, confidential) that are the viewer's to count."""
        within = (
            f"{table}.region_id IN (SELECT region_id FROM organisations_region_within WHERE ancestor_id = %(region)s)"
            f" AND NOT {table}.confidential"
        )
        return within if self.lines is None else f"{within} AND {table}.line_id = ANY(%(lines)s::uuid[])"


def overseen(viewer: Viewer, region_id: UUID) -> Overseen:
    """A region that the viewer oversees. No query of its own.

    Raises NotFound: the viewer oversees nothing, or the region does not lie wholly inside the viewer's own.
    """
    here = directory()
    path = here.path(region_id) if region_id in here.regions else []
    if not _may_look(viewer, path):
        raise NotFound
    lines = None if viewer.reach is Reach.SUBTREE or not first_wall_stands() else viewer.line_ids
    return Overseen(path[-1], tuple(path), viewer.region_id, lines)


def _may_look(viewer: Viewer, path: Sequence[RegionEntry]) -> bool:
    if not first_wall_stands():
        return bool(path)
    return viewer.may(Permission.OVERSEE) and viewer.region_id in {one.id for one in path}
