"""Symposia as their pages show them, each matter with how it stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.intake.models import Guest, Matter, Symposium
from zhitong.domain.intake.rules.attendance import Attendance
from zhitong.domain.intake.rules.quarters import Quarter
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
class GuestView:
    """A firm that was invited; `subject_id` where it is one of the registry."""

    subject_id: UUID | None
    name: str
    attendance: Attendance
    note: str


@dataclass(frozen=True, slots=True)
class SymposiumView:
    """A meeting with what was raised there; a matter is None where the viewer may not see it."""

    head: SymposiumLine
    guests: tuple[GuestView, ...]
    came: str
    minutes: str
    matters: tuple[Followed | None, ...]
    files: tuple[FileView, ...]


def symposia_seen(viewer: Viewer, *, quarter: Quarter | None = None, limit: int = 200) -> list[SymposiumLine]:
    """The meetings of the viewer's unit and, for who sees a territory whole, of units in it; newest first, one query.

    `quarter` keeps only those held in it.
    """
    rows = _visible(viewer).filter(held_on__range=quarter.days) if quarter else _visible(viewer)
    return [_line(row) for row in rows.order_by("-held_on", "-id")[:limit]]


def must_see_symposium(viewer: Viewer, symposium_id: UUID) -> None:
    """Refuse a file beside a meeting to whoever may not see it.

    Raises NotFound.
    """
    if not _visible(viewer).filter(id=symposium_id).exists():
        raise NotFound


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
    guests = tuple(
        GuestView(one.subject_id, one.name, Attendance(one.attendance), one.note)
        for one in Guest.objects.filter(symposium=row).order_by("position")
    )
    return SymposiumView(_line(row), guests, row.came, row.minutes, tuple(followed.get(one) for one in ids), tuple(files))


@dataclass(frozen=True, slots=True)
class QuarterOfRegion:
    """Whether a region's own units have held a symposium in a quarter: how many, when last, with how many matters."""

    region_id: UUID
    region: str
    held: int
    last_on: date | None
    matters: int
    is_own: bool


def held_in(viewer: Viewer, quarter: Quarter) -> list[QuarterOfRegion]:
    """The viewer's region and those directly below, each with its own symposia of the quarter (one query).

    Empty for who oversees no territory. Source: 冀发〔2018〕7号 四（二）: one in every quarter at each level.
    """
    if viewer.reach is not Reach.SUBTREE and first_wall_stands():
        return []
    here = directory()
    regions = [here.regions[viewer.region_id], *here.children(viewer.region_id)]
    rows = Symposium.objects.filter(region_id__in=[one.id for one in regions], held_on__range=quarter.days)
    found = {
        region_id: (held, last_on, matters)
        for region_id, held, last_on, matters in rows.order_by("region_id").values_list("region_id").annotate(
            Count("id", distinct=True), Max("held_on"), Count("matters", distinct=True)
        )
    }
    return [
        QuarterOfRegion(one.id, one.name, *found.get(one.id, (0, None, 0)), one.id == viewer.region_id) for one in regions
    ]


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
