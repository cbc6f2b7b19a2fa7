"""Screenings as their pages show them: the drives, one with its history, its ledger line by line with each problem's state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhitong.domain.history.queries import facts_about
from zhitong.domain.intake.models import Item, Screening, Sheet
from zhitong.domain.intake.rules.facts import IntakeFact
from zhitong.domain.intake.rules.sheets import SheetKind, SheetState
from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.queries.followed import Followed, problems_followed
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """A drive; `lacking` lines have no whole plan yet; `is_own` when the viewer's unit leads it."""

    id: UUID
    name: str
    unit: str
    region: str
    opened_at: datetime
    approved_by: str
    approved_on: date | None
    frozen_at: datetime | None
    items: int
    lacking: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of a screening's history."""

    at: datetime
    what: str
    unit: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """A line of the ledger; `problem` is None where the viewer may not see it (企业要求保密)."""

    id: UUID
    position: int
    measure: str
    answerable: str
    due_on: date | None
    problem: Followed | None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A list that was sent for a drive or by a hotline."""

    id: UUID
    name: str
    state: SheetState
    staged_at: datetime


def screenings_seen(viewer: Viewer, *, limit: int = 200) -> list[ScreeningView]:
    """The drives of the viewer's unit and, for who sees a territory whole, of units in it; newest first, two queries."""
    return _views(viewer, _visible(viewer).order_by("-id")[:limit])


def screening_seen(viewer: Viewer, screening_id: UUID) -> ScreeningView:
    """One drive.

    Raises NotFound: there is none, or none for this viewer.
    """
    found = _views(viewer, _visible(viewer).filter(id=screening_id))
    if not found:
        raise NotFound
    return found[0]


def history_of(viewer: Viewer, screening_id: UUID) -> list[Happened]:
    """What happened to a drive, newest first.

    Raises NotFound: see `screening_seen`.
    """
    screening_seen(viewer, screening_id)
    facts = facts_about(screening_id)
    units = unit_names([fact.unit_id for fact in facts])
    return [
        Happened(fact.at, IntakeFact(fact.kind).label, units.get(fact.unit_id, "") if fact.unit_id else "", tuple(fact.words.values()))
        for fact in reversed(facts)
    ]


def items_of(
    viewer: Viewer, screening_id: UUID, *, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[ItemView]:
    """Lines of the ledger in its order, after a line where one is named; five queries whatever the number.

    `turned` reads the order from its other end. Raises NotFound: see `screening_seen`.
    """
    screening_seen(viewer, screening_id)
    rows = Item.objects.filter(screening_id=screening_id)
    if after is not None:
        rows = rows.filter(id__lt=after) if turned else rows.filter(id__gt=after)
    found = list(rows.order_by("-id" if turned else "id")[:limit])
    followed = problems_followed(viewer, [row.problem_id for row in found])
    return [
        ItemView(row.id, row.position, row.measure, row.answerable, row.due_on, followed.get(row.problem_id)) for row in found
    ]


def count_of_items(viewer: Viewer, screening_id: UUID, most: int) -> int:
    """How many lines the ledger has, counted up to `most`.

    Raises NotFound: see `screening_seen`.
    """
    screening_seen(viewer, screening_id)
    return Item.objects.filter(screening_id=screening_id)[:most].count()


def item_seen(viewer: Viewer, item_id: UUID) -> tuple[ScreeningView, ItemView]:
    """A line with its drive.

    Raises NotFound: there is none, or none for this viewer.
    """
    row = Item.objects.filter(id=item_id).first()
    if row is None:
        raise NotFound
    drive = screening_seen(viewer, row.screening_id)
    problem = problems_followed(viewer, [row.problem_id]).get(row.problem_id)
    return drive, ItemView(row.id, row.position, row.measure, row.answerable, row.due_on, problem)


def sheets_of(viewer: Viewer, kind: SheetKind, screening_id: UUID | None = None, *, limit: int = 20) -> list[SheetLine]:
    """The newest lists that the viewer's unit has sent, in one query."""
    rows = Sheet.objects.filter(kind=kind.value)
    if first_wall_stands():
        rows = rows.filter(unit_id=viewer.unit_id)
    if screening_id is not None:
        rows = rows.filter(screening_id=screening_id)
    return [SheetLine(row.id, row.name, SheetState(row.state), row.staged_at) for row in rows.order_by("-id")[:limit]]


def may_lead(viewer: Viewer) -> bool:
    """Whether the viewer's post may open a drive and fill its ledger."""
    return viewer.may(Permission.HANDLE)


def _visible(viewer: Viewer) -> QuerySet[Screening]:
    if not first_wall_stands():
        return Screening.objects.all()
    own = Q(unit_id=viewer.unit_id)
    if viewer.reach is Reach.SUBTREE:
        own |= Q(Exists(RegionWithin.objects.filter(region_id=OuterRef("region_id"), ancestor_id=viewer.region_id)))
    return Screening.objects.filter(own)


def _views(viewer: Viewer, rows: QuerySet[Screening]) -> list[ScreeningView]:
    here = directory()
    lacking = Q(items__measure="") | Q(items__answerable="") | Q(items__due_on__isnull=True)
    counted = rows.annotate(
        whole=Count("items"), part=Count("items", filter=Q(items__isnull=False) & lacking)
    )
    return [
        ScreeningView(
            row.id, row.name, here.units[row.unit_id].name if row.unit_id in here.units else "",
            here.regions[row.region_id].name, row.opened_at, row.approved_by, row.approved_on, row.frozen_at,
            row.whole, row.part, row.unit_id == viewer.unit_id,
        )
        for row in counted
    ]
