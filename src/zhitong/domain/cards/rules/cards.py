"""The way of a card: who may change it when, and what happens on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from zhitong.domain.cards.rules.kinds import CardState, ObligationState
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import UnitKind

_SENDABLE = frozenset({None, CardState.DRAFT, CardState.RETURNED, CardState.SUBMITTED})
_DRAFTABLE = frozenset({None, CardState.DRAFT, CardState.RETURNED})
_RETURNABLE = frozenset({CardState.SUBMITTED, CardState.PASSED, CardState.ACCEPTED})
_SENT = frozenset({CardState.SUBMITTED, CardState.PASSED, CardState.ACCEPTED})
_ACCEPTABLE = frozenset({CardState.SUBMITTED, CardState.PASSED})


def is_sent(state: CardState | None) -> bool:
    """Whether the card has come and was not given back."""
    return state in _SENT


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
    """Whether an office may accept the card; whether it is this office's turn is `levels_left`'s to say."""
    return state in _ACCEPTABLE


def is_reviewer(kind: UnitKind, region_id: UUID, path: Iterable[RegionEntry]) -> bool:
    """Whether a unit reviews the cards of a region: its campaign office, or that of a region on the path above it."""
    return kind is UnitKind.CAMPAIGN_OFFICE and any(region.id == region_id for region in path)


def levels_left(
    path: Sequence[RegionEntry], collecting_region: UUID, ranks: Collection[str], acting_region: UUID | None = None
) -> list[UUID]:
    """The regions whose offices must still accept a card once that of `acting_region` has, the next one first.

    `path` leads from the root to the card's region; the collecting office comes first, then those above it whose rank
    is named. Without an acting region: every level there is. An office above accepts for the levels below it.
    """
    upwards = list(reversed(path))
    places = [region.id for region in upwards]
    begin = places.index(collecting_region)
    levels = [
        region.id for place, region in enumerate(upwards)
        if place == begin or (place > begin and str(region.rank) in ranks)
    ]
    if acting_region is None:
        return levels
    return [one for one in levels if places.index(one) > places.index(acting_region)]


def is_open(opens_on: date, today: date) -> bool:
    """Whether the round can be filled in already."""
    return today >= opens_on


def is_locked(locked_on: date, today: date, open_until: date | None = None) -> bool:
    """Whether the round takes nothing any more of a card; its last day, or that of a granted correction, still counts."""
    return today > max(locked_on, open_until or locked_on)


def is_late(due_on: date, first_sent_on: date | None, today: date, held_on: date | None = None) -> bool:
    """Whether the card came, or is still missing, after its due day by its own fault; a correction does not make it
    late, nor what the level above held."""
    return held_on is None and (first_sent_on or today) > due_on


def standing_of(state: CardState | None) -> ObligationState:
    """How the obligation stands whose card is in this state."""
    return ObligationState(state.value) if state else ObligationState.MISSING
