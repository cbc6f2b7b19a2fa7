"""What looks wrong asks for a word of reason; what was given back stands beside its field, and on paper all is printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import acting
from tests.web.portal.conftest import open_round, problem, sent, text_of
from zhitong.domain.cards.models import Card, Doubt
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]


@pytest.fixture
def card_id(at_screen: AtScreen, april: UUID) -> UUID:
    """The firm's card of April, sent with a problem."""
    at_screen("firm").post(f"/portal/card/{april}/", sent(rows=1, **problem()))
    with acting("firm"):
        return Card.objects.get().id


def give_back(client: Client, card_id: UUID, **said: str) -> int:
    form = {"version": "1", "once_key": "key-9", "reason": "", **said}
    return client.post(f"/cards/{card_id}/return/", form).status_code


def test_a_word_of_reason_beside_the_figure_sends_it_at_once(at_screen: AtScreen, april: UUID) -> None:
    odd = sent(tax_paid="9999", **{"answer.tax_paid": "补缴以前年度税款"})

    answer = at_screen("firm").post(f"/portal/card/{april}/", odd)

    assert answer.status_code == 302
    with acting("firm"):
        assert Doubt.objects.values_list("place", "answer").get() == ("tax_paid", "补缴以前年度税款")


def test_the_reviewer_reads_what_was_asked_and_the_reason(at_screen: AtScreen, april: UUID) -> None:
    at_screen("firm").post(f"/portal/card/{april}/", sent(tax_paid="9999", **{"answer.tax_paid": "补缴以前年度税款"}))
    with acting("firm"):
        card_id = Card.objects.get().id

    said = text_of(at_screen("park_office").get(f"/cards/{card_id}/"))

    assert "企业核对过的地方" in said
    assert "上缴税金大于主营业务收入，请核对两个数。企业说明：补缴以前年度税款" in said
    assert "补缴以前年度税款" not in text_of(at_screen("city_office").get(f"/cards/{card_id}/"))


def test_ten_times_last_month_is_asked_as_one_leaves_the_field(at_screen: AtScreen, card_id: UUID) -> None:
    with clock.held_at(datetime(2018, 5, 22, 2, tzinfo=UTC)):
        may = open_round("2018-05", "2018年5月", date(2018, 5, 20), date(2018, 5, 28), date(2018, 6, 10))
        told = at_screen("firm").post(f"/portal/card/{may}/check/revenue/", {"revenue": "32005", "rows": "0"})

    assert "“主营业务收入”是上期的10倍" in told.content.decode()
    assert 'name="answer.revenue"' in told.content.decode()


def test_the_office_writes_reasons_beside_fields_and_the_firm_reads_them_there(
    at_screen: AtScreen, april: UUID, card_id: UUID
) -> None:
    office, firm = at_screen("park_office"), at_screen("firm")

    asked = office.get(f"/cards/{card_id}/return/").content.decode()
    status = give_back(office, card_id, **{"mark.revenue": "应为1月至本月累计"})
    page = firm.get(f"/portal/card/{april}/")

    assert 'name="mark.revenue"' in asked
    assert status == 302
    assert page.content.decode().count("应为1月至本月累计") == 2  # above the form, and beside the field
    assert "退回了这张卡：请更正：主营业务收入。" in text_of(page)


def test_a_reason_that_cannot_be_taken_is_said_beside_it(at_screen: AtScreen, card_id: UUID) -> None:
    office = at_screen("park_office")

    answer = office.post(
        f"/cards/{card_id}/return/", {"version": "1", "once_key": "k", "reason": "", "mark.revenue": "机密文件"}
    )

    assert answer.status_code == 422
    assert "本系统为非涉密系统" in text_of(answer)
    assert 'value="机密文件"' in answer.content.decode()


def test_what_a_correction_changed_is_told_as_before_and_after(at_screen: AtScreen, april: UUID, card_id: UUID) -> None:
    give_back(at_screen("park_office"), card_id, **{"mark.revenue": "应为累计"})
    at_screen("firm").post(f"/portal/card/{april}/", sent(version=2, revenue="6400", once_key="key-2"))

    said = text_of(at_screen("park_office").get(f"/cards/{card_id}/"))

    assert "主营业务收入：3200.5→6400" in said
    assert "主营业务收入：应为累计" in said


@pytest.mark.parametrize(("login", "with_figures"), [("firm", True), ("park_office", True), ("city_office", False)])
def test_the_printed_card_has_a_table_its_problems_and_lines_to_sign(
    at_screen: AtScreen, card_id: UUID, login: str, with_figures: bool
) -> None:
    said = text_of(at_screen(login).get(f"/cards/{card_id}/paper/"))

    assert "企业综合情况及问题反馈卡（规模以上工业企业）" in said
    assert ("3,200.5万元" in said) is with_figures
    assert "夜间限电" in said
    assert "单位负责人（签字）" in said
    assert "状态：已报送" in said


@pytest.mark.parametrize("login", ["outsider", "neighbour", "other_firm"])
def test_an_outsider_prints_nothing(at_screen: AtScreen, card_id: UUID, login: str) -> None:
    assert at_screen(login).get(f"/cards/{card_id}/paper/").status_code == 404
