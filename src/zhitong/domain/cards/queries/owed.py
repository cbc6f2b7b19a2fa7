"""What a firm must fill in: the rounds that ask it, how its cards stand, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.burden import burden_of
from zhitong.domain.cards.rules.cards import is_late, is_locked, standing_of
from zhitong.domain.cards.rules.kinds import CardState, ObligationState
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.clock import day_of

SHOWN = 36

_OWED = """
SELECT round.id, subject.id, subject.name, template.id, round.name, round.period, round.due_on,
       round.locked_on, card.id, card.state, coalesce(card.version, 0), card.first_submitted_at, card.submitted_at,
       coalesce(card.return_reason, ''), card.open_until, obligation.held_on
FROM cards_obligation obligation
JOIN subjects_subject subject ON subject.id = obligation.subject_id
JOIN cards_round round ON round.id = obligation.round_id
JOIN cards_template template ON template.id = round.template_id
LEFT JOIN cards_card card ON card.round_id = obligation.round_id AND card.subject_id = obligation.subject_id
WHERE obligation.owed AND round.opens_on <= %(today)s AND (subject.unit_id = %(unit)s OR NOT %(first_wall)s)
ORDER BY round.locked_on < %(today)s, round.due_on DESC, round.id, subject.id
LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class OwedCard:
    """One card a subject owes; `is_late` when it came, or is missing, after its due day by its own fault; `minutes` is what
    it takes."""

    round_id: UUID
    subject_id: UUID
    subject_name: str
    template_name: str
    round_name: str
    period: str
    due_on: date
    locked_on: date
    card_id: UUID | None
    state: ObligationState
    version: int
    submitted_at: datetime | None
    return_reason: str
    is_late: bool
    is_locked: bool
    minutes: int


def cards_owed_by(viewer: Viewer, *, today: date, limit: int = SHOWN) -> list[OwedCard]:
    """The cards the viewer's own unit owes: rounds still taking cards first, then the newest; one query,
    once the templates are read."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OWED, {"unit": viewer.unit_id, "today": today, "limit": limit, "first_wall": first_wall_stands()}
        )
        return [_owed(*row, today=today) for row in cursor.fetchall()]


def _owed(
    round_id: UUID, subject_id: UUID, subject_name: str, template_id: UUID, round_name: str, period: str, due_on: date,
    locked_on: date, card_id: UUID | None, state: str | None, version: int, first_submitted_at: datetime | None,
    submitted_at: datetime | None, return_reason: str, open_until: date | None, held_on: date | None, *,
    today: date,
) -> OwedCard:
    sent_on = day_of(first_submitted_at) if first_submitted_at else None
    form = template(template_id)
    return OwedCard(
        round_id, subject_id, subject_name, form.name, round_name, period, due_on, locked_on, card_id,
        standing_of(CardState(state) if state else None), version, submitted_at, return_reason,
        is_late(due_on, sent_on, today, held_on), is_locked(locked_on, today, open_until),
        burden_of(form, settings.CARD_SECONDS, reporters=1).minutes_a_card,
    )
