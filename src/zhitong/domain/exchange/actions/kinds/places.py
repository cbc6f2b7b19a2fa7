"""Regions, units and the served as people write them into cells, for one viewer."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.codes import written_right
from zhitong.domain.subjects.rules.lenses import Lens


class Places:
    """The regions of the viewer's territory by code, name and short name, and the units in and above it."""

    def __init__(self, viewer: Viewer) -> None:
        here = directory()
        self.regions: dict[str, UUID] = {}
        self.names: dict[UUID, str] = {}
        within = set(here.within(viewer.region_id))
        for region_id in here.within(viewer.region_id):
            region = here.regions[region_id]
            self.names[region_id] = region.name
            for word in (region.code, region.name, region.short):
                self.regions.setdefault(word, region_id)
        reached = within | {one.id for one in here.path(viewer.region_id)}
        self.units: dict[str, UUID] = {}
        for unit in here.units.values():
            if unit.region_id in reached:
                for word in (unit.code, unit.name, *((unit.short,) if unit.region_id == viewer.region_id else ())):
                    self.units.setdefault(word, unit.id)
        self.unit_names = {unit.id: unit.name for unit in here.units.values()}


def subjects_coded(viewer: Viewer, codes: Iterable[str]) -> dict[tuple[str, str], Subject]:
    """The served of the viewer's territory by code and kind; one query."""
    wanted = {written_right(code) for code in codes if code}
    rows = through(viewer, Lens.TERRITORY, None).filter(code__in=wanted, ended_on__isnull=True) if wanted else ()
    return {(row.code, row.kind): row for row in rows}
