"""The meter after a whole round is right to the one at every level, against an independent count of the rows (R-A6, R-E4)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.cards.conftest import NOW, Cast, opened_september, september_of, submission
from tests.cards.test_excusing import decide, say
from tests.cards.test_filling_for import answered, fill_for, miscounted
from tests.cards.test_levels import accept
from zhitong.domain.cards.actions import Return, open_rounds, return_cards, submit_cards
from zhitong.domain.cards.models import ObligationList
from zhitong.domain.cards.queries import collection_by_care, collection_by_list, collection_meter
from zhitong.domain.cards.rules.collection import CUTS
from zhitong.domain.cards.rules.rounds import ExcuseReason, MeterStanding
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.models import AssistanceList, Membership
from zhitong.domain.tallies.queries import counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(cast: Cast) -> UUID:
    """A list on which the firm stands before any round opens."""
    with acting_as(cast.province_office):
        drawn = AssistanceList.objects.create(campaign="x", code="listed", name="名单", kind="industry", year=2018)
        Membership.objects.create(list=drawn, subject=cast.subject, since=NOW.date())
    return drawn.id


def test_every_act_of_a_round_leaves_the_meter_right_to_the_one(cast: Cast, listed: UUID) -> None:
    round_id = opened_september(cast)
    assert miscounted(cast) == []

    sent = fill_for(cast, cast.caring, round_id)
    assert miscounted(cast) == []
    answered(cast, sent, dispute="收入不对")
    assert miscounted(cast) == []
    with acting_as(cast.firm):
        submit_cards([submission(cast, round_id, version=2)], now=NOW + timedelta(days=8))
    assert miscounted(cast) == []
    accept(cast.office, sent, 3)
    with acting_as(cast.office):
        return_cards([Return(card_id=sent.card_id, version=4, reason="单位", actor=cast.office.actor("web"))], now=NOW)
    assert miscounted(cast) == []

    with acting_as(cast.province_office):
        later = september_of(cast, period="2018-10", name="2018年10月")
        [october] = open_rounds([later], now=NOW)
    said, _state = say(cast, cast.office, october.round_id, ExcuseReason.MOVED_OUT)
    decide(cast.province_office, said)
    assert miscounted(cast) == []


def test_a_count_that_is_wrong_is_found_by_name(cast: Cast, september: UUID) -> None:
    with acting_as(cast.province_office), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tallies_posting (cut, node, a, b, c, n) VALUES ('cards.standings', %s, %s, 'own', 'industry', 1)",
            [cast.regions["130973400"].id, str(september)],
        )
    found = [one for one in miscounted(cast) if one.startswith("2018年9月")]

    assert any(one.startswith("2018年9月南大港产业园区“企业自报”记为 1，实为 0") for one in found)
    assert len(found) == 4, "the park, the zone, the city, the province"


def test_lists_and_care_are_frozen_when_the_round_opens_and_counted_by_them(cast: Cast, listed: UUID) -> None:
    round_id = opened_september(cast)
    with acting_as(cast.province_office):
        Membership.objects.filter(list=listed).update(until=NOW.date())

    with acting_as(cast.firm):
        submit_cards([submission(cast, round_id)], now=NOW + timedelta(days=10))

    with acting_as(cast.province_office):
        assert ObligationList.objects.count() == 1
        by_list = collection_by_list(cast.province_office, cast.regions["13"].id, [round_id], [])
        by_care = collection_by_care(cast.province_office, cast.regions["13"].id, [round_id], [])
        late = collection_meter(cast.province_office, [cast.regions["13"].id], [round_id])[cast.regions["13"].id].total
    assert by_list[listed].rate == 1
    assert by_care[cast.caring.unit_id].count(MeterStanding.OWN) == 1
    assert (late.owed, late.collected, late.collected_late, late.timeliness) == (2, 1, 1, 0)


def test_a_region_sees_its_own_meter_alone(cast: Cast, september: UUID) -> None:
    with acting_as(cast.neighbour_office):
        node = cast.regions["130973400"].id
        assert {cut.name for cut in CUTS if counts(cut, [node], by=[cut.dimensions[1]])} == set()
