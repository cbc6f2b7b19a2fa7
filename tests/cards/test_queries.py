"""What each sees of cards through the queries: the firm its own, offices their region, outsiders nothing by either wall."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cards.conftest import NOW, TODAY, Cast, send, september_of
from tests.cards.forms import row
from tests.cards.test_drafting import draft
from tests.cards.test_reviewing import accept, give_back
from zhitong.domain.cards.actions import SubmittedCard, mark_raised, open_rounds
from zhitong.domain.cards.queries import (
    Narrowing,
    card,
    card_for_filling,
    cards_of_region,
    cards_owed_by,
    cards_to_review,
    collection_meter,
    duties_for,
    rounds_asked,
)
from zhitong.domain.cards.rules.changes import Change
from zhitong.domain.cards.rules.kinds import CardState, ObligationState
from zhitong.domain.cards.rules.rounds import MeterStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def october(cast: Cast, september: UUID) -> UUID:
    with acting_as(cast.province_office):
        [opened] = open_rounds([september_of(
            cast, period="2018-10", name="2018年10月", opens_on=date(2018, 10, 1), due_on=date(2018, 10, 10),
            locked_on=date(2018, 10, 20),
        )], now=NOW)
    return opened.round_id


def statements(ask: Callable[[], Any]) -> int:
    directory()
    ask()
    with CaptureQueriesContext(connection) as told:
        ask()
    return sum(1 for one in told if "set_config" not in one["sql"])


def test_a_firm_sees_what_it_owes_and_by_when(cast: Cast, september: UUID, october: UUID) -> None:
    with acting_as(cast.firm):
        before = cards_owed_by(cast.firm, today=TODAY)
        in_october = cards_owed_by(cast.firm, today=date(2018, 10, 12))

    assert [(one.round_name, one.state, one.is_late, one.due_on) for one in before] == [
        ("2018年9月", ObligationState.MISSING, False, date(2018, 9, 10)),
    ]
    assert [(one.round_name, one.is_late, one.is_locked) for one in in_october] == [
        ("2018年10月", True, False), ("2018年9月", True, True),
    ]


def test_a_returned_card_is_owed_with_its_reason(cast: Cast, sent: SubmittedCard) -> None:
    give_back(cast.office, sent)

    with acting_as(cast.firm):
        [owed] = cards_owed_by(cast.firm, today=TODAY)

    assert (owed.state, owed.return_reason, owed.version) == (ObligationState.RETURNED, "收入与税金对不上", 2)


def written(form: Any) -> dict[str, str]:
    return {one.field.code: one.written for section in form.sections for one in section.fields}


def test_a_new_card_has_the_registry_prefilled_and_no_figures(cast: Cast, september: UUID) -> None:
    with acting_as(cast.firm):
        form = card_for_filling(cast.firm, september, today=TODAY)

    assert (form.subject_name, form.version) == ("演示南大港石化设备有限公司", 0)
    assert form.collector == "南大港产业园区“双创双服”活动领导小组办公室"
    assert written(form)["credit_code"] == "91130900MA00000014"
    assert (written(form)["revenue"], form.last_round) == ("", "")
    assert form.may_draft
    assert form.may_submit


def test_next_month_standing_facts_are_prefilled_and_last_figures_stand_beside(
    cast: Cast, september: UUID, october: UUID, sent: SubmittedCard
) -> None:
    with acting_as(cast.firm):
        form = card_for_filling(cast.firm, october, today=date(2018, 10, 2))

    last = {one.field.code: one.last for section in form.sections for one in section.fields if one.last}
    assert (written(form)["contact_name"], written(form)["revenue"]) == ("王会计", "")
    assert form.last_round == "2018年9月"
    assert last == {"revenue": "1200.5", "profit": "-30", "diagnosis": "困难"}


def test_a_form_shows_what_is_being_typed_before_what_was_sent(
    cast: Cast, september: UUID, sent: SubmittedCard
) -> None:
    give_back(cast.office, sent)
    draft(cast, september, {"revenue": "12a", "national": True}, version=2, rows=[row("新问题")])

    with acting_as(cast.firm):
        form = card_for_filling(cast.firm, september, today=TODAY)

    assert (written(form)["revenue"], written(form)["national"], written(form)["profit"]) == ("12a", "是", "")
    assert [one["text"] for one in form.new_rows] == ["新问题"]
    assert [one.category_label for one in form.rows] == ["用地需求", "资金需求"]
    assert form.saved_at == NOW


def test_a_sent_card_shows_its_values_and_locked_rows_with_their_problems(
    cast: Cast, september: UUID, sent: SubmittedCard
) -> None:
    problem = uuid4()
    with acting_as(cast.firm):
        mark_raised([(sent.rows[0].row_id, problem)])
        form = card_for_filling(cast.firm, september, today=TODAY)

    assert written(form)["revenue"] == "1200.5"
    assert [one.problem_id for one in form.rows] == [problem, None]
    assert (form.may_draft, form.may_submit) == (False, True)


def test_a_locked_round_can_be_looked_at_and_no_more(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    with acting_as(cast.firm):
        form = card_for_filling(cast.firm, september, today=date(2018, 9, 21))

    assert (form.may_draft, form.may_submit, written(form)["revenue"]) == (False, False, "1200.5")


def test_the_office_sees_everybody_who_owes_in_the_order_of_the_round(
    cast: Cast, september: UUID, sent: SubmittedCard
) -> None:
    region = cast.regions["1309"].id
    with acting_as(cast.city_office):
        first = cards_of_region(cast.city_office, region, september, today=TODAY, limit=1)
        second = cards_of_region(cast.city_office, region, september, today=TODAY, after=first.after or 0, limit=1)
        missing = cards_of_region(
            cast.city_office, region, september, today=TODAY,
            narrowing=Narrowing(states=[ObligationState.MISSING]),
        )

    assert [(one.subject_name, one.region_name, one.state) for one in first.rows] == [
        ("演示南大港石化设备有限公司", "南大港产业园区", ObligationState.SUBMITTED)
    ]
    assert (first.after, [one.subject_name for one in second.rows], second.after) == (1, ["演示任丘管道装备有限公司"], None)
    assert [one.subject_name for one in missing.rows] == ["演示任丘管道装备有限公司"]


def test_what_waits_for_review_is_the_collecting_offices_alone(cast: Cast, sent: SubmittedCard) -> None:
    waiting = []
    for viewer in (cast.office, cast.city_office, cast.neighbour_office):
        with acting_as(viewer):
            waiting.append([one.card_id for one in cards_to_review(viewer, today=TODAY)])
    accept(cast.office, sent)
    with acting_as(cast.office):
        waiting.append(cards_to_review(cast.office, today=TODAY))

    assert waiting == [[sent.card_id], [], [], []]


def test_an_opened_card_tells_each_reader_their_part(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    send(cast, september, version=1, revenue="999")

    def opened(who: str) -> Any:
        viewer = getattr(cast, who)
        with acting_as(viewer):
            return card(viewer, sent.card_id, today=TODAY)

    firm, office, caring, city = (opened(who) for who in ("firm", "office", "caring", "city_office"))
    told = {field.code: words for section in office.sections for field, words in section.fields}
    assert (told["revenue"], told["diagnosis"], told["employees"]) == ("999", "困难", "")
    assert office.events[1].changes == (Change("revenue", "主营业务收入", "1200.5", "999"),)
    assert (office.events[0].unit, office.events[0].person) == ("演示南大港石化设备有限公司", "王会计")
    assert caring.sections is not None
    assert (city.sections, [one.changes for one in city.events]) == (None, [(), ()])
    assert [len(one.rows) for one in (firm, office, caring, city)] == [2, 1, 1, 1]
    assert [(one.may_correct, one.may_return, one.may_accept) for one in (firm, office, caring, city)] == [
        (True, False, False), (False, True, True), (False, False, False), (False, True, True),
    ]
    assert firm.head.state is CardState.SUBMITTED


@pytest.mark.parametrize("wall", [nullcontext, without_first_wall], ids=["both-walls", "second-wall-alone"])
@pytest.mark.parametrize("who", ["neighbour_office", "uninvolved", "other_firm"])
def test_an_outsider_finds_nothing_of_the_firm(
    cast: Cast, september: UUID, sent: SubmittedCard, who: str, wall: Callable[[], Any]
) -> None:
    viewer = getattr(cast, who)

    with acting_as(viewer), wall():
        with pytest.raises(NotFound):
            card(viewer, sent.card_id, today=TODAY)
        assert cast.subject.id not in {one.subject_id for one in cards_owed_by(viewer, today=TODAY)}
        assert cards_to_review(viewer, today=TODAY) == []


@pytest.mark.parametrize("who", ["uninvolved", "office"])
def test_who_is_no_firm_has_no_card_to_fill(cast: Cast, september: UUID, who: str) -> None:
    viewer = getattr(cast, who)

    with acting_as(viewer), pytest.raises(NotFound):
        card_for_filling(viewer, september, today=TODAY)


def test_a_region_beside_ones_own_cannot_be_listed(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    region = cast.regions["130973400"].id

    for viewer in (cast.neighbour_office, cast.uninvolved, cast.firm):
        with acting_as(viewer):
            with pytest.raises(NotFound):
                cards_of_region(viewer, region, september, today=TODAY)
            with without_first_wall():
                listed = cards_of_region(viewer, region, september, today=TODAY).rows
            assert {one.subject_id for one in listed} <= ({cast.subject.id} if viewer is cast.firm else set())


def test_an_unknown_region_is_not_found(cast: Cast, september: UUID) -> None:
    with acting_as(cast.office), pytest.raises(NotFound):
        cards_of_region(cast.office, uuid4(), september, today=TODAY)


def test_the_meter_counts_what_has_come_of_what_is_owed(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    nodes = {code: cast.regions[code].id for code in ("13", "130973", "130982")}
    with acting_as(cast.province_office):
        meters = collection_meter(cast.province_office, list(nodes.values()), [september])

    totals = {code: meters[node].total for code, node in nodes.items()}
    assert {code: (one.collected, one.owed) for code, one in totals.items()} == {
        "13": (1, 2), "130973": (1, 1), "130982": (0, 1),
    }
    assert totals["13"].rate == meters[nodes["13"]].by_kind["industry"].rate
    assert [totals[code].rate for code in nodes] == [pytest.approx(0.5), 1, 0]


def test_a_returned_card_is_not_collected_and_nothing_owed_has_no_rate(
    cast: Cast, september: UUID, sent: SubmittedCard
) -> None:
    give_back(cast.office, sent)
    node = cast.regions["130973400"].id

    with acting_as(cast.office):
        returned = collection_meter(cast.office, [node], [september])[node].total
        nothing = collection_meter(cast.office, [node], [uuid4()])[node].total

    assert (returned.count(MeterStanding.RETURNED), returned.in_state(ObligationState.RETURNED), returned.rate) == (1, 1, 0)
    assert (nothing.owed, nothing.rate) == (0, None)


def test_a_department_may_see_how_far_its_county_is_but_not_the_neighbours(cast: Cast, september: UUID) -> None:
    with acting_as(cast.uninvolved):
        own = cast.regions["130973400"].id
        assert collection_meter(cast.uninvolved, [own], [september])[own].total.owed == 1
        with pytest.raises(NotFound):
            collection_meter(cast.uninvolved, [cast.regions["130982"].id], [september])


def test_rounds_are_known_once_open_to_the_regions_they_ask(cast: Cast, september: UUID, october: UUID) -> None:
    with acting_as(cast.office):
        assert [one.name for one in rounds_asked(cast.office, today=TODAY)] == ["2018年9月"]
        assert [one.name for one in rounds_asked(cast.office, today=date(2018, 10, 1))] == ["2018年10月", "2018年9月"]


def test_a_firm_must_fill_in_then_correct_and_then_nothing(
    cast: Cast, september: UUID, october: UUID
) -> None:
    def duties(day: date) -> list[tuple[str, str, str]]:
        with acting_as(cast.firm):
            return [(str(one.kind), one.round_name, one.consequence) for one in duties_for(cast.firm, today=day)]

    late = "已过截止日期，计为迟报；9月20日后锁定，不能再报"
    assert duties(TODAY) == [("fill_in", "2018年9月", "逾期计为迟报；9月20日后锁定，不能再报")]
    assert duties(date(2018, 9, 15)) == [("fill_in", "2018年9月", late)]
    assert [one[1] for one in duties(date(2018, 10, 2))] == ["2018年10月"]
    card_sent = send(cast, september)
    assert duties(TODAY) == []
    give_back(cast.office, card_sent)
    assert duties(TODAY) == [("correct", "2018年9月", "退回原因：收入与税金对不上；9月20日后锁定，不能再报")]


def test_an_office_must_review_and_a_department_need_not(cast: Cast, sent: SubmittedCard) -> None:
    found = {}
    for who in ("office", "city_office", "caring"):
        viewer = getattr(cast, who)
        with acting_as(viewer):
            found[who] = [(str(one.kind), one.card_id) for one in duties_for(viewer, today=TODAY)]

    assert found == {"office": [("review", sent.card_id)], "city_office": [], "caring": []}


def test_every_query_costs_a_fixed_number_of_statements(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    region = cast.regions["1309"].id

    with acting_as(cast.firm):
        firm = [
            statements(lambda: cards_owed_by(cast.firm, today=TODAY)),
            statements(lambda: card_for_filling(cast.firm, september, today=TODAY)),
            statements(lambda: card(cast.firm, sent.card_id, today=TODAY)),
        ]
    with acting_as(cast.city_office):
        office = [
            statements(lambda: cards_of_region(cast.city_office, region, september, today=TODAY)),
            statements(lambda: cards_to_review(cast.city_office, today=TODAY)),
            statements(lambda: collection_meter(cast.city_office, [region, cast.regions["130973"].id], [september])),
        ]

    assert (firm, office) == ([1, 7, 7], [1, 1, 4])


def test_a_card_kept_long_after_is_told_as_late_only_when_it_came_late(cast: Cast, sent: SubmittedCard) -> None:
    with acting_as(cast.firm):
        opened = card(cast.firm, sent.card_id, today=TODAY + timedelta(days=300))

    assert (opened.is_late, opened.may_correct) == (False, False)
