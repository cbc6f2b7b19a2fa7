"""Lateness (R-E4, R-E7): the firm's own is counted apart from that of a level above which kept its card over the due day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.cards.conftest import NOW, TODAY, Cast, opened_september, send, september_of
from tests.cards.test_filling_for import meter_of, miscounted
from tests.cards.test_levels import accept
from tests.cards.test_meter import listed as listed
from zhitong.domain.cards.actions import Return, open_rounds, return_cards
from zhitong.domain.cards.actions.returning import PassBack, pass_back
from zhitong.domain.cards.models import Obligation
from zhitong.domain.cards.queries import (
    Narrowing,
    card,
    cards_of_region,
    collection_by_care,
    collection_by_list,
    count_of_region,
)
from zhitong.domain.cards.rules.lateness import Lateness, is_held, lateness
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer, acting_as

DUE = date(2018, 9, 10)
LATE = datetime(2018, 9, 17, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("first_sent_on", "held_on", "whose"), [
    (None, None, None),
    (DUE, None, None),
    (date(2018, 9, 11), None, Lateness.OWN),
    (DUE, date(2018, 9, 17), Lateness.ABOVE),
    (date(2018, 9, 18), date(2018, 9, 17), Lateness.ABOVE),
    (None, date(2018, 9, 17), None),
])
def test_lateness_is_the_firms_unless_the_level_above_held_the_card(
    first_sent_on: date | None, held_on: date | None, whose: Lateness | None
) -> None:
    assert lateness(first_sent_on, DUE, held_on) is whose


@pytest.mark.parametrize(("first_sent_on", "waited_from", "today", "held"), [
    (date(2018, 9, 3), date(2018, 9, 3), date(2018, 9, 17), True),
    (date(2018, 9, 3), date(2018, 9, 3), DUE, False),
    (date(2018, 9, 10), date(2018, 9, 10), date(2018, 9, 12), False),
    (date(2018, 9, 11), date(2018, 9, 11), date(2018, 9, 17), False),
    (date(2018, 9, 3), date(2018, 9, 14), date(2018, 9, 17), False),
    (None, date(2018, 9, 3), date(2018, 9, 17), False),
])
def test_a_level_makes_a_card_late_when_it_keeps_it_past_its_days_and_the_due_day(
    first_sent_on: date | None, waited_from: date, today: date, held: bool
) -> None:
    def works_on(day: date) -> bool:
        return day.weekday() < 5

    assert is_held(first_sent_on, DUE, waited_from, today, 2, works_on) is held


def give_back(who: Viewer, card_id: UUID, version: int, at: datetime) -> None:
    """An office gives the card back to the firm."""
    with acting_as(who):
        return_cards([Return(card_id=card_id, version=version, reason="单位有误", actor=who.actor("web"))], now=at)


@pytest.mark.django_db
def test_a_card_kept_over_the_due_day_is_late_because_of_the_level_above(cast: Cast, listed: UUID) -> None:
    round_id = opened_september(cast)
    sent = send(cast, round_id)

    give_back(cast.office, sent.card_id, 1, LATE)
    assert miscounted(cast) == []
    again = send(cast, round_id, version=2, at=LATE)

    meter = meter_of(cast, round_id)
    assert (meter.collected, meter.collected_late, meter.collected_late_above, meter.timeliness) == (1, 0, 1, 1)
    assert miscounted(cast) == []
    assert not again.is_late
    with acting_as(cast.province_office):
        node, who = cast.regions["13"].id, cast.province_office
        by_list = collection_by_list(who, node, [round_id], [])[listed]
        by_care = collection_by_care(who, node, [round_id], [])[cast.caring.unit_id]
        [row] = cards_of_region(who, node, round_id, today=TODAY, narrowing=Narrowing(late=Lateness.ABOVE)).rows
        own = count_of_region(who, node, round_id, narrowing=Narrowing(late=Lateness.OWN), most=10)
        opened = card(who, sent.card_id, today=LATE.date())
    assert (by_list.collected_late_above, by_care.collected_late_above) == (1, 1)
    assert (row.is_late, row.held_on, row.held_by) == (False, date(2018, 9, 17), opened.head.held_by)
    assert opened.head.held_by.startswith("南大港")
    assert own == 0


@pytest.mark.django_db
def test_the_level_that_held_it_first_stays_written(cast: Cast, september: UUID) -> None:
    sent = send(cast, september)
    give_back(cast.office, sent.card_id, 1, LATE)
    send(cast, september, version=2, at=LATE)

    give_back(cast.city_office, sent.card_id, 3, LATE + timedelta(days=3))

    with acting_as(cast.province_office):
        assert Obligation.objects.get(subject=cast.subject).held_by_id == cast.office.unit_id


@pytest.mark.django_db
def test_days_at_the_level_below_are_not_laid_to_the_level_above(cast: Cast) -> None:
    opened_september(cast)
    with acting_as(cast.province_office):
        october = september_of(cast, period="2018-10", name="2018年10月", review_ranks=(Rank.CITY,))
        [opened] = open_rounds([october], now=NOW)
    sent = send(cast, opened.round_id)
    accept(cast.office, sent, 1, days=13)

    give_back(cast.city_office, sent.card_id, 2, LATE)

    with acting_as(cast.province_office):
        assert Obligation.objects.get(subject=cast.subject, round_id=opened.round_id).held_by_id is None


@pytest.mark.django_db
def test_a_level_has_kept_what_came_back_to_it_only_since_it_came_back(cast: Cast) -> None:
    opened_september(cast)
    with acting_as(cast.province_office):
        october = september_of(cast, period="2018-10", name="2018年10月", review_ranks=(Rank.CITY,))
        [opened] = open_rounds([october], now=NOW)
    sent = send(cast, opened.round_id, at=datetime(2018, 9, 10, 2, 0, tzinfo=UTC))
    accept(cast.office, sent, 1, days=8)
    with acting_as(cast.city_office) as here:
        back = PassBack(card_id=sent.card_id, version=2, reason="请核对产值口径", actor=here.actor("web"))
        pass_back([back], now=datetime(2018, 9, 13, 2, 0, tzinfo=UTC))

    give_back(cast.office, sent.card_id, 3, datetime(2018, 9, 14, 2, 0, tzinfo=UTC))

    with acting_as(cast.province_office):
        assert Obligation.objects.get(subject=cast.subject, round_id=opened.round_id).held_by_id is None


@pytest.mark.django_db
def test_what_is_late_by_itself_stays_so_when_it_is_given_back(cast: Cast, september: UUID) -> None:
    sent = send(cast, september, at=NOW + timedelta(days=9))

    give_back(cast.office, sent.card_id, 1, LATE + timedelta(days=2))
    send(cast, september, version=2, at=LATE + timedelta(days=2))

    meter = meter_of(cast, september)
    assert (meter.collected_late, meter.collected_late_above, meter.timeliness) == (1, 0, 0)


@pytest.mark.django_db
def test_a_round_opened_after_its_due_day_makes_nobody_late_by_himself(cast: Cast) -> None:
    opened_september(cast)
    with acting_as(cast.province_office):
        october = september_of(cast, period="2018-08", name="2018年8月", due_on=date(2018, 9, 2))
        [opened] = open_rounds([october], now=NOW)

    sent = send(cast, opened.round_id)

    meter = meter_of(cast, opened.round_id)
    assert (sent.is_late, meter.collected_late, meter.collected_late_above) == (False, 0, 1)
    assert miscounted(cast) == []
