"""The cards of one subject, newest round first, for whoever sees that they are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.cards.rules.seeing import Parts, may_see_card
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands

_OF_SUBJECT = """
SELECT card.id, round.name, card.state, card.submitted_at, card.region_id, card.reporter_unit_id,
       card.collecting_unit_id,
       EXISTS (SELECT 1 FROM subjects_care care
               WHERE care.subject_id = card.subject_id AND care.unit_id = %s AND care.until IS NULL)
FROM cards_card card JOIN cards_round round ON round.id = card.round_id
WHERE card.subject_id = %s AND card.submitted_at IS NOT NULL
ORDER BY round.opens_on DESC, card.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class SentCard:
    """A card as the page of its subject names it."""

    id: UUID
    round_name: str
    state: CardState
    submitted_at: datetime


def cards_of_subject(viewer: Viewer, subject_id: UUID, *, limit: int = 12) -> list[SentCard]:
    """The cards a subject has sent, as far as the viewer sees them at all; two queries."""
    here = directory()
    with connection.cursor() as cursor:
        cursor.execute(_OF_SUBJECT, [viewer.unit_id, subject_id, limit])
        rows = cursor.fetchall()
    found = []
    for card_id, round_name, state, submitted_at, region_id, reporter_id, collecting_id, is_caring in rows:
        above = {region.id for region in here.path(region_id)}
        parts = Parts(reporter_id, collecting_id, is_caring, viewer.reach is Reach.SUBTREE and viewer.region_id in above)
        if not first_wall_stands() or may_see_card(viewer.unit_id, parts):
            found.append(SentCard(card_id, round_name, CardState(state), submitted_at))
    return found
