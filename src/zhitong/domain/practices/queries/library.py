"""What is published: good practices and policy results, found by kind, category and words, and beside a problem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.models import Piece
from zhitong.domain.practices.queries.pieces import PieceRow, piece_rows
from zhitong.domain.practices.queries.sight import pieces_inside, pieces_published
from zhitong.domain.practices.rules.kinds import PieceKind
from zhitong.domain.problems.rules.standing import Standing

BESIDE = 3


@dataclass(frozen=True, slots=True)
class LibraryFilters:
    """What the published are narrowed to; empty asks nothing. `in_force` leaves out what is valid no longer."""

    kind: PieceKind | None = None
    subject_kind: str = ""
    category: str = ""
    in_force: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class BesideProblem:
    """Pieces that tell of a problem, and good practices with problems like it, the newest first."""

    telling: tuple[PieceRow, ...] = ()
    alike: tuple[PieceRow, ...] = ()


def published_for(
    viewer: Viewer, filters: LibraryFilters | None = None, *, today: date, after: UUID | None = None, turned: bool = False,
    limit: int = 50,
) -> list[PieceRow]:
    """One page, the newest first; one query."""
    rows = _narrowed(viewer, filters or LibraryFilters(), today)
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    return piece_rows(list(rows.order_by("id" if turned else "-id")[:limit]))


def count_published(viewer: Viewer, filters: LibraryFilters | None = None, *, today: date, most: int = 1001) -> int:
    """How many those are, counted up to `most`; one query."""
    return _narrowed(viewer, filters or LibraryFilters(), today).order_by()[:most].count()


def beside_problem(viewer: Viewer, standing: Standing, *, today: date) -> BesideProblem:
    """What stands beside a problem that the viewer sees: what tells of it, and what is published on its category in force.

    Two queries, both by index.
    """
    telling = list(pieces_inside(viewer).filter(problems__problem_id=standing.id).order_by("-id")[:BESIDE])
    wanted = LibraryFilters(subject_kind=standing.subject_kind, category=standing.category, in_force=True)
    alike = _narrowed(viewer, wanted, today).exclude(id__in=[one.id for one in telling]).order_by("-id")[:BESIDE]
    return BesideProblem(tuple(piece_rows(telling)), tuple(piece_rows(list(alike))) if standing.category else ())


def _narrowed(viewer: Viewer, filters: LibraryFilters, today: date) -> QuerySet[Piece]:
    rows = pieces_published(viewer)
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.category:
        rows = rows.filter(subject_kind=filters.subject_kind, category=filters.category)
    if filters.in_force:
        rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    return rows.filter(Q(title__icontains=filters.words) | Q(text__icontains=filters.words)) if filters.words else rows
