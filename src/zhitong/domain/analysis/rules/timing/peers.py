"""Whose name stands beside a figure: one's own, and those one oversees; the others are told together. Pure.

Source: REQUIREMENTS R-H9: peers see their own place and the average, others' names only in an issued edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.rules.viewer import Viewer

LEAST_TOGETHER = 3
"""Fewer others than this would tell whose figures they are."""


def units_named_to(viewer: Viewer, here: Directory) -> list[UUID]:
    """The units whose figures a viewer reads by name, in a fixed order."""
    within = set(here.within(viewer.region_id))
    named = (unit.id for unit in here.units.values() if _oversees(viewer, unit, within))
    return sorted({viewer.unit_id, *named})


def _oversees(viewer: Viewer, unit: UnitEntry, within: set[UUID]) -> bool:
    """A territory's viewer oversees every unit in it, a line's those that keep the line in the regions below its own."""
    if unit.region_id not in within:
        return False
    if viewer.reach is Reach.SUBTREE:
        return True
    is_below = unit.region_id != viewer.region_id
    return viewer.reach is Reach.LINE and is_below and bool(unit.line_ids & set(viewer.line_ids))


def place_among(own: UUID, medians: Mapping[UUID, int]) -> tuple[int, int] | None:
    """One's own place among all who have a median, the quickest first, and how many they are; None without enough of them."""
    if own not in medians or len(medians) <= LEAST_TOGETHER:
        return None
    return 1 + sum(median < medians[own] for median in medians.values()), len(medians)
