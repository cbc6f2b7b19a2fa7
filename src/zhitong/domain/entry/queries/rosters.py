"""What a roster is read against: the units of a territory by every name they have, and the people behind the phones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

from zhitong.domain.entry.rules.rosters import unit_key
from zhitong.domain.organisations.queries import aliases_in, directory, people_of_phones
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.scope import Viewer


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Who is behind a phone, and whether he has signed in before."""

    id: UUID
    name: str
    has_come: bool


@dataclass(frozen=True, slots=True)
class Known:
    """Units by the key of every name they bear (one that two units bear is nobody's), and people by phone."""

    units: Mapping[str, UnitEntry]
    people: Mapping[str, KnownPerson]
    region_id: UUID
    """Whose administrator reads the roster."""

    def unit_named(self, name: str) -> UnitEntry | None:
        """The unit of a name; None when there is none, or more than one."""
        return self.units.get(unit_key(name))

    def units_like(self, name: str) -> list[str]:
        """Up to three names that are written much like this one."""
        near = get_close_matches(unit_key(name), list(self.units), n=3, cutoff=0.6)
        return list(dict.fromkeys(self.units[key].name for key in near))


def _called(name: str, short: str) -> tuple[str, ...]:
    """What clerks put before a unit's short name: 任丘市, 任丘, 市; of a zone also 新区, 园区."""
    return name, short, name[-1], name[-2:]


def known_of(viewer: Viewer, phones: Sequence[str]) -> Known:
    """What the rows of a roster are read against, within the viewer's territory; two queries."""
    here = directory()
    regions = set(here.within(viewer.region_id))
    inside = [unit for unit in here.units.values() if unit.region_id in regions]
    bearers: dict[str, set[UUID]] = {}
    for unit in inside:
        place = here.regions[unit.region_id]
        for name in (unit.name, unit.short, *(f"{word}{unit.short}" for word in _called(place.name, place.short))):
            bearers.setdefault(unit_key(name), set()).add(unit.id)
    for unit_id, name in aliases_in(list(regions)):
        bearers.setdefault(unit_key(name), set()).add(unit_id)
    own = {unit.id for unit in inside if unit.region_id == viewer.region_id}
    units = {}
    for key, ids in bearers.items():
        one = ids if len(ids) == 1 else ids & own
        if len(one) == 1:
            units[key] = here.units[next(iter(one))]
    people = {
        phone: KnownPerson(person_id, name, has_come)
        for person_id, name, phone, has_come in people_of_phones([phone for phone in phones if phone])
    }
    return Known(units, people, viewer.region_id)
