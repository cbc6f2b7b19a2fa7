"""Reviewing cards: the office that collects, or an office above it, gives a card back or accepts it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.asking import CardMoved, RoundLocked, cells, day_words, moved_words, require
from zhitong.domain.cards.actions.marking import clean_marks, keep_marks, summed_up
from zhitong.domain.cards.actions.writing import CardWrite, write_cards
from zhitong.domain.cards.queries.fillings import Filling, fillings, places_of
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.cards import is_locked, is_reviewer, may_accept, may_return
from zhitong.domain.cards.rules.kinds import CardFact, CardState
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused

LONGEST_REASON = 500
LOOK_AGAIN = "您的操作没有执行。请刷新页面，看过最新内容后再办。"


class NotCollector(Refused):
    """The card is reviewed by the office that collects it and the offices above."""


class NotNow(Refused):
    """The card does not stand so that this could be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One card to review: the version that was looked at, and who acts."""

    card_id: UUID
    version: int
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Review):
    """A card to give back, with what must be mended: in all, and by field."""

    reason: str
    marks: Mapping[str, str] = field(default_factory=dict)


Acceptance = Review


@transaction.atomic
def return_cards(returns: Sequence[Return], *, now: datetime) -> list[int]:
    """Give cards back for correction; returns their new versions. Problems raised by them live on.

    Raises NotFound, NotCollector, CardMoved, NotNow. Raises RoundLocked: the firm could not send it again.
    Raises BadInput: no reason at all, one too long or marked as classified, a field that the card does not have.
    """
    found = _find(returns, may_return, "只有已报送或已通过的卡片可以退回。")
    forms = [template(filling.template_id) for filling in found]
    marks = [clean_marks(one.marks, form) for one, form in zip(returns, forms, strict=True)]
    reasons = [
        _reason(one.reason or summed_up(marked, form)) for one, marked, form in zip(returns, marks, forms, strict=True)
    ]
    for filling in found:
        if is_locked(filling.locked_on, day_of(now)):
            raise RoundLocked(
                f"“{filling.round_name}”已于{day_words(filling.locked_on)}锁定，退回后企业无法重报，因此不能退回。"
            )
    keep_marks([(one.card_id, marked) for one, marked in zip(returns, marks, strict=True)])
    return _write(returns, found, CardState.RETURNED, CardFact.RETURNED, now, reasons, marks)


@transaction.atomic
def accept_cards(acceptances: Sequence[Acceptance], *, now: datetime) -> list[int]:
    """Accept cards; returns their new versions.

    Raises NotFound, NotCollector, CardMoved, NotNow: only a submitted card can be accepted.
    """
    found = _find(acceptances, may_accept, "只有已报送、还没有审核的卡片可以通过。")
    return _write(acceptances, found, CardState.ACCEPTED, CardFact.ACCEPTED, now, [None] * len(found))


def _reason(written: str) -> str:
    reason = clean_text(written)
    if not reason:
        raise BadInput("请写明退回原因，让企业知道要改什么。", {"reason": "请写明退回原因。"})
    trouble = text_trouble(reason, LONGEST_REASON)
    if trouble:
        raise BadInput(f"退回原因{trouble}" if not trouble.startswith("本系统") else trouble, {"reason": trouble})
    return reason


def _find(reviews: Sequence[Review], may: Callable[[CardState], bool], otherwise: str) -> list[Filling]:
    require(Permission.DISPATCH)
    places = places_of([one.card_id for one in reviews])
    found = fillings(list(places.values()))
    here = directory()
    return [
        _ask(one, found.get(places[one.card_id]) if one.card_id in places else None, here, may, otherwise)
        for one in reviews
    ]


def _ask(
    one: Review, filling: Filling | None, here: Directory, may: Callable[[CardState], bool], otherwise: str
) -> Filling:
    if filling is None or filling.state is None:
        raise NotFound
    if not _may_review(one.actor.unit_id, filling, here):
        office = here.units[filling.collecting_unit_id].name
        raise NotCollector(f"这张卡由{office}及其上级办公室审核，贵单位可以查看，不能退回或通过。")
    if filling.version != one.version:
        raise CardMoved(moved_words(filling, LOOK_AGAIN))
    if not may(filling.state):
        raise NotNow(f"这张卡现为“{filling.state.label}”，{otherwise}")
    return filling


def _may_review(unit_id: UUID | None, filling: Filling, here: Directory) -> bool:
    """The office that collects, and the offices of the regions above it."""
    unit = here.units.get(unit_id) if unit_id else None
    return unit is not None and is_reviewer(unit.kind, unit.region_id, here.path(filling.region_id))


def _write(
    reviews: Sequence[Review], found: Sequence[Filling], state: CardState, kind: CardFact, now: datetime,
    reasons: Sequence[str | None], marks: Sequence[Mapping[str, str]] = (),
) -> list[int]:
    write_cards(
        [
            CardWrite(filling, one.actor, state, None, reason)
            for one, filling, reason in zip(reviews, found, reasons, strict=True)
        ],
        now, way_on=LOOK_AGAIN,
    )
    post(postings([(cells(one, one.state), cells(one, state)) for one in found]))
    record_many([
        Fact(
            str(kind), "card", one.card_id, one.actor, now,
            {"round": filling.round_id, "subject": filling.subject_id, "from": filling.state,
             "version": filling.version + 1},
            _details(reason, marked),
        )
        for one, filling, reason, marked in zip(reviews, found, reasons, marks or [{}] * len(found), strict=True)
    ])
    return [filling.version + 1 for filling in found]


def _details(reason: str | None, marks: Mapping[str, str]) -> dict[str, str]:
    """What people wrote: kept apart from the fact, so that it can be erased."""
    details = {"reason": reason} if reason else {}
    return details | ({"marks": json.dumps(marks, ensure_ascii=False)} if marks else {})
