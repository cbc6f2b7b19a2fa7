"""Symposia as their pages show them, each matter with how it stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.intake.models import Matter, Symposium
from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.queries.followed import Followed, problems_followed
from zhitong.kit.refusals import NotFound

FILES_OF = "symposium"
"""The kind of thing that files are attached to here."""


@dataclass(frozen=True, slots=True)
class SymposiumLine:
    """A meeting in a list."""

    id: UUID
    held_on: date
    name: str
    chaired_by: str
    unit: str
    region: str


@dataclass(frozen=True, slots=True)
class SymposiumView:
    """A meeting with what was raised there; a matter is None where the viewer may not see it."""

    head: SymposiumLine
    came: str
    minutes: str
    matters: tuple[Followed | None, ...]
    files: tuple[FileView, ...]


def symposia_seen(viewer: Viewer, *, limit: int = 200) -> list[SymposiumLine]:
    """The meetings of the viewer's unit and, for who sees a territory whole, of units in it; newest first, one query."""
    return [_line(row) for row in _visible(viewer).order_by("-held_on", "-id")[:limit]]


def symposium_seen(viewer: Viewer, symposium_id: UUID) -> SymposiumView:
    """One meeting.

    Raises NotFound: there is none, or none for this viewer.
    """
    row = _visible(viewer).filter(id=symposium_id).first()
    if row is None:
        raise NotFound
    ids: Collection[UUID] = list(Matter.objects.filter(symposium=row).order_by("position").values_list("problem_id", flat=True))
    followed = problems_followed(viewer, ids)
    files = files_of(FILES_OF, [row.id])[row.id]
    return SymposiumView(_line(row), row.came, row.minutes, tuple(followed.get(one) for one in ids), tuple(files))


def _visible(viewer: Viewer) -> QuerySet[Symposium]:
    if not first_wall_stands():
        return Symposium.objects.all()
    own = Q(unit_id=viewer.unit_id)
    if viewer.reach is Reach.SUBTREE:
        own |= Q(Exists(RegionWithin.objects.filter(region_id=OuterRef("region_id"), ancestor_id=viewer.region_id)))
    return Symposium.objects.filter(own)


def _line(row: Symposium) -> SymposiumLine:
    here = directory()
    unit = here.units.get(row.unit_id)
    return SymposiumLine(
        row.id, row.held_on, row.name, row.chaired_by, unit.name if unit else "", here.regions[row.region_id].name
    )
