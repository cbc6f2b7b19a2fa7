"""Whose calendar a page shows: a unit or a region, by kind and code in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.kit.refusals import NotFound

UNITS, REGIONS = "units", "regions"


@dataclass(frozen=True)
class Place:
    """A unit or region that may have a calendar of its own."""

    id: UUID
    kind: str
    code: str
    name: str

    @property
    def url(self) -> str:
        """The page of its calendar."""
        return self.to("of")

    def to(self, name: str) -> str:
        """An address of this place."""
        return reverse(f"calendars:{name}", args=[self.kind, self.code])


def place_called(kind: str, code: str) -> Place:
    """The place of an address.

    Raises NotFound: there is no such unit or region.
    """
    here = directory()
    found = {UNITS: here.unit_coded, REGIONS: here.region_coded}.get(kind, lambda _code: None)(code)
    if found is None:
        raise NotFound
    return Place(found.id, kind, found.code, found.name)


def place_of(owner_id: UUID, here: Directory) -> Place:
    """The place behind an owner's id that is known to be there."""
    unit = here.units.get(owner_id)
    found = unit or here.regions[owner_id]
    return Place(found.id, UNITS if unit else REGIONS, found.code, found.name)


def places_of(owners: Sequence[UUID], here: Directory) -> list[Place]:
    """The places behind the owners of a calendar, nearest first."""
    return [place_of(owner, here) for owner in owners]
