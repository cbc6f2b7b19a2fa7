"""采用情况: of which unit how many pieces were submitted, adopted and used in a time, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.models import Piece, PieceUse
from zhitong.domain.practices.queries.sight import pieces_inside
from zhitong.domain.practices.rules.kinds import PieceKind, PieceState, UsePlace
from zhitong.domain.tallies.rules import FIRST, midnight

LAST = date(9000, 1, 1)
"""Beyond this nobody asks; days are held inside, so that the day after them is one."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days counted, both included; of which kind of pieces; with the units that submit below the viewer's own office."""

    since: date
    until: date
    kind: PieceKind | None = None
    with_below: bool = False


@dataclass(frozen=True, slots=True)
class UnitCount:
    """What of a unit's was submitted, adopted and used in a time; what was adopted may have been submitted before it."""

    id: UUID
    code: str
    unit: str
    region: str
    submitted: int
    adopted: int
    used: dict[UsePlace, int] = field(default_factory=dict)

    @property
    def uses(self) -> int:
        """How often anything of it was used, anywhere."""
        return sum(self.used.values())


def unit_counts(viewer: Viewer, stretch: Stretch) -> list[UnitCount]:
    """One row per unit that submitted, had adopted or used anything; the most adopted first, then by code. Three queries.

    Who oversees no territory gets its own unit's row alone.
    """
    pieces = _counted(viewer, stretch)
    since, after = midnight(max(stretch.since, FIRST)), midnight(min(stretch.until, LAST) + timedelta(days=1))
    submitted = _by_unit(
        pieces.filter(submitted_at__gte=since, submitted_at__lt=after).exclude(state=PieceState.WITHDRAWN.value)
    )
    adopted = _by_unit(pieces.filter(adopted_at__gte=since, adopted_at__lt=after))
    used: dict[UUID, dict[UsePlace, int]] = {}
    uses = PieceUse.objects.filter(piece__in=pieces, on__gte=stretch.since, on__lte=stretch.until)
    for unit_id, place, n in uses.values_list("piece__by_unit_id", "place").annotate(n=Count("id")).order_by():
        used.setdefault(unit_id, {})[UsePlace(place)] = n
    rows = [_row(one, submitted, adopted, used) for one in submitted.keys() | adopted.keys() | used.keys()]
    return sorted(rows, key=lambda row: (-row.adopted, -row.submitted, row.code, str(row.id)))


def total_of(rows: Iterable[UnitCount]) -> tuple[int, int, dict[UsePlace, int]]:
    """All of some rows together: submitted, adopted, and used by place."""
    counted = list(rows)
    used = {place: sum(row.used.get(place, 0) for row in counted) for place in UsePlace}
    return sum(row.submitted for row in counted), sum(row.adopted for row in counted), used


def _counted(viewer: Viewer, stretch: Stretch) -> QuerySet[Piece]:
    pieces = pieces_inside(viewer)
    if viewer.reach is not Reach.SUBTREE:
        pieces = pieces.filter(by_unit_id=viewer.unit_id)
    elif not stretch.with_below:
        office = directory().office(viewer.region_id)
        pieces = pieces.filter(region_id=office.region_id if office else viewer.region_id)
    return pieces.filter(kind=stretch.kind.value) if stretch.kind else pieces


def _by_unit(pieces: QuerySet[Piece]) -> dict[UUID, int]:
    rows: Any = pieces.values_list("by_unit_id").annotate(n=Count("id")).order_by()
    return dict(rows)


def _row(
    unit_id: UUID, submitted: dict[UUID, int], adopted: dict[UUID, int], used: dict[UUID, dict[UsePlace, int]]
) -> UnitCount:
    here = directory()
    unit = here.units.get(unit_id)
    return UnitCount(
        unit_id, unit.code if unit else "", here.name_of(unit_id), here.regions[unit.region_id].name if unit else "",
        submitted.get(unit_id, 0), adopted.get(unit_id, 0), used.get(unit_id, {}),
    )
