"""Flags of R-E7: what looks odd about a card is put to the office as a question, and answered with words; for the worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.asking import require
from zhitong.domain.cards.models import Card, CardFigures, Flagged, Trace
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.cards.rules.oddities import WITHIN, are_equal, are_round, is_crowd
from zhitong.domain.cards.rules.rounds import FillManner, FlagKind
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.refusals import BadInput, NotFound, Refused

MOST = 200
"""Cards looked at beside one; more from one device in an hour are flagged by the first of them."""
LONGEST_ANSWER = 500


class AnsweredAlready(Refused):
    """Somebody has answered the question."""


def flag_card(card_id: UUID, at: datetime) -> int:
    """Look at a card that has just come, with a fixed number of indexed reads; returns how many questions are new."""
    card = Card.objects.filter(id=card_id).select_related("round").first()
    trace = Trace.objects.filter(card_id=card_id).first()
    if card is None or trace is None:
        return 0
    return _one_origin(trace, at) + _identical(trace, at) + _of_figures(card, at)


@transaction.atomic
def answer_flag(*, flag_id: UUID, answer: str, actor: Actor, now: datetime) -> None:
    """Answer a question after asking the firm; the answer stands beside it.

    Raises NotFound, AnsweredAlready. Raises BadInput: nothing said.
    """
    require(Permission.DISPATCH)
    row = Flagged.objects.select_for_update(of=("self",)).filter(id=flag_id).first()
    if row is None:
        raise NotFound
    if row.answered_at is not None:
        raise AnsweredAlready("这个疑问已经有人核实过，请刷新页面查看。")
    words = clean_text(answer)
    trouble = text_trouble(words, LONGEST_ANSWER) if words else "请写明核实的情况，例如：同一会计公司代办，数字已逐户核对。"
    if trouble:
        raise BadInput(trouble, {"answer": trouble})
    Flagged.objects.filter(id=flag_id).update(answer=words, answered_by=actor.person_id, answered_at=now)
    record_many([
        Fact(str(CardFact.FLAG_ANSWERED), "card", row.card_id, actor, now, {"flag": flag_id, "kind": row.kind}, {"answer": words})
    ])


def _one_origin(trace: Trace, at: datetime) -> int:
    """Several firms from one device and address within the hour; whoever fills in for firms is not asked about."""
    if not trace.origin:
        return 0
    near = Trace.objects.filter(
        origin=trace.origin, sent_at__range=(at - WITHIN, at + WITHIN), card__filled_by=FillManner.OWN.value
    ).values_list("card_id", "card__subject_id")[:MOST]
    found = list(near)
    if not is_crowd(subject_id for _card, subject_id in found):
        return 0
    firms = len({subject_id for _card, subject_id in found})
    return _flag({card_id for card_id, _subject in found}, FlagKind.ONE_ORIGIN, f"一小时内有 {firms} 户从同一设备或地址报送。", at)


def _identical(trace: Trace, at: datetime) -> int:
    if not trace.figures:
        return 0
    same = Trace.objects.filter(round_id=trace.round_id, figures=trace.figures).values_list("card_id", flat=True)
    found = set(same[:MOST])
    return _flag(found, FlagKind.IDENTICAL, f"本期有 {len(found)} 户的数字完全相同。", at) if len(found) > 1 else 0


def _of_figures(card: Card, at: datetime) -> int:
    form = template(card.round.template_id)
    values = CardFigures.objects.filter(card_id=card.id).values_list("values", flat=True).first() or {}
    before = CardFigures.objects.filter(
        card__subject_id=card.subject_id, card__round__template__code=form.code,
        card__round__opens_on__lt=card.round.opens_on,
    ).order_by("-card__round__opens_on").values_list("values", flat=True).first()
    flagged = 0
    if are_round(form, values):
        flagged += _flag([card.id], FlagKind.ROUND_FIGURES, "本期各项数字都是整数，像是估计数。", at)
    if before is not None and are_equal(form, values, before):
        flagged += _flag([card.id], FlagKind.AS_LAST, "本期各项数字与上期完全相同。", at)
    return flagged


def _flag(card_ids: Iterable[UUID], kind: FlagKind, words: str, at: datetime) -> int:
    """Flag what is not flagged so already; returns how many are new."""
    wanted = set(card_ids)
    known = set(Flagged.objects.filter(card_id__in=wanted, kind=kind.value).values_list("card_id", flat=True))
    new = Card.objects.filter(id__in=wanted - known).order_by("id").values_list("id", "region_id", "round_id")
    rows = [
        Flagged(card_id=card_id, region_id=region_id, round_id=round_id, kind=kind.value, words=words, at=at)
        for card_id, region_id, round_id in new
    ]
    Flagged.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
