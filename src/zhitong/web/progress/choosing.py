"""The regions that a page of progress offers: the viewer's own and two levels below, indented by level."""

from __future__ import annotations

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.organisations.scope import Viewer

DEEPEST = 2
INDENT = "　"
"""One step of depth in a choice of regions: a full-width blank."""


def regions_offered(viewer: Viewer) -> list[tuple[str, str]]:
    """Choices of a field: code and name, the viewer's own region first."""
    here = directory()
    return [(one.code, INDENT * depth + one.name) for one, depth in _below(here.regions[viewer.region_id], 0, here)]


def _below(region: RegionEntry, depth: int, here: Directory) -> list[tuple[RegionEntry, int]]:
    children = here.children(region.id) if depth < DEEPEST else []
    return [(region, depth), *(one for child in children for one in _below(child, depth + 1, here))]
