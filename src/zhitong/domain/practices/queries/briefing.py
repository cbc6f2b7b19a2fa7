"""What a brief may tell of: the pieces that a region's office adopted in a time, as they stood at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from zhitong.domain.organisations.queries import directory
from zhitong.domain.practices.models import Piece, PieceWording

TOLD_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class BriefPiece:
    """A piece as a brief may tell it."""

    id: UUID
    title: str
    text: str
    unit: str


def adopted_between(region_id: UUID, since: datetime, until: datetime) -> tuple[BriefPiece, ...]:
    """The pieces adopted after `since` and up to `until`, in the order of their adoption, in the wording of `until`.

    What names a confidential problem is never among them. One query; the caller has asked whether the region is the viewer's.
    """
    wording = PieceWording.objects.filter(piece_id=OuterRef("id"), at__lte=until).order_by("-version")
    rows = Piece.objects.filter(region_id=region_id, adopted_at__gt=since, adopted_at__lte=until, names_closed=False).annotate(
        title_then=Subquery(wording.values("title")[:1]), text_then=Subquery(wording.values("text")[:1]),
    ).order_by("adopted_at", "id")[:TOLD_AT_MOST]
    here = directory()
    return tuple(
        BriefPiece(row.id, row.title_then or row.title, row.text_then or row.text, here.name_of(row.by_unit_id)) for row in rows
    )
