"""Who may see which part of a card: one definition in Python, the twin of the policies in the database."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Parts:
    """What a card says of who has to do with it; `is_above` when the viewer sees the whole of a region holding it."""

    reporter_unit_id: UUID
    collecting_unit_id: UUID
    is_caring: bool
    is_above: bool


def may_see_card(unit_id: UUID, parts: Parts) -> bool:
    """Whether a unit sees that the card is there, how it stands, and its problems that are not confidential."""
    return unit_id == parts.reporter_unit_id or parts.is_above or parts.is_caring


def may_see_figures(unit_id: UUID, parts: Parts) -> bool:
    """Whether a unit sees what the card says: the firm, who cares for it, the office that collects."""
    return unit_id in (parts.reporter_unit_id, parts.collecting_unit_id) or parts.is_caring


def may_see_row(unit_id: UUID, parts: Parts, *, hidden: bool) -> bool:
    """Whether a unit sees a problem row; a hidden one, confidential or unnamed, is for the firm alone: its handlers see the
    problem, which says no more than they may know."""
    return unit_id == parts.reporter_unit_id or (not hidden and may_see_card(unit_id, parts))
