"""Whose pieces one may see: the queries' own predicate, the same as the wall in the database."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.practices.models import Piece, PieceUse
from zhitong.domain.practices.rules.kinds import PieceState
from zhitong.domain.practices.rules.way import PieceHand
from zhitong.kit.refusals import NotFound

FILES_OF, FILES_OF_USE = "piece", "piece_use"
"""The kinds of things that files are attached to here."""
_OFFICIAL = (Reach.SUBTREE, Reach.LINE)


def officials_only(viewer: Viewer) -> None:
    """Refuse the served and delegates: what offices write is theirs until a paper tells it.

    Raises NotFound.
    """
    if viewer.unit_kind in (UnitKind.SERVED, UnitKind.DELEGATES):
        raise NotFound


def pieces_inside(viewer: Viewer) -> QuerySet[Piece]:
    """The pieces that a viewer sees with all their wordings and uses: its unit's own, and those of its territory."""
    if not first_wall_stands():
        return Piece.objects.all()
    inside = Q(by_unit_id=viewer.unit_id)
    if viewer.reach is Reach.SUBTREE:
        inside |= Q(region_id__in=RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id"))
    return Piece.objects.filter(inside)


def pieces_published(viewer: Viewer) -> QuerySet[Piece]:
    """What is published in the viewer's region, above it and, for who oversees a territory, below it."""
    published = Piece.objects.filter(state=PieceState.PUBLISHED.value)
    if not first_wall_stands():
        return published
    reached = RegionWithin.objects.filter(region_id=viewer.region_id).values_list("ancestor_id", flat=True)
    seen = Q(by_unit_id=viewer.unit_id)
    if viewer.reach in _OFFICIAL:
        seen |= Q(region_id__in=reached)
    if viewer.reach is Reach.SUBTREE:
        seen |= Q(region_id__in=RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id"))
    return published.filter(seen)


def pieces_seen(viewer: Viewer) -> QuerySet[Piece]:
    """Every piece the viewer may open."""
    return pieces_inside(viewer) | pieces_published(viewer) if first_wall_stands() else Piece.objects.all()


def sees_inside(viewer: Viewer, piece: Piece) -> bool:
    """Whether a viewer reads the wordings and uses of a piece that it sees (one query at most)."""
    return piece.by_unit_id == viewer.unit_id or pieces_inside(viewer).filter(id=piece.id).exists()


def hands_on(piece: Piece, unit_id: UUID | None) -> frozenset[PieceHand]:
    """In which part a unit acts on a piece; of its own piece an office is both."""
    office = directory().office(piece.region_id)
    hands = {PieceHand.WRITER: piece.by_unit_id, PieceHand.EDITOR: office.id if office else None}
    return frozenset(hand for hand, one in hands.items() if one is not None and one == unit_id)


def must_see_piece(viewer: Viewer, piece_id: UUID) -> None:
    """Refuse a file beside a piece to whoever may not see it.

    Raises NotFound.
    """
    if not pieces_seen(viewer).filter(id=piece_id).exists():
        raise NotFound


def must_see_use(viewer: Viewer, use_id: UUID) -> None:
    """Refuse the proof of a use to whoever may not see the piece with its uses.

    Raises NotFound.
    """
    if not PieceUse.objects.filter(id=use_id, piece__in=pieces_inside(viewer)).exists():
        raise NotFound
