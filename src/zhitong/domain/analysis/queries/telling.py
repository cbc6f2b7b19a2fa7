"""An overview with what moved in a period, and in as much of the period before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.analysis.rules.stretches import Stretch
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.overview import Moved, Movement, Overview, movement, overview
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.phases import Dimension
from zhitong.domain.tallies.queries import TooEarly, counts

By = Mapping[UUID, Moved] | None
"""What moved, by region."""


@dataclass(frozen=True, slots=True)
class Told:
    """A region's figures, and what moved in a stretch and in the one before, by region: itself and those below.

    `moved` and `moved_before` are None where no stretch was asked for, and where history does not reach back: then
    `missing` says so.
    """

    found: Overview
    moved: By = None
    moved_before: By = None
    missing: str = ""


def told(
    viewer: Viewer, region_id: UUID, now: datetime, *, at: datetime | None = None, line_id: UUID | None = None,
    stretch: Stretch | None = None, before: Stretch | None = None,
) -> Told:
    """A region's figures as of `at` (None: the present), and where stretches are given what moved in them.

    One overview, and one movement for each stretch, whatever the region. The stretch ends at `at`.

    Raises NotFound: the region or the line is not the viewer's. Raises BadInput: `at` is still to come. Raises TooEarly:
    history does not reach back to `at`.
    """
    found = overview(viewer, region_id, now, at=at, line_id=line_id)
    moved: By = None
    try:
        if stretch is not None:
            moved = _by_region(movement(viewer, region_id, stretch.since, stretch.until, line_id=line_id))
        if before is not None:
            return Told(found, moved, _by_region(movement(viewer, region_id, before.since, before.until, line_id=line_id)))
    except TooEarly as refused:
        return Told(found, moved, missing=refused.sentence)
    return Told(found, moved)


def _by_region(found: Movement) -> Mapping[UUID, Moved]:
    return {one.region.id: one for one in (found.whole, *found.children)}


def reported_by(
    viewer: Viewer, found: Overview, dimension: Dimension, stretch: Stretch, *, line_id: UUID | None = None
) -> dict[tuple[str, str], int] | None:
    """How many were reported in a stretch by the slices of a division, keyed (kind, key); three queries.

    None for a line, for levels and for lines, among which matters move without being reported, and where history does not
    reach back.
    """
    by = {Dimension.CATEGORY: ("kind", "category"), Dimension.KIND: ("kind",)}.get(dimension)
    if by is None or line_id is not None or viewer.reach is not Reach.SUBTREE:
        return None
    try:
        counted = counts(cuts.STATES, [found.region.id], by=by, at=stretch.since)
    except TooEarly:
        return None
    stood = {tuple(str(part) for part in key[1:]): number for key, number in counted.items()}
    keys = {(one.kind, one.key): (one.kind, one.key) if by[1:] else (one.key,) for one in found.slices[dimension]}
    return {
        (one.kind, one.key): one.numbers.reported - stood.get(keys[one.kind, one.key], 0) for one in found.slices[dimension]
    }
