"""Accepting level by level (R-E3): county, then city; waiting for a level above is a state of its own and makes nobody late."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.cards.conftest import NOW, TODAY, Cast, opened_september, send, september_of
from tests.cards.test_filling_for import meter_of, miscounted
from zhitong.domain.cards.actions import (
    Acceptance,
    AskedCorrection,
    CorrectionDecision,
    PassBack,
    Return,
    SubmittedCard,
    accept_cards,
    ask_corrections,
    decide_correction,
    open_rounds,
    pass_back,
    return_cards,
)
from zhitong.domain.cards.actions.excusing import NotDecider
from zhitong.domain.cards.actions.reviewing import NotCollector, NotNow
from zhitong.domain.cards.models import Acceptance as Accepted
from zhitong.domain.cards.models import Card
from zhitong.domain.cards.queries import card, cards_to_review, corrections_to_decide, duties_for
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def october(cast: Cast) -> UUID:
    """A round in which county and city accept after the office that collects."""
    opened_september(cast)
    with acting_as(cast.province_office):
        [opened] = open_rounds(
            [september_of(cast, period="2018-10", name="2018年10月", review_ranks=(Rank.COUNTY, Rank.CITY))], now=NOW
        )
    return opened.round_id


def accept(who: Viewer, sent: SubmittedCard, version: int, *, days: int = 0) -> str:
    """An office accepts; the state of the card then."""
    with acting_as(who):
        accept_cards(
            [Acceptance(card_id=sent.card_id, version=version, actor=who.actor("web"))], now=NOW + timedelta(days=days)
        )
        return Card.objects.values_list("state", flat=True).get(id=sent.card_id)


def test_a_card_goes_up_level_by_level_and_is_accepted_by_the_last(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)

    states = [
        accept(cast.office, sent, 1), accept(cast.zone_office, sent, 2, days=1), accept(cast.city_office, sent, 3, days=9),
    ]

    assert states == ["passed", "passed", "accepted"]
    with acting_as(cast.city_office):
        told = Accepted.objects.order_by("at").values_list("unit_id", "is_final", "waited_from", "at")
        assert [(unit, final, (at - since).days) for unit, final, since, at in told] == [
            (cast.office.unit_id, False, 0), (cast.zone_office.unit_id, False, 1), (cast.city_office.unit_id, True, 8),
        ]


def test_waiting_above_is_the_upper_offices_duty_and_no_lateness_of_the_firm(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)
    accept(cast.office, sent, 1)

    with acting_as(cast.zone_office):
        waiting = [one.card_id for one in cards_to_review(cast.zone_office, today=TODAY)]
    with acting_as(cast.office):
        mine = cards_to_review(cast.office, today=TODAY)
        opened = card(cast.office, sent.card_id, today=date(2018, 9, 30))
    meter = meter_of(cast, october)
    assert (waiting, mine) == ([sent.card_id], [])
    assert (opened.is_late, opened.may_accept, opened.head.state.label) == (False, False, "待上级审核")
    assert (meter.in_state(ObligationState.PASSED), meter.rate, meter.timeliness) == (1, 1, 1)


def test_a_level_that_has_passed_a_card_does_not_pass_it_twice(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)
    accept(cast.office, sent, 1)

    with pytest.raises(NotNow, match="本级已经审核，现待渤海新区"):
        accept(cast.office, sent, 2)


def test_an_office_above_accepts_for_the_levels_below(cast: Cast, october: UUID) -> None:
    assert accept(cast.city_office, send(cast, october), 1) == "accepted"


def test_a_card_returned_from_above_goes_through_every_level_again(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)
    accept(cast.office, sent, 1)
    with acting_as(cast.zone_office):
        return_cards(
            [Return(card_id=sent.card_id, version=2, reason="税金单位有误", actor=cast.zone_office.actor("web"))], now=NOW
        )

    send(cast, october, version=3)

    assert accept(cast.office, sent, 4) == "passed"


def test_a_correction_after_acceptance_is_asked_granted_and_leaves_its_trace(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)
    accept(cast.city_office, sent, 1)
    with acting_as(cast.firm):
        [asked] = ask_corrections(
            [AskedCorrection(card_id=sent.card_id, version=2, reason="收入漏计一笔", actor=cast.firm.actor("web"))], now=NOW
        )

    with acting_as(cast.office), pytest.raises(NotDecider):
        decide_correction(_yes(asked, cast.office), now=NOW)
    with acting_as(cast.city_office):
        assert [one.id for one in corrections_to_decide(cast.city_office)] == [asked]
        decide_correction(_yes(asked, cast.city_office), now=NOW + timedelta(days=20))
    send(cast, october, at=NOW + timedelta(days=21), version=3, revenue="1300")

    with acting_as(cast.firm):
        opened = card(cast.firm, sent.card_id, today=date(2018, 9, 24))
    assert [event.kind.value for event in opened.events][-3:] == [
        "card.correction_asked", "card.correction_granted", "card.submitted",
    ]
    assert [(one.label, one.before) for one in opened.events[-1].changes] == [("主营业务收入", "1200.5")]


def test_a_correction_is_asked_only_when_needed_and_granted_for_days_only(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)
    with acting_as(cast.firm), pytest.raises(NotNow, match="直接更正"):
        ask_corrections([AskedCorrection(card_id=sent.card_id, version=1, reason="x", actor=cast.firm.actor("web"))], now=NOW)
    with acting_as(cast.other_firm), pytest.raises(NotFound):
        ask_corrections(
            [AskedCorrection(card_id=sent.card_id, version=1, reason="x", actor=cast.other_firm.actor("web"))], now=NOW
        )
    accept(cast.city_office, sent, 1)
    with acting_as(cast.firm):
        [asked] = ask_corrections(
            [AskedCorrection(card_id=sent.card_id, version=2, reason="漏计", actor=cast.firm.actor("web"))], now=NOW
        )

    with acting_as(cast.city_office), pytest.raises(BadInput, match="31天以内"):
        decide_correction(_yes(asked, cast.city_office, days=90), now=NOW)


def _yes(asked: UUID, who: Viewer, *, days: int = 25) -> CorrectionDecision:
    return CorrectionDecision(
        correction_id=asked, granted=True, words="", actor=who.actor("web"), open_until=TODAY + timedelta(days=days)
    )


def back_to_below(who: Viewer, sent: SubmittedCard, version: int, reason: str = "请核对产值口径") -> str:
    """An office gives the card back to the office below; the state of the card then."""
    with acting_as(who):
        pass_back([PassBack(card_id=sent.card_id, version=version, reason=reason, actor=who.actor("web"))], now=NOW)
        return Card.objects.values_list("state", flat=True).get(id=sent.card_id)


def test_a_level_above_gives_a_card_back_to_the_one_that_passed_it_which_passes_it_again(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)
    accept(cast.office, sent, 1)
    accept(cast.zone_office, sent, 2)

    states = [back_to_below(cast.city_office, sent, 3), back_to_below(cast.zone_office, sent, 4, "单位有误吗")]
    with acting_as(cast.office):
        [duty] = duties_for(cast.office, today=TODAY)
        told = card(cast.office, sent.card_id, today=TODAY)
    states += [accept(cast.office, sent, 5), accept(cast.zone_office, sent, 6), accept(cast.city_office, sent, 7)]

    assert states == ["passed", "submitted", "passed", "passed", "accepted"]
    assert duty.consequence == "上级退回核对：单位有误吗"
    assert (told.events[-1].kind.value, told.events[-1].reason) == ("card.passed_back", "单位有误吗")
    assert meter_of(cast, october).in_state(ObligationState.ACCEPTED) == 1
    assert miscounted(cast) == []


def test_the_level_below_may_return_to_the_firm_what_came_back(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)
    accept(cast.office, sent, 1)
    back_to_below(cast.zone_office, sent, 2)

    with acting_as(cast.office):
        return_cards([Return(card_id=sent.card_id, version=3, reason="单位", actor=cast.office.actor("web"))], now=NOW)
    send(cast, october, version=4)

    assert accept(cast.office, sent, 5) == "passed"
    with acting_as(cast.office):
        assert card(cast.office, sent.card_id, today=TODAY).head.return_reason == ""


def test_what_no_level_below_has_passed_goes_back_to_the_firm_alone(cast: Cast, october: UUID) -> None:
    sent = send(cast, october)

    for who in (cast.office, cast.city_office):
        with pytest.raises(NotNow, match="没有下级办公室审核过"):
            back_to_below(who, sent, 1)
    accept(cast.office, sent, 1)
    with pytest.raises(BadInput, match="请写明退回原因"):
        back_to_below(cast.zone_office, sent, 2, " ")
    with pytest.raises((NotCollector, NotFound)):
        back_to_below(cast.neighbour_office, sent, 2)
    assert miscounted(cast) == []
