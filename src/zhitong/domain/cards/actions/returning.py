"""Giving cards back: to the firm, to be mended, or one level down, to the office that passed them on (R-E2, R-E3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.asking import RoundLocked, day_words
from zhitong.domain.cards.actions.holding import held_today, keep_held
from zhitong.domain.cards.actions.marking import clean_marks, keep_marks, summed_up
from zhitong.domain.cards.actions.reviewing import NotNow, Review, Written, find_reviewed, write_reviews
from zhitong.domain.cards.models import Card
from zhitong.domain.cards.queries.fillings import Filling
from zhitong.domain.cards.queries.passing import passed_by
from zhitong.domain.cards.queries.templates import template_asked
from zhitong.domain.cards.rules.cards import is_locked, may_return
from zhitong.domain.cards.rules.kinds import CardFact, CardState
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

LONGEST_REASON = 500
NOT_RETURNABLE = "只有已报送或已通过的卡片可以退回。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Review):
    """A card to give back, with what must be mended: in all, and by field."""

    reason: str
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassBack(Review):
    """A card to give back to the office below that passed it on, with what that office is to look at again."""

    reason: str


@transaction.atomic
def return_cards(returns: Sequence[Return], *, now: datetime) -> list[int]:
    """Give cards back to their firms for correction; returns their new versions. Problems raised by them live on.

    A card that a level above gives back goes through every level again; the page says which level returned it. Where
    that level had kept it over the due day, what comes again is late because of it, not of the firm.
    Raises NotFound, NotCollector, CardMoved, NotNow. Raises RoundLocked: the firm could not send it again.
    Raises BadInput: no reason at all, one too long or marked as classified, a field that the card does not have.
    """
    found = find_reviewed(returns, may_return, NOT_RETURNABLE)
    forms = [template_asked(filling.template_id, filling.lists) for filling in found]
    marks = [clean_marks(one.marks, form) for one, form in zip(returns, forms, strict=True)]
    reasons = [
        _reason(one.reason or summed_up(marked, form), "退回原因", "请写明退回原因，让企业知道要改什么。")
        for one, marked, form in zip(returns, marks, forms, strict=True)
    ]
    for filling in found:
        if is_locked(filling.locked_on, day_of(now), filling.open_until):
            raise RoundLocked(
                f"“{filling.round_name}”已于{day_words(filling.locked_on)}锁定，退回后企业无法重报，因此不能退回。"
            )
    held = _held(returns, found, now)
    keep_marks([(one.card_id, marked) for one, marked in zip(returns, marks, strict=True)])
    return write_reviews(
        returns, found, CardState.RETURNED, CardFact.RETURNED, now, [Written(*pair) for pair in zip(reasons, marks, strict=True)],
        held=held,
    )


@transaction.atomic
def pass_back(backs: Sequence[PassBack], *, now: datetime) -> list[int]:
    """Give cards back to the office below that passed them on, which passes them again or returns them to the firm.

    Returns their new versions. The firm has nothing to do, so a locked round does not hinder it.
    Raises NotFound, NotCollector, CardMoved. Raises NotNow: no office below the actor's has passed the card.
    Raises BadInput: no reason, one too long or marked as classified.
    """
    found = find_reviewed(backs, may_return, NOT_RETURNABLE)
    reasons = [_reason(one.reason, "退回原因", "请写明退回原因，让下级办公室知道要核对什么。") for one in backs]
    below = passed_by([(one.card_id, one.actor.unit_id) for one in backs])
    if any(one.card_id not in below for one in backs):
        raise NotNow("没有下级办公室审核过这张卡。要改内容的，请退回企业。")
    held = _held(backs, found, now)
    versions: dict[UUID, int] = {}
    for state in (CardState.SUBMITTED, CardState.PASSED):
        batch = [
            (one, filling, reason) for one, filling, reason in zip(backs, found, reasons, strict=True)
            if (below[one.card_id] == filling.collecting_unit_id) is (state is CardState.SUBMITTED)
        ]
        if batch:
            ones, ways, said = zip(*batch, strict=True)
            written = write_reviews(
                ones, ways, state, CardFact.PASSED_BACK, now, [Written(reason) for reason in said],
                [below[one.card_id] for one in ones], held=held,
            )
            versions |= {one.card_id: version for one, version in zip(ones, written, strict=True)}
    Card.objects.filter(id__in=versions).update(passed_back_at=now)
    return [versions[one.card_id] for one in backs]


def _held(reviews: Sequence[Review], found: Sequence[Filling], now: datetime) -> frozenset[UUID]:
    """The obligations that these reviews have made late, which is kept on them."""
    held = held_today(list(zip([one.card_id for one in reviews], found, strict=True)), now)
    keep_held(
        [(filling.obligation_id, one.actor.unit_id) for one, filling in zip(reviews, found, strict=True)
         if filling.obligation_id in held and one.actor.unit_id],
        day_of(now),
    )
    return held


def _reason(written: str, what: str, otherwise: str) -> str:
    reason = clean_text(written)
    if not reason:
        raise BadInput(otherwise, {"reason": otherwise})
    trouble = text_trouble(reason, LONGEST_REASON)
    if trouble:
        raise BadInput(f"{what}{trouble}" if not trouble.startswith("本系统") else trouble, {"reason": trouble})
    return reason
