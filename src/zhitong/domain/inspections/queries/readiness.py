"""Five in place, unit by unit: what each says of itself beside what was found, and where the two differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.inspections.models import InPlace
from zhitong.domain.inspections.queries.sight import in_place_seen
from zhitong.domain.inspections.rules.kinds import Grade, Readiness
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer


@dataclass(frozen=True, slots=True)
class ThingView:
    """One of the five at one unit; empty where nothing was said or found."""

    thing: Readiness
    said: Grade | None = None
    said_words: str = ""
    said_at: datetime | None = None
    found: Grade | None = None
    found_words: str = ""
    found_at: datetime | None = None
    found_by: str = ""

    @property
    def differs(self) -> bool:
        """Whether an inspection found less, or more, than the unit says."""
        return self.said is not None and self.found is not None and self.said is not self.found


@dataclass(frozen=True, slots=True)
class UnitReadiness:
    """The five things at a unit, in the order of the paper."""

    unit_id: UUID
    unit: str
    things: tuple[ThingView, ...]


def readiness_of(viewer: Viewer, unit_id: UUID, campaign: str) -> UnitReadiness:
    """The five things at one unit, as far as the viewer sees them (one query)."""
    found = {Readiness(row.thing): _view(row) for row in in_place_seen(viewer).filter(unit_id=unit_id, campaign=campaign)}
    return _unit(unit_id, found)


def readiness_for(viewer: Viewer, campaign: str, *, after: str = "", limit: int = 50) -> list[UnitReadiness]:
    """Every unit of which the viewer sees something said or found, by the unit's code (one query)."""
    here, things = directory(), dict[UUID, dict[Readiness, ThingView]]()
    for row in in_place_seen(viewer).filter(campaign=campaign):
        things.setdefault(row.unit_id, {})[Readiness(row.thing)] = _view(row)
    coded = sorted((here.units[one].code, one) for one in things if one in here.units)
    return [_unit(one, things[one]) for code, one in coded if code > after][:limit]


def _unit(unit_id: UUID, found: Mapping[Readiness, ThingView]) -> UnitReadiness:
    return UnitReadiness(unit_id, directory().name_of(unit_id), tuple(found.get(one) or ThingView(one) for one in Readiness))


def _view(row: InPlace) -> ThingView:
    return ThingView(
        Readiness(row.thing), Grade(row.said) if row.said else None, row.said_words, row.said_at,
        Grade(row.found) if row.found else None, row.found_words, row.found_at,
        directory().name_of(row.found_by_id) if row.found_by_id else "",
    )
