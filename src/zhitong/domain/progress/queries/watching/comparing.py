"""Two regions side by side: the targets they share, how far each has come, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.progress.queries.watching.seeing import watched_region
from zhitong.domain.progress.queries.watching.targets import WatchedTarget, targets_in


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator in two regions; a side is None where the region has no such target."""

    left: WatchedTarget | None
    right: WatchedTarget | None

    @property
    def either(self) -> WatchedTarget:
        """The side that is there; the left one where both are."""
        found = self.left or self.right
        assert found is not None, "a comparison has at least one side"
        return found

    @property
    def is_shared(self) -> bool:
        """Whether both regions have the target."""
        return self.left is not None and self.right is not None


def compared(viewer: Viewer, left_id: UUID, right_id: UUID, *, by: date | None = None) -> list[Compared]:
    """The targets of two regions by indicator, in the order of the paper (one query).

    Raises NotFound: one of the regions is not the viewer's to watch.
    """
    for one in (left_id, right_id):
        watched_region(viewer, one)
    pairs: dict[UUID, dict[UUID, WatchedTarget]] = {}
    for target in targets_in(viewer, {left_id, right_id}, by=by):
        pairs.setdefault(target.indicator_id, {})[target.region_id] = target
    return [Compared(sides.get(left_id), sides.get(right_id)) for sides in pairs.values()]
