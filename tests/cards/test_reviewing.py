"""Reviewing: the collecting office and the offices above return or accept; one of two wins and the other is told."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cards.conftest import NOW, Cast, send
from tests.cards.test_drafting import draft
from zhitong.domain.cards.actions import Acceptance, Return, SubmittedCard, accept_cards, return_cards
from zhitong.domain.cards.actions.asking import CardMoved, RoundLocked
from zhitong.domain.cards.actions.reviewing import NotCollector, NotNow
from zhitong.domain.cards.models import Card, ProblemRow
from zhitong.domain.cards.rules.collection import OBLIGATIONS
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


def give_back(who: Viewer, card: SubmittedCard, reason: str = "收入与税金对不上", *, version: int = 1, days: int = 0) -> int:
    with acting_as(who):
        [moved] = return_cards(
            [Return(card_id=card.card_id, version=version, actor=who.actor("web"), reason=reason)],
            now=NOW + timedelta(days=days),
        )
    return moved


def accept(who: Viewer, card: SubmittedCard, *, version: int = 1) -> int:
    with acting_as(who):
        [moved] = accept_cards([Acceptance(card_id=card.card_id, version=version, actor=who.actor("web"))], now=NOW)
    return moved


def test_the_office_returns_a_card_with_a_reason_and_its_problems_live_on(cast: Cast, sent: SubmittedCard) -> None:
    assert give_back(cast.office, sent) == 2

    with acting_as(cast.firm):
        card = Card.objects.get()
        assert (card.state, card.return_reason) == ("returned", "收入与税金对不上")
        assert ProblemRow.objects.count() == 2
        fact = facts_about(card.id)[-1]
    assert (fact.kind, fact.unit_id, fact.words) == ("card.returned", cast.office.unit_id, {"reason": "收入与税金对不上"})


def test_a_returned_card_is_drafted_and_sent_again(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    give_back(cast.office, sent)

    drafted = draft(cast, september, {"revenue": "1"}, version=2)
    with acting_as(cast.firm):
        assert (Card.objects.get().state, Card.objects.get().return_reason) == ("returned", "收入与税金对不上")
    send(cast, september, version=drafted.version)

    with acting_as(cast.firm):
        card = Card.objects.get()
    assert (card.state, card.return_reason, card.version) == ("submitted", "", 4)


def test_the_office_accepts_and_the_count_follows(cast: Cast, sent: SubmittedCard) -> None:
    accept(cast.office, sent)

    with acting_as(cast.office):
        node = cast.regions["130973400"].id
        assert counts(OBLIGATIONS, [node], by=["state"]) == {(node, "accepted"): 1}
        assert facts_about(sent.card_id)[-1].kind == "card.accepted"


def test_an_office_above_may_review_too(cast: Cast, sent: SubmittedCard) -> None:
    assert accept(cast.city_office, sent) == 2
    assert give_back(cast.province_office, sent, version=2) == 3


def test_two_officials_on_one_card_one_wins_and_the_other_is_told_what_happened(
    cast: Cast, sent: SubmittedCard
) -> None:
    accept(cast.city_office, sent)

    with pytest.raises(CardMoved, match=r"沧州市“双创双服”活动领导小组办公室吴六刚才.*“已通过”.*没有执行"):
        give_back(cast.office, sent)


def test_a_card_not_sent_cannot_be_accepted(cast: Cast, sent: SubmittedCard) -> None:
    give_back(cast.office, sent)

    with pytest.raises(NotNow, match="现为“已退回”"):
        accept(cast.office, sent, version=2)


@pytest.mark.parametrize(
    ("reason", "words"), [(" ", "请写明退回原因"), ("难" * 501, "您写了501字"), ("涉及机密", "非涉密系统")]
)
def test_a_return_needs_a_reason_that_can_be_kept(cast: Cast, sent: SubmittedCard, reason: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        give_back(cast.office, sent, reason)


def test_after_the_lock_a_card_is_accepted_but_not_returned(cast: Cast, sent: SubmittedCard) -> None:
    with pytest.raises(RoundLocked, match="无法重报"):
        give_back(cast.office, sent, days=18)


def test_who_may_only_look_is_told_and_who_may_not_finds_nothing(cast: Cast, sent: SubmittedCard) -> None:
    with pytest.raises(NotYours):
        accept(cast.caring, sent)
    with pytest.raises(NotFound):
        accept(cast.neighbour_office, sent)


def test_a_city_office_of_elsewhere_named_as_actor_is_refused(cast: Cast, sent: SubmittedCard) -> None:
    with acting_as(cast.province_office), pytest.raises(NotCollector, match="南大港产业园区“双创双服”活动领导小组办公室及其上级"):
        accept_cards(
            [Acceptance(card_id=sent.card_id, version=1, actor=cast.neighbour_office.actor("web"))], now=NOW
        )
