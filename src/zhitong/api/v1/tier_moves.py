"""Moves between tiers, and one subject's tier: how it stands, set by hand, given back to the rule."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit
from zhitong.api.v1.tiering import Reasoned, campaign_code, place_after, place_next
from zhitong.api.words import Labelled, OneOf, Shape, ShortText, labelled, maybe_labelled
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.tiering.actions.overriding import override, release
from zhitong.domain.tiering.queries.moves import MoveFilters, MoveRow, moves_for, tiering_of
from zhitong.domain.tiering.queries.runs import require_open

router = Router()


class TierMove(Shape):
    """A move between tiers."""

    id: UUID
    subject: UUID
    name: str
    region: str
    before: Labelled | None
    after: Labelled | None
    cause: Labelled
    reason: str
    allowed_by: str
    unit: str
    at: datetime
    words: str


class TierMoves(Shape):
    """One page of moves."""

    rows: list[TierMove]
    next: str | None


class TierOfSubject(Shape):
    """How one stands: its tier, the hand's reason, the rule's answer today, its moves."""

    subject: UUID
    tier: Labelled | None
    hand_reason: str
    by_rule: Labelled | None
    rule_words: str
    may_set: bool
    moves: list[TierMove]


class Overriding(Reasoned):
    """人工调整级别."""

    tier: OneOf[Rank] | None = Field(None, description="不填为不列入分级帮扶")
    allowed_by: ShortText = Field(description="批准人")


@reads(router, "/tier-moves", answer=TierMoves, summary="级别调整，最近的在前")
def tier_moves(request: Request, cursor: CursorText = "", limit: Limit = 50) -> TierMoves:
    """One page of the territory's moves."""
    require_open(request.viewer)
    rows = moves_for(request.viewer, MoveFilters(), after=place_after("tier-moves", cursor), limit=limit + 1)
    return TierMoves(rows=[_move(row) for row in rows[:limit]], next=place_next("tier-moves", rows, limit))


@reads(router, "/subjects/{subject_id}/tier", answer=TierOfSubject, summary="一个服务对象的级别、按规则的级别和历次调整")
def tier_of_subject(request: Request, subject_id: UUID) -> TierOfSubject:
    """How one stands and came to stand so."""
    return _standing(request, subject_id)


@writes(router, "/subjects/{subject_id}/tier/set", answer=TierOfSubject, summary="人工调整级别")
def set_tier(request: Request, subject_id: UUID, said: Overriding) -> TierOfSubject:
    """Set a tier by hand."""
    override(
        request.viewer, subject_id, said.tier, reason=said.reason, allowed_by=said.allowed_by, campaign=campaign_code(),
        actor=actor_of(request), now=request.now,
    )
    return _standing(request, subject_id)


@writes(router, "/subjects/{subject_id}/tier/release", answer=TierOfSubject, summary="恢复按规则分级")
def release_tier(request: Request, subject_id: UUID, said: Reasoned) -> TierOfSubject:
    """Let the rule decide again."""
    release(
        request.viewer, subject_id, reason=said.reason, campaign=campaign_code(), actor=actor_of(request), now=request.now
    )
    return _standing(request, subject_id)


def _move(row: MoveRow) -> TierMove:
    return TierMove(
        id=row.id, subject=row.subject_id, name=row.name, region=row.region, before=maybe_labelled(row.before),
        after=maybe_labelled(row.after), cause=labelled(row.cause), reason=row.reason, allowed_by=row.allowed_by,
        unit=row.unit, at=row.at, words=row.words,
    )


def _standing(request: Request, subject_id: UUID) -> TierOfSubject:
    found = tiering_of(request.viewer, campaign_code(), subject_id)
    return TierOfSubject(
        subject=subject_id, tier=maybe_labelled(found.subject.tier), hand_reason=found.hand_reason,
        by_rule=maybe_labelled(found.by_rule), rule_words=found.rule_words, may_set=found.may_set,
        moves=[_move(row) for row in found.moves],
    )
