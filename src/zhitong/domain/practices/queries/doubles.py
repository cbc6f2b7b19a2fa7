"""Pieces that tell what another told before: of the same unit before it submits, of any unit at the office's desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.models import Piece
from zhitong.domain.practices.queries.sight import pieces_inside
from zhitong.domain.practices.rules.doubles import doubles_of
from zhitong.domain.practices.rules.kinds import PieceState

LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class DoubleView:
    """A piece that tells the same; `per_cent` is how much of it."""

    id: UUID
    title: str
    by_unit: str
    state: PieceState
    submitted_at: datetime
    per_cent: int


def doubles_of_own(viewer: Viewer, title: str, text: str) -> list[DoubleView]:
    """Those among the newest LOOKED_AT pieces of the viewer's unit that tell the same (one query)."""
    return _found(Piece.objects.filter(by_unit_id=viewer.unit_id), title, text)


def doubles_at(viewer: Viewer, piece: Piece) -> list[DoubleView]:
    """Those among the newest LOOKED_AT pieces of a piece's region that tell the same, whoever wrote them (one query)."""
    others = pieces_inside(viewer).filter(region_id=piece.region_id).exclude(id=piece.id)
    return _found(others.exclude(id=piece.origin_id) if piece.origin_id else others, piece.title, piece.text)


def _found(among: QuerySet[Piece], title: str, text: str) -> list[DoubleView]:
    told = among.exclude(state=PieceState.WITHDRAWN.value).order_by("-id")[:LOOKED_AT]
    here = directory()
    return [
        DoubleView(
            one.thing.id, one.thing.title, here.name_of(one.thing.by_unit_id), PieceState(one.thing.state), one.thing.submitted_at,
            round(one.share * 100),
        )
        for one in doubles_of(title, text, ((row, row.title, row.text) for row in told))
    ]
