"""A card filled in for the firm (代填): the firm confirms it by one tap, or says that it is not so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.asking import CardMoved, cells, moved_words, require
from zhitong.domain.cards.actions.reviewing import LOOK_AGAIN, NotNow
from zhitong.domain.cards.actions.writing import CardWrite, write_cards
from zhitong.domain.cards.queries.fillings import Filling, fillings, places_of
from zhitong.domain.cards.rules.cards import is_sent
from zhitong.domain.cards.rules.kinds import CardFact, CardState
from zhitong.domain.cards.rules.rounds import FillManner
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings
from zhitong.kit.refusals import BadInput, NotFound

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A card filled in for the firm, in the version the firm looked at; with `dispute` the firm says what is not so."""

    card_id: UUID
    version: int
    actor: Actor
    dispute: str = ""


@transaction.atomic
def confirm_cards(confirmations: Sequence[Confirmation], *, now: datetime) -> list[int]:
    """Confirm cards filled in for the firm; from then on they count as collected. Returns their new versions.

    Raises NotFound: it is not the firm's own. Raises CardMoved, NotNow: nothing waits for the firm's word. Source: R-E7.
    """
    found = _find(confirmations)
    versions = _write([
        CardWrite(filling, one.actor, _state(filling), awaiting=filling.awaiting_unit_id, confirmed_at=now)
        for one, filling in zip(confirmations, found, strict=True)
    ], now)
    post(postings([(cells(one, one.state), cells(one, one.state, confirmed_at=now)) for one in found]))
    record_many([
        _fact(CardFact.CONFIRMED, one, filling, now, {}) for one, filling in zip(confirmations, found, strict=True)
    ])
    return versions


@transaction.atomic
def dispute_cards(confirmations: Sequence[Confirmation], *, now: datetime) -> list[int]:
    """Say that cards filled in for the firm are not so; they count as nothing and go back to be filled in anew.

    Raises NotFound, CardMoved, NotNow. Raises BadInput: nothing is said of what is wrong.
    """
    reasons = [_reason(one.dispute) for one in confirmations]
    found = _find(confirmations)
    versions = _write([
        CardWrite(filling, one.actor, CardState.RETURNED, reason=f"企业对代填内容有异议：{reason}", disputed_at=now)
        for one, filling, reason in zip(confirmations, found, reasons, strict=True)
    ], now)
    post(postings([(cells(one, one.state), cells(one, CardState.RETURNED, disputed_at=now)) for one in found]))
    record_many([
        _fact(CardFact.DISPUTED, one, filling, now, {"reason": reason})
        for one, filling, reason in zip(confirmations, found, reasons, strict=True)
    ])
    return versions


def _state(filling: Filling) -> CardState:
    assert filling.state is not None, "asked of a card"
    return filling.state


def _find(confirmations: Sequence[Confirmation]) -> list[Filling]:
    require(Permission.REPORT)
    places = places_of([one.card_id for one in confirmations])
    found = fillings(list(places.values()))
    return [_ask(one, found.get(places[one.card_id]) if one.card_id in places else None) for one in confirmations]


def _ask(one: Confirmation, filling: Filling | None) -> Filling:
    if filling is None or filling.reporter_unit_id is None or filling.reporter_unit_id != one.actor.unit_id:
        raise NotFound
    if filling.version != one.version:
        raise CardMoved(moved_words(filling, LOOK_AGAIN))
    waits = filling.filled_by is FillManner.FOR_FIRM and filling.confirmed_at is None and is_sent(filling.state)
    if not waits:
        raise NotNow("这张卡没有待确认的代填内容，不用再确认。")
    return filling


def _write(writes: Sequence[CardWrite], now: datetime) -> list[int]:
    write_cards(writes, now, way_on=LOOK_AGAIN)
    return [one.filling.version + 1 for one in writes]


def _reason(written: str) -> str:
    text = clean_text(written)
    trouble = text_trouble(text, LONGEST_REASON) if text else "请写明哪里不对，让代填的单位知道。"
    if trouble:
        raise BadInput(trouble, {"dispute": trouble})
    return text


def _fact(kind: CardFact, one: Confirmation, filling: Filling, now: datetime, details: dict[str, str]) -> Fact:
    body = {"round": filling.round_id, "subject": filling.subject_id, "version": filling.version + 1}
    return Fact(str(kind), "card", one.card_id, one.actor, now, body, details)
