"""Filling in for the firm (R-E7): who does it says from what, the firm confirms or disputes, and only then it counts."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cards.conftest import NOW, Cast, submission
from tests.cards.forms import filled, row
from zhitong.domain.cards.actions import (
    Confirmation,
    Submission,
    SubmittedCard,
    confirm_cards,
    dispute_cards,
    submit_cards,
)
from zhitong.domain.cards.actions.asking import NotFiller, ValuesRefused
from zhitong.domain.cards.actions.reviewing import NotNow
from zhitong.domain.cards.models import Card
from zhitong.domain.cards.queries import card, collection_meter
from zhitong.domain.cards.queries.verifying import verify
from zhitong.domain.cards.rules.collection import CUTS, Collection
from zhitong.domain.cards.rules.rounds import FillManner, MeterStanding
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.tallies.queries import differences
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


def fill_for(cast: Cast, who: Viewer, round_id: UUID, *, version: int = 0, rows: list[object] | None = None) -> SubmittedCard:
    """Somebody fills the firm's card in, by telephone."""
    one = Submission(
        round_id=round_id, subject_id=cast.subject.id, version=version, actor=who.actor("web"), values=filled(),
        rows=rows or [], for_firm="电话询问王会计",  # type: ignore[arg-type]
    )
    with acting_as(who):
        [sent] = submit_cards([one], now=NOW)
    return sent


def meter_of(cast: Cast, round_id: UUID) -> Collection:
    """The meter of 南大港 as its office sees it."""
    node = cast.regions["130973400"].id
    with acting_as(cast.office):
        return collection_meter(cast.office, [node], [round_id])[node].total


def miscounted(cast: Cast) -> list[str]:
    """Everything that an independent count finds wrong, of the meter and of every cut."""
    with acting_as(cast.province_office):
        _checked, findings = verify()
        return [*map(str, findings), *(f"{cut.name} {one}" for cut in CUTS for one in differences(cut))]


def answered(cast: Cast, sent: SubmittedCard, *, version: int = 1, dispute: str = "") -> int:
    """The firm's word on what was filled in for it."""
    act = dispute_cards if dispute else confirm_cards
    with acting_as(cast.firm):
        [moved] = act(
            [Confirmation(card_id=sent.card_id, version=version, actor=cast.firm.actor("web"), dispute=dispute)], now=NOW
        )
    return moved


def test_a_card_filled_in_for_the_firm_says_who_and_from_what_and_counts_once_confirmed(
    cast: Cast, september: UUID
) -> None:
    sent = fill_for(cast, cast.caring, september)
    before = meter_of(cast, september)

    answered(cast, sent)

    with acting_as(cast.firm):
        opened = card(cast.firm, sent.card_id, today=NOW.date())
        told = facts_about(sent.card_id)
    after = meter_of(cast, september)
    assert (before.count(MeterStanding.FOR_FIRM), before.collected, before.rate) == (1, 0, 0)
    assert (after.count(MeterStanding.CONFIRMED), after.collected, after.rate) == (1, 1, 1)
    assert (opened.head.filled_by, opened.head.filled_from) == (FillManner.FOR_FIRM, "电话询问王会计")
    assert [(fact.kind, fact.body.get("for_firm")) for fact in told] == [("card.submitted", True), ("card.confirmed", None)]


def test_a_dispute_counts_as_nothing_and_the_firms_own_card_replaces_it(cast: Cast, september: UUID) -> None:
    sent = fill_for(cast, cast.office, september)

    answered(cast, sent, dispute="收入不对，应为累计数")
    disputed = meter_of(cast, september)
    with acting_as(cast.firm):
        submit_cards([submission(cast, september, version=2)], now=NOW)

    own = meter_of(cast, september)
    assert (disputed.count(MeterStanding.DISPUTED), disputed.collected) == (1, 0)
    assert (own.count(MeterStanding.OWN), own.count(MeterStanding.DISPUTED), own.rate) == (1, 0, 1)
    with acting_as(cast.firm):
        assert Card.objects.values_list("filled_from", "filled_in", "disputed_at").get() == ("", None, None)


@pytest.mark.parametrize("who", ["uninvolved", "city_office"])
def test_only_who_cares_or_collects_fills_in_for_the_firm(cast: Cast, september: UUID, who: str) -> None:
    with pytest.raises((NotFiller, NotFound)):
        fill_for(cast, getattr(cast, who), september)


def test_a_problem_is_the_firms_own_word_and_not_filled_in_for_it(cast: Cast, september: UUID) -> None:
    with pytest.raises(BadInput, match="代填的卡片不写问题"):
        fill_for(cast, cast.caring, september, rows=[row()])
    assert meter_of(cast, september).count(MeterStanding.MISSING) == 1


def test_a_firm_confirms_nothing_that_was_not_filled_in_for_it(cast: Cast, sent: SubmittedCard) -> None:
    with pytest.raises(NotNow, match="没有待确认"):
        answered(cast, sent)
    with acting_as(cast.other_firm), pytest.raises(NotFound):
        confirm_cards([Confirmation(card_id=sent.card_id, version=1, actor=cast.other_firm.actor("web"))], now=NOW)


def test_a_dispute_says_what_is_wrong(cast: Cast, september: UUID) -> None:
    sent = fill_for(cast, cast.caring, september)

    with pytest.raises(BadInput, match="哪里不对"), acting_as(cast.firm):
        dispute_cards([Confirmation(card_id=sent.card_id, version=1, actor=cast.firm.actor("web"), dispute=" ")], now=NOW)


def test_what_is_wrong_in_a_card_filled_in_for_the_firm_is_refused_as_in_its_own(cast: Cast, september: UUID) -> None:
    bad = Submission(
        round_id=september, subject_id=cast.subject.id, version=0, actor=cast.caring.actor("web"),
        values=filled(revenue="约300"), for_firm="走访",
    )

    with acting_as(cast.caring), pytest.raises(ValuesRefused):
        submit_cards([bad], now=NOW)
