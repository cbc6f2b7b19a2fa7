"""The way of a card: who may change it when, and what happens on the way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from zhitong.domain.cards.rules.kinds import CardState, ObligationState
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import UnitKind

_SENDABLE = frozenset({None, CardState.DRAFT, CardState.RETURNED, CardState.SUBMITTED})
_DRAFTABLE = frozenset({None, CardState.DRAFT, CardState.RETURNED})
_RETURNABLE = frozenset({CardState.SUBMITTED, CardState.ACCEPTED})


def may_draft(state: CardState | None) -> bool:
    """Whether a draft may be kept; a card already sent is corrected by sending it again."""
    return state in _DRAFTABLE


def may_submit(state: CardState | None) -> bool:
    """Whether the card may be sent, or sent again; an accepted one must be returned first."""
    return state in _SENDABLE


def may_return(state: CardState) -> bool:
    """Whether the office may give the card back."""
    return state in _RETURNABLE


def may_accept(state: CardState) -> bool:
    """Whether the office may accept the card."""
    return state is CardState.SUBMITTED


def is_reviewer(kind: UnitKind, region_id: UUID, path: Iterable[RegionEntry]) -> bool:
    """Whether a unit reviews the cards of a region: its campaign office, or that of a region on the path above it."""
    return kind is UnitKind.CAMPAIGN_OFFICE and any(region.id == region_id for region in path)


def is_open(opens_on: date, today: date) -> bool:
    """Whether the round can be filled in already."""
    return today >= opens_on


def is_locked(locked_on: date, today: date) -> bool:
    """Whether the round takes nothing any more; its last day still counts."""
    return today > locked_on


def is_late(due_on: date, first_sent_on: date | None, today: date) -> bool:
    """Whether the card came, or is still missing, after its due day; a correction does not make it late."""
    return (first_sent_on or today) > due_on


def standing_of(state: CardState | None) -> ObligationState:
    """How the obligation stands whose card is in this state."""
    return ObligationState(state.value) if state else ObligationState.MISSING
