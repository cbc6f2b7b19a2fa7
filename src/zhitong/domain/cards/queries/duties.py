"""What a viewer's unit must do about cards now: to-dos are not stored, they follow from how cards stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.cards.queries.owed import OwedCard, cards_owed_by
from zhitong.domain.cards.queries.reviewing import ListedCard, cards_to_review
from zhitong.domain.cards.rules.kinds import CardDuty, ObligationState
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer

_TO_SEND = (ObligationState.MISSING, ObligationState.DRAFT, ObligationState.RETURNED)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: which card, by when (a review has no day), and what follows if it is not done; for the served also
    of which period, and how many minutes it takes; `passed_back` is why a level above gave a card back to this office.
    """

    kind: CardDuty
    round_id: UUID
    round_name: str
    subject_id: UUID
    subject_name: str
    card_id: UUID | None
    due_on: date | None
    consequence: str
    period: str = ""
    minutes: int = 0
    passed_back: str = ""


def duties_for(viewer: Viewer, *, today: date, limit: int = 50) -> list[Duty]:
    """For one of the served: cards to send, the soonest due first; for an office: cards to review. One query."""
    if viewer.unit_kind is UnitKind.SERVED:
        owed = [one for one in cards_owed_by(viewer, today=today) if one.state in _TO_SEND and not one.is_locked]
        return [_to_send(one) for one in sorted(owed, key=lambda one: one.due_on)][:limit]
    if not viewer.may(Permission.DISPATCH):
        return []
    return [_to_review(one) for one in cards_to_review(viewer, today=today, limit=limit)]


def _to_send(one: OwedCard) -> Duty:
    kind = CardDuty.CORRECT if one.state is ObligationState.RETURNED else CardDuty.FILL_IN
    locks = f"{one.locked_on.month}月{one.locked_on.day}日后锁定，不能再报"
    return Duty(
        kind, one.round_id, one.round_name, one.subject_id, one.subject_name, one.card_id, one.due_on,
        f"{_reason(one)}；{locks}", one.period, one.minutes,
    )


def _reason(one: OwedCard) -> str:
    if one.state is ObligationState.RETURNED:
        return f"退回原因：{one.return_reason}"
    return "已过截止日期，计为迟报" if one.is_late else "逾期计为迟报"


def _to_review(one: ListedCard) -> Duty:
    return Duty(
        CardDuty.REVIEW, one.round_id, one.round_name, one.subject_id, one.subject_name, one.card_id, None,
        f"上级退回核对：{one.return_reason}" if one.return_reason else "企业已报送，等待审核", passed_back=one.return_reason,
    )
