"""The standing order of government as one thing to ask: who is above, who keeps a line, who receives. Pure.

Built once from rows and asked many times; the served's own units are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from zhitong.domain.organisations.rules.kinds import CONSULTED, Rank, RegionKind, Subordination, UnitKind


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A region with the parent it reports to; `tile` is its place (column, row) on that one's chart where data says so."""

    id: UUID
    code: str
    name: str
    short: str
    rank: Rank
    kind: RegionKind
    position: int
    parent_id: UUID | None
    tile: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit of government with the lines it keeps."""

    id: UUID
    code: str
    name: str
    short: str
    kind: UnitKind
    region_id: UUID
    subordination: Subordination
    host_id: UUID | None
    contact_unit_id: UUID | None
    line_ids: frozenset[UUID]

    @property
    def is_consulted(self) -> bool:
        """Whether the unit stands outside the territory chain and is asked through its contact unit."""
        return self.subordination in CONSULTED


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A line of work."""

    id: UUID
    code: str
    name: str


@dataclass(slots=True)
class Directory:
    """Regions, units and lines by id, with the questions that routing and climbing ask.

    A unit that ended is no longer among `units`: `gone` still names it, `heirs` says which unit took its place.
    """

    regions: dict[UUID, RegionEntry]
    units: dict[UUID, UnitEntry]
    lines: dict[UUID, LineEntry]
    shown: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    heirs: dict[UUID, UUID] = field(default_factory=dict)
    gone: dict[UUID, str] = field(default_factory=dict)
    _keepers: dict[tuple[UUID, UUID], UUID] = field(init=False)
    _offices: dict[UUID, UUID] = field(init=False)
    _below: dict[UUID, list[UUID]] = field(init=False)
    _offices_below: dict[UUID, list[UUID]] = field(init=False)
    _unit_codes: dict[str, UUID] = field(init=False)
    _region_codes: dict[str, UUID] = field(init=False)

    def __post_init__(self) -> None:
        """Index the keepers, offices and children."""
        self._keepers = {
            (unit.region_id, line): unit.id for unit in self.units.values() for line in unit.line_ids
        }
        self._offices = {
            unit.region_id: unit.id for unit in self.units.values() if unit.kind is UnitKind.CAMPAIGN_OFFICE
        }
        self._unit_codes = {unit.code: unit.id for unit in self.units.values()}
        self._region_codes = {region.code: region.id for region in self.regions.values()}
        self._below = {}
        for region in sorted(self.regions.values(), key=lambda one: one.position):
            if region.parent_id is not None:
                self._below.setdefault(region.parent_id, []).append(region.id)
        self._offices_below = {}
        for region_id, office_id in self._offices.items():
            if above := self.office_above(region_id):
                self._offices_below.setdefault(above.id, []).append(office_id)

    def root(self) -> RegionEntry:
        """The region that stands under none."""
        return next(region for region in self.regions.values() if region.parent_id is None)

    def children(self, region_id: UUID) -> list[RegionEntry]:
        """Regions directly below, in order."""
        return [self.regions[below] for below in self._below.get(region_id, ())]

    def path(self, region_id: UUID) -> list[RegionEntry]:
        """The region and all it reports through, root first."""
        path = [self.regions[region_id]]
        while path[0].parent_id is not None:
            path.insert(0, self.regions[path[0].parent_id])
        return path

    def calendar_owners(self, place_id: UUID) -> tuple[UUID, ...]:
        """Whose calendars hold for a unit or a region, nearest first: itself, its region, the regions above.

        A unit that has ended, and the own units of the served, count by the calendar of the installation: nobody here.
        """
        unit = self.units.get(place_id)
        region_id = unit.region_id if unit else place_id
        if region_id not in self.regions:
            return ()
        above = tuple(region.id for region in reversed(self.path(region_id)))
        return (place_id, *above) if unit else above

    def within(self, region_id: UUID) -> Iterable[UUID]:
        """The region and everything below it."""
        yield region_id
        for below in self._below.get(region_id, ()):
            yield from self.within(below)

    def office(self, region_id: UUID) -> UnitEntry | None:
        """The campaign office of a region, or of the nearest region above that has one."""
        for region in reversed(self.path(region_id)):
            if region.id in self._offices:
                return self.units[self._offices[region.id]]
        return None

    def served_by_office(self, region_id: UUID) -> list[UUID]:
        """The region and those below it that have no office of their own on the way: all whose office is the region's."""
        served = [region_id]
        for below in self._below.get(region_id, ()):
            if below not in self._offices:
                served += self.served_by_office(below)
        return served

    def keeper(self, region_id: UUID, line_id: UUID) -> UnitEntry | None:
        """The unit that keeps a line in a region."""
        unit_id = self._keepers.get((region_id, line_id))
        return self.units[unit_id] if unit_id else None

    def office_above(self, region_id: UUID) -> UnitEntry | None:
        """The campaign office one level up; none at the root."""
        parent_id = self.regions[region_id].parent_id
        return self.office(parent_id) if parent_id else None

    def offices_below(self, office_id: UUID) -> list[UnitEntry]:
        """The campaign offices one level below an office."""
        return [self.units[below] for below in self._offices_below.get(office_id, ())]

    def counterpart(self, unit_id: UUID, line_id: UUID) -> UnitEntry | None:
        """The unit that keeps the same line in the parent region; its campaign office where none does.

        None only at the root: there is nobody above.
        """
        parent_id = self.regions[self.units[unit_id].region_id].parent_id
        if parent_id is None:
            return None
        return self.keeper(parent_id, line_id) or self.office(parent_id)

    def name_of(self, unit_id: UUID) -> str:
        """The name of a unit, ended ones included; empty for one that never was."""
        unit = self.units.get(unit_id)
        return unit.name if unit else self.gone.get(unit_id, "")

    def standing(self, unit_id: UUID) -> UnitEntry | None:
        """The unit itself, or where it was dissolved the one that stands in its place today."""
        seen: set[UUID] = set()
        while unit_id not in self.units and unit_id in self.heirs and unit_id not in seen:
            seen.add(unit_id)
            unit_id = self.heirs[unit_id]
        return self.units.get(unit_id)

    def inherited(self, unit_id: UUID) -> list[UUID]:
        """The dissolved units in whose place a unit stands."""
        return [ended for ended in self.heirs if (heir := self.standing(ended)) and heir.id == unit_id]

    def region_coded(self, code: str) -> RegionEntry | None:
        """The region with a package code."""
        region_id = self._region_codes.get(code)
        return self.regions[region_id] if region_id else None

    def unit_coded(self, code: str) -> UnitEntry | None:
        """The unit with a package code."""
        unit_id = self._unit_codes.get(code)
        return self.units[unit_id] if unit_id else None
