"""Correcting after acceptance or lock (R-E3): asked for with a reason, granted until a day; what changes leaves its trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.asking import CardMoved, cells, day_words, moved_words, require
from zhitong.domain.cards.actions.excusing import Decided, NotDecider
from zhitong.domain.cards.actions.reviewing import LOOK_AGAIN, NotNow
from zhitong.domain.cards.actions.writing import CardWrite, write_cards
from zhitong.domain.cards.models import Correction
from zhitong.domain.cards.queries.fillings import Filling, fillings, places_of
from zhitong.domain.cards.rules.cards import is_locked, is_sent, levels_left
from zhitong.domain.cards.rules.kinds import CardFact, CardState
from zhitong.domain.cards.rules.rounds import RequestState
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound

LONGEST_REASON = 500
LONGEST_DAYS = 31
"""How long a granted correction may stay open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCorrection:
    """A firm asks to correct its card after it was accepted or its round locked."""

    card_id: UUID
    version: int
    reason: str
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionDecision:
    """Yes, until a day, or no with words."""

    correction_id: UUID
    granted: bool
    words: str
    actor: Actor
    open_until: date | None = None


@transaction.atomic
def ask_corrections(asked: Sequence[AskedCorrection], *, now: datetime) -> list[UUID]:
    """Ask to correct cards; the office that accepts last decides. Returns the requests.

    Raises NotFound, CardMoved. Raises NotNow: the card can still be corrected without asking, or one is asked already.
    """
    require(Permission.REPORT)
    places = places_of([one.card_id for one in asked])
    found = fillings(list(places.values()))
    rows = [_correction(one, found.get(places[one.card_id]) if one.card_id in places else None, now) for one in asked]
    Correction.objects.bulk_create(rows)
    record_many([
        Fact(str(CardFact.CORRECTION_ASKED), "card", one.card_id, one.actor, now, {"correction": row.id},
             {"reason": row.reason})
        for one, row in zip(asked, rows, strict=True)
    ])
    return [row.id for row in rows]


@transaction.atomic
def decide_correction(decision: CorrectionDecision, *, now: datetime) -> int:
    """Grant a correction, whereupon the card goes back to the firm and stays open until the day, or decline it.

    Returns the card's version. Raises NotFound, NotDecider, Decided, CardMoved. Raises BadInput: no day, or no reason.
    """
    require(Permission.DISPATCH)
    row = Correction.objects.select_for_update(of=("self",)).filter(id=decision.correction_id).first()
    if row is None:
        raise NotFound
    if row.decider_id != decision.actor.unit_id:
        raise NotDecider(f"这份更正申请由{directory().name_of(row.decider_id)}审批。")
    if row.state != RequestState.ASKED.value:
        raise Decided(f"这份更正申请{RequestState(row.state).label}，不用再批。")
    [place] = places_of([row.card_id]).values()
    filling = fillings([place])[place]
    words = clean_text(decision.words) if decision.granted else _text(decision.words, "words", "请写明不同意的理由。")
    until = _until(decision.open_until, day_of(now)) if decision.granted else None
    if until:
        _open(row, filling, decision, until, now)
    row.state = (RequestState.GRANTED if decision.granted else RequestState.DECLINED).value
    row.decision, row.decided_by_id, row.decided_at, row.open_until = words, decision.actor.person_id, now, until
    row.save()
    kind = CardFact.CORRECTION_GRANTED if decision.granted else CardFact.CORRECTION_DECLINED
    record_many([Fact(
        str(kind), "card", row.card_id, decision.actor, now, {"correction": row.id, "until": until},
        {"reason": words} if words else {},
    )])
    return filling.version + (1 if until else 0)


def _open(row: Correction, filling: Filling, decision: CorrectionDecision, until: date, now: datetime) -> None:
    reason = f"同意更正（{day_words(until)}以前重新报送）：{row.reason}"
    write_cards(
        [CardWrite(filling, decision.actor, CardState.RETURNED, reason=reason, open_until=until)], now, way_on=LOOK_AGAIN
    )
    post(postings([(cells(filling, filling.state), cells(filling, CardState.RETURNED))]))


def _correction(one: AskedCorrection, filling: Filling | None, now: datetime) -> Correction:
    if filling is None or filling.reporter_unit_id is None or filling.reporter_unit_id != one.actor.unit_id:
        raise NotFound
    if filling.version != one.version:
        raise CardMoved(moved_words(filling, LOOK_AGAIN))
    settled = filling.state in (CardState.ACCEPTED, CardState.PASSED)
    locked = is_locked(filling.locked_on, day_of(now), filling.open_until)
    if not is_sent(filling.state) or not (settled or locked):
        raise NotNow("这张卡还可以直接更正后重新报送，不用申请。")
    if Correction.objects.filter(card_id=one.card_id, state=RequestState.ASKED.value).exists():
        raise NotNow("这张卡已有一份更正申请等待审批。")
    return Correction(
        id=uuid7(), card_id=one.card_id, reason=_text(one.reason, "reason", "请写明要更正什么、为什么。"),
        state=RequestState.ASKED.value, asked_by_id=one.actor.person_id, asked_at=now, decider_id=_decider(filling),
    )


def _decider(filling: Filling) -> UUID:
    """The office that accepts last."""
    here = directory()
    collecting = here.units[filling.collecting_unit_id].region_id
    last = levels_left(here.path(filling.region_id), collecting, filling.review_ranks)[-1]
    office = here.office(last)
    return office.id if office else filling.collecting_unit_id


def _until(day: date | None, today: date) -> date:
    if day is None or not 0 <= (day - today).days <= LONGEST_DAYS:
        trouble = f"请写明更正到哪一天为止，今天起{LONGEST_DAYS}天以内。"
        raise BadInput(trouble, {"open_until": trouble})
    return day


def _text(written: str, place: str, otherwise: str) -> str:
    text = clean_text(written)
    trouble = text_trouble(text, LONGEST_REASON) if text else otherwise
    if trouble:
        raise BadInput(trouble, {place: trouble})
    return text
