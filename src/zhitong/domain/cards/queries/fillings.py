"""How cards stand at the moment of an act: round, obligation and card of each (round, subject), in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.cards.rules.rounds import ExcuseReason, FillManner

_FIND = """
SELECT round.id, round.template_id, round.name, round.opens_on, round.due_on, round.locked_on, template.subject_kind,
       template.campaign, obligation.subject_id, obligation.region_id, obligation.collecting_unit_id, obligation.owed,
       subject.unit_id, card.id, card.state, coalesce(card.version, 0), card.first_submitted_at, card.edited_by_id,
       card.edited_in_id, obligation.id, obligation.excuse, obligation.caring_unit_id,
       array(SELECT list_id FROM cards_obligation_list listed WHERE listed.obligation_id = obligation.id),
       array(SELECT list.code FROM cards_obligation_list listed JOIN subjects_list list ON list.id = listed.list_id
             WHERE listed.obligation_id = obligation.id ORDER BY list.code),
       coalesce(card.filled_by, 'own'), card.confirmed_at, card.disputed_at, card.awaiting_unit_id, card.open_until,
       card.submitted_at, round.review_ranks, round.review_workdays, obligation.held_on,
       round.proof_reasons, subject.name, subject.sub_kind, subject.stage, subject.tier
FROM unnest(%s::uuid[], %s::uuid[]) AS asked (round_id, subject_id)
JOIN cards_round round ON round.id = asked.round_id
JOIN cards_template template ON template.id = round.template_id
JOIN cards_obligation obligation ON obligation.round_id = asked.round_id AND obligation.subject_id = asked.subject_id
JOIN subjects_subject subject ON subject.id = asked.subject_id
LEFT JOIN cards_card card ON card.round_id = asked.round_id AND card.subject_id = asked.subject_id
"""

Place = tuple[UUID, UUID]
"""(round id, subject id)"""


_NAMES = (
    "round_id", "template_id", "round_name", "opens_on", "due_on", "locked_on", "subject_kind", "campaign", "subject_id",
    "region_id", "collecting_unit_id", "owed", "reporter_unit_id", "card_id", "state", "version", "first_submitted_at",
    "edited_by_id", "edited_in_id", "obligation_id", "excuse", "caring_unit_id", "list_ids", "lists", "filled_by", "confirmed_at",
    "disputed_at", "awaiting_unit_id", "open_until", "submitted_at", "review_ranks", "review_workdays", "held_on", "proof_reasons",
    "subject_name", "sub_kind", "subject_stage", "tier",
)


@dataclass(frozen=True, slots=True)
class Filling:
    """One obligation with its round and, once begun, its card; `version` 0 means nothing yet.

    `review_ranks` are the levels above the collecting office whose offices accept too, in the words of `Rank`;
    `held_on` the day on which a level above has made it late; `proof_reasons` are the excuses that need a file.
    """

    round_id: UUID
    template_id: UUID
    round_name: str
    opens_on: date
    due_on: date
    locked_on: date
    subject_kind: str
    campaign: str
    subject_id: UUID
    region_id: UUID
    collecting_unit_id: UUID
    owed: bool
    reporter_unit_id: UUID | None
    card_id: UUID | None
    state: CardState | None
    version: int
    first_submitted_at: datetime | None
    edited_by_id: UUID | None
    edited_in_id: UUID | None
    obligation_id: UUID
    excuse: ExcuseReason | None
    caring_unit_id: UUID | None
    list_ids: tuple[UUID, ...]
    lists: tuple[str, ...]
    filled_by: FillManner
    confirmed_at: datetime | None
    disputed_at: datetime | None
    awaiting_unit_id: UUID | None
    open_until: date | None
    submitted_at: datetime | None
    review_ranks: tuple[str, ...]
    review_workdays: int
    held_on: date | None
    proof_reasons: tuple[ExcuseReason, ...]
    subject_name: str
    sub_kind: str
    subject_stage: str
    tier: str


def fillings(places: Sequence[Place]) -> dict[Place, Filling]:
    """How the asked obligations stand, through the viewer's own eyes; what is not owed or not seen is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [[place[0] for place in places], [place[1] for place in places]])
        found = [_filling(row) for row in cursor.fetchall()]
    return {(one.round_id, one.subject_id): one for one in found}


def _filling(row: Sequence[Any]) -> Filling:
    known = dict(zip(_NAMES, row, strict=True))
    state, excuse = known.pop("state"), known.pop("excuse")
    ranks, reasons = _listed(known.pop("review_ranks")), _listed(known.pop("proof_reasons"))
    return Filling(
        **{**known, "list_ids": tuple(known["list_ids"]), "lists": tuple(known["lists"]), "filled_by": FillManner(known["filled_by"])},
        state=CardState(state) if state else None, excuse=ExcuseReason(excuse) if excuse else None,
        review_ranks=tuple(ranks), proof_reasons=tuple(map(ExcuseReason, reasons)),
    )


def _listed(kept: str | list[str]) -> list[str]:
    """A list as the database gives it: read already, or as text."""
    return json.loads(kept) if isinstance(kept, str) else kept


def places_of(card_ids: Sequence[UUID]) -> dict[UUID, Place]:
    """The round and subject of cards the viewer may see, by card."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, round_id, subject_id FROM cards_card WHERE id = ANY(%s)", [list(card_ids)])
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
