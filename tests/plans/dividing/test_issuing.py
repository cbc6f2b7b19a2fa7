"""Drawing up, issuing, accepting, asking and answering: what becomes of a target that is divided (R-C5)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from tests.cast import viewer as member
from tests.plans.dividing.conftest import SINCE, division, indicator, region, shares, target, townships, turn_of
from tests.world import NOW
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.plans.actions.dividing.answering import accept, answer, ask
from zhitong.domain.plans.actions.dividing.drafting import discard, draft, set_by_method, set_shares
from zhitong.domain.plans.actions.dividing.issuing import divide_at_once, issue
from zhitong.domain.plans.actions.dividing.standing import NotNow, Overtaken
from zhitong.domain.plans.models import Division, Share, Target, TargetTerm
from zhitong.domain.plans.queries.dividing.incoming import duties_for, incoming_shares
from zhitong.domain.plans.queries.dividing.overview import Progress, divided_lines
from zhitong.domain.plans.rules import DivisionMethod
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
HOSPITALS, ROADS, SURVIVAL = "P133", "P116", "P094"


def drafted(code: str, login: str = "province_office", region_code: str = "13") -> UUID:
    """A draft for a target."""
    with turn_of(login) as turn:
        return draft([target(code, region_code).id], turn)[0]


def issued(code: str, values: dict[str, int | str], reason: str = "", since: date = SINCE) -> UUID:
    """A division of the province by hand, in force."""
    with turn_of("province_office") as turn:
        [division_id] = draft([target(code).id], turn)
        set_shares(division_id, {region(one).id: Decimal(value) for one, value in values.items()}, turn, version=None)
        return issue([division_id], turn, since=since, reason=reason)[0]


def test_a_draft_has_a_place_for_every_region_that_reports_to_this_one() -> None:
    assert set(shares(drafted(HOSPITALS))) == {"1309", "1301", "xiongan"}


def test_a_second_draft_is_the_one_under_way() -> None:
    assert drafted(HOSPITALS) == drafted(HOSPITALS)


def test_a_share_becomes_the_target_of_its_region_from_the_day_on() -> None:
    division_id = issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})

    [term] = TargetTerm.objects.filter(target__indicator=indicator(HOSPITALS), target__region=region("1309"))
    assert (term.value, term.since, term.source, term.source_id) == (12, SINCE, "division", division_id)
    assert target(HOSPITALS, "1301").value == 14
    assert not Target.objects.filter(indicator=indicator(HOSPITALS), region=region("xiongan")).exists()
    assert shares(division_id)["1309"].target_id == target(HOSPITALS, "1309").id


def test_worked_out_by_weight_it_adds_up_and_keeps_the_weights() -> None:
    division_id = drafted(HOSPITALS)

    with turn_of("province_office") as turn:
        [told] = set_by_method([division_id], DivisionMethod.WEIGHT, turn, weights_id=townships().id)

    kept = shares(division_id)
    assert sum(one.value or 0 for one in kept.values()) == 26
    assert kept["1309"].weight == 206
    assert (told.method, told.empty) == (DivisionMethod.WEIGHT, ())


def test_a_whole_plan_is_issued_at_once_rates_alike_for_all() -> None:
    with turn_of("province_office") as turn:
        codes = [HOSPITALS, ROADS, "P103"]
        made = divide_at_once(
            [target(code).id for code in codes], turn, method=DivisionMethod.WEIGHT, since=SINCE, weights_id=townships().id
        )

    assert len(made) == 3
    assert {one.method for one in map(division, made)} == {"weight", "same"}
    assert target("P103", "1309").value == target("P103").value
    total = sum(row.value for row in Target.objects.filter(indicator=indicator(ROADS)).exclude(region=region("13")))
    assert total == 500


def test_less_than_the_whole_needs_a_reason_and_more_is_welcome() -> None:
    with pytest.raises(BadInput, match="没有达到26家"):
        issued(HOSPITALS, {"1309": 1, "1301": 2, "xiongan": 0})
    Division.objects.filter(state="draft").delete()

    issued(HOSPITALS, {"1309": 1, "1301": 2, "xiongan": 0}, reason="其余由省直属医院承担")
    issued(ROADS, {"1309": 300, "1301": 300, "xiongan": 0})

    with acting_as(member("province_office")) as viewer:
        lines = {one.head.code: one for one in divided_lines(viewer, "hebei-2018", region("13").id)}
    assert lines[HOSPITALS].balance
    assert lines[HOSPITALS].balance.remainder == 23
    assert lines[ROADS].balance
    assert lines[ROADS].balance.remainder == -100
    assert lines[ROADS].progress is Progress.ISSUED


def test_nothing_is_issued_while_a_share_is_missing() -> None:
    division_id = drafted(HOSPITALS)

    with turn_of("province_office") as turn, pytest.raises(BadInput, match="还没有填石家庄、沧州、雄安新区的数"):
        issue([division_id], turn, since=SINCE)

    assert division(division_id).state == "draft"


def test_a_wrong_share_is_told_by_its_region_and_nothing_is_written() -> None:
    division_id = drafted(HOSPITALS)
    wrong = {region("1309").id: Decimal(-1), region("1301").id: Decimal("1.5"), region("xiongan").id: Decimal(3)}

    with turn_of("province_office") as turn, pytest.raises(BadInput) as refused:
        set_shares(division_id, wrong, turn, version=None)

    assert set(refused.value.fields) == {str(region("1309").id), str(region("1301").id)}
    assert all(one.value is None for one in shares(division_id).values())


def test_who_looked_at_an_older_version_writes_nothing_over_it() -> None:
    division_id = drafted(HOSPITALS)
    with turn_of("province_office") as turn:
        set_shares(division_id, {region("1309").id: Decimal(1)}, turn, version=1)

    with turn_of("province_office") as turn, pytest.raises(Overtaken, match="被别人改过"):
        set_shares(division_id, {region("1309").id: Decimal(9)}, turn, version=1)

    assert shares(division_id)["1309"].value == 1


def test_the_lead_draws_up_and_the_office_issues() -> None:
    lead = "province"  # 省发展改革委 leads the roads
    division_id = drafted("P081", login=lead)

    with turn_of(lead) as turn, pytest.raises(NotYours, match="活动办公室"):
        issue([division_id], turn, since=SINCE)

    assert shares(division_id)


def test_neither_a_department_beside_nor_a_region_below_draws_up_the_provinces_division() -> None:
    with turn_of("province") as turn, pytest.raises(NotYours):
        draft([target(HOSPITALS).id], turn)
    with turn_of("city_office") as turn, pytest.raises(NotFound):
        draft([target(HOSPITALS).id], turn)


def test_a_region_accepts_many_and_the_duty_is_gone() -> None:
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})
    issued(ROADS, {"1309": 300, "1301": 200, "xiongan": 0})
    with acting_as(member("city_office")) as viewer:
        came = incoming_shares(viewer, "hebei-2018", region("1309").id)
        assert [one.to_accept for one in duties_for(viewer, "hebei-2018")] == [2]

    with turn_of("city_office") as turn:
        assert accept([one.id for one in came], turn) == 2
        assert accept([one.id for one in came], turn) == 0

    with acting_as(member("city_office")) as viewer:
        assert [one.to_accept for one in duties_for(viewer, "hebei-2018")] == [0]
        assert [one.to_divide for one in duties_for(viewer, "hebei-2018")] == [2]


def test_a_region_sees_its_own_share_and_not_its_neighbours() -> None:
    division_id = issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})

    with acting_as(member("city_office")):
        assert [one.region.code for one in Share.objects.select_related("region").filter(division_id=division_id)] == ["1309"]
    with turn_of("outsider") as turn, pytest.raises(NotFound):
        accept([shares(division_id)["1309"].id], turn)


def test_what_was_asked_for_is_given_from_today_on_with_words() -> None:
    division_id = issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0}, since=date(2018, 4, 1))
    share = shares(division_id)["1309"]
    with turn_of("city_office") as turn:
        ask(share.id, turn, value=Decimal(10), reason="两家医院今年改扩建")
        with pytest.raises(NotNow, match="等上级答复"):
            accept([share.id], turn)

    with turn_of("province_office", NOW + timedelta(days=3)) as turn:
        answer(share.id, turn, value=Decimal(11), words="核减一家")

    kept = shares(division_id)["1309"]
    terms = list(TargetTerm.objects.filter(target=target(HOSPITALS, "1309")).order_by("number").values_list("value", "since", "until"))
    assert (kept.state, kept.value, kept.asked_value, kept.answer) == ("changed", 11, 10, "核减一家")
    assert terms == [(12, date(2018, 4, 1), date(2018, 4, 30)), (11, date(2018, 4, 30), None)]


def test_a_request_may_be_turned_down_with_words_and_is_accepted_then() -> None:
    share = shares(issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0}))["1309"]
    with turn_of("city_office") as turn:
        ask(share.id, turn, value=Decimal(10), reason="两家医院今年改扩建")
    with turn_of("province_office") as turn, pytest.raises(BadInput):
        answer(share.id, turn, value=None, words=" ")

    with turn_of("province_office") as turn:
        answer(share.id, turn, value=None, words="请统筹安排")

    with turn_of("city_office") as turn:
        with pytest.raises(NotNow, match="不能再请求"):
            ask(share.id, turn, value=Decimal(9), reason="再次请求")
        assert accept([share.id], turn) == 1


@pytest.mark.parametrize(("value", "reason", "field"), [("12", "一样", "value"), ("-1", "负数", "value"), ("11", " ", "reason")])
def test_a_request_without_sense_is_refused_beside_its_field(value: str, reason: str, field: str) -> None:
    share = shares(issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0}))["1309"]

    with turn_of("city_office") as turn, pytest.raises(BadInput) as refused:
        ask(share.id, turn, value=Decimal(value), reason=reason)

    assert set(refused.value.fields) == {field}


def test_a_new_division_supersedes_and_keeps_what_was_accepted_unchanged() -> None:
    first = issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0}, since=date(2018, 4, 1))
    with turn_of("city_office") as turn:
        accept([shares(first)["1309"].id], turn)

    second = issued(HOSPITALS, {"1301": 13, "xiongan": 1})

    kept = shares(second)
    assert (division(first).state, division(second).number) == ("superseded", 2)
    assert (kept["1309"].state, kept["1301"].state) == ("accepted", "issued")
    assert TargetTerm.objects.filter(target=target(HOSPITALS, "1309")).count() == 1
    assert target(HOSPITALS, "1301").value == 13
    with turn_of("city_office") as turn, pytest.raises(NotNow, match="另行下达"):
        accept([shares(first)["1309"].id], turn)


def test_what_is_taken_from_a_region_ends_its_target() -> None:
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0}, since=date(2018, 4, 1))

    issued(HOSPITALS, {"1309": 0, "1301": 26})

    assert target(HOSPITALS, "1309").is_cancelled


def test_values_that_hold_are_not_changed_for_days_gone_by() -> None:
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0}, since=date(2018, 2, 1))

    with pytest.raises(BadInput, match="今天或以后"):
        issued(HOSPITALS, {"1309": 13, "1301": 13}, since=date(2018, 3, 1))


def test_a_region_shown_under_two_parents_has_one_share_of_its_own_city() -> None:
    issued(ROADS, {"1309": 300, "1301": 200, "xiongan": 0})

    division_id = drafted(ROADS, "city_office", "1309")

    assert "130983" in shares(division_id)
    with turn_of("city_office") as turn:
        divide_at_once([target(ROADS, "1309").id], turn, method=DivisionMethod.EQUAL, since=SINCE)
    with turn_of("zone_office") as turn:
        zone = draft([target(ROADS, "130973").id], turn)[0]
    assert "130983" not in shares(zone)


def test_a_draft_is_given_up_and_what_is_in_force_stays() -> None:
    first = issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})
    second = drafted(HOSPITALS)

    with turn_of("province_office") as turn:
        discard(second, turn)
        with pytest.raises(NotNow, match="已经下达"):
            discard(first, turn)

    assert not Division.objects.filter(id=second).exists()
    assert division(first).state == "issued"


def test_the_provinces_lines_cost_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})

    with acting_as(member("province_office")) as viewer, django_assert_max_num_queries(7):
        lines = divided_lines(viewer, "hebei-2018", region("13").id)

    assert sum(one.progress is Progress.ISSUED for one in lines) == 1
