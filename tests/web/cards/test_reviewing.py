"""One card for offices: figures for whom they are meant, a sentence for others, acceptance and return."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import acting
from tests.web.cards.conftest import send_card
from tests.web.portal.conftest import text_of
from zhitong.domain.cards.models import Card, Round

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]


def test_the_office_that_collects_reads_the_figures(at_screen: AtScreen, card_id: UUID) -> None:
    said = text_of(at_screen("park_office").get(f"/cards/{card_id}/"))

    assert "主营业务收入3,200.5万元" in said
    assert "夜间限电" in said
    assert "贷款到期周转不开" not in said  # confidential: its handlers read it with the problem


def test_an_office_above_is_told_why_it_sees_no_figures(at_screen: AtScreen, card_id: UUID) -> None:
    said = text_of(at_screen("province_office").get(f"/cards/{card_id}/"))

    assert "3,200.5" not in said
    assert "这张卡的经营数据只给企业自己、分包的单位和收卡的办公室看" in said


def test_who_looks_after_the_firm_reads_the_figures_and_reviews_nothing(
    at_screen: AtScreen, card_id: UUID, cared_for: None
) -> None:
    said = text_of(at_screen("park").get(f"/cards/{card_id}/"))

    assert "主营业务收入3,200.5万元" in said
    assert "审核通过" not in said


def test_a_card_to_review_waits_on_the_first_page_of_its_office_alone(at_screen: AtScreen, card_id: UUID) -> None:
    assert f"/cards/{card_id}/" in at_screen("park_office").get("/").content.decode()
    assert f"/cards/{card_id}/" not in at_screen("zone_office").get("/").content.decode()


@pytest.mark.parametrize("login", ["outsider", "neighbour", "other_firm", "city"])
def test_others_find_nothing_there(at_screen: AtScreen, card_id: UUID, login: str) -> None:
    assert at_screen(login).get(f"/cards/{card_id}/").status_code == 404


@pytest.mark.parametrize("page", ["", "return/"])
def test_a_stranger_is_led_to_sign_in(db: None, card_id: UUID, page: str) -> None:
    assert Client().get(f"/cards/{card_id}/{page}")["Location"].startswith("/sign-in/")


def test_the_office_accepts_a_card_once(at_screen: AtScreen, card_id: UUID) -> None:
    client = at_screen("park_office")

    first = client.post(f"/cards/{card_id}/accept/?version=1", {"once_key": "key-1"}, follow=True)
    second = client.post(f"/cards/{card_id}/accept/?version=1", {"once_key": "key-1"}, follow=True)
    late = client.post(f"/cards/{card_id}/accept/?version=1", {"once_key": "key-2"}, follow=True)

    assert "已审核通过" in text_of(first)
    assert "已审核通过" in text_of(second)
    assert "刚才已经改动过这张卡" in text_of(late)


def test_the_office_gives_a_card_back_with_its_reason(at_screen: AtScreen, card_id: UUID) -> None:
    client = at_screen("park_office")

    form = text_of(client.get(f"/cards/{card_id}/return/"))
    answer = client.post(f"/cards/{card_id}/return/", {"version": "1", "reason": "税金请核对单位"}, follow=True)

    assert "退回后这一户重新计为应报未报" in form
    assert "退回原因：税金请核对单位" in text_of(answer)
    with acting("park_office"):
        assert Card.objects.get().state == "returned"


@pytest.mark.parametrize(("reason", "sentence"), [
    ("  ", "请写明退回原因"), ("改" * 501, "最多500字，您写了501字"), ("按机密件要求修改", "本系统为非涉密系统"),
])  # fmt: skip
def test_a_return_that_cannot_be_taken_keeps_what_was_written(
    at_screen: AtScreen, card_id: UUID, reason: str, sentence: str
) -> None:
    answer = at_screen("park_office").post(f"/cards/{card_id}/return/", {"version": "1", "reason": reason})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert reason in answer.content.decode()


def test_a_return_of_a_card_that_moved_is_told_and_kept_on_the_page(at_screen: AtScreen, card_id: UUID) -> None:
    client = at_screen("park_office")
    client.post(f"/cards/{card_id}/accept/?version=1", {"once_key": "key-1"})

    answer = client.post(f"/cards/{card_id}/return/", {"version": "1", "reason": "晚了一步"})

    assert answer.status_code == 409
    assert "刚才已经改动过这张卡" in text_of(answer)
    assert "晚了一步" in answer.content.decode()


def test_who_may_not_review_is_refused_in_words(at_screen: AtScreen, card_id: UUID, cared_for: None) -> None:
    client = at_screen("park")

    assert client.get(f"/cards/{card_id}/return/").status_code == 403
    assert client.post(f"/cards/{card_id}/accept/?version=1").status_code == 403


def test_the_card_costs_a_fixed_number_of_queries(
    at_screen: AtScreen, card_id: UUID, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    client = at_screen("park_office")
    client.get(f"/cards/{card_id}/")

    with django_assert_max_num_queries(27):
        client.get(f"/cards/{card_id}/")


def test_a_level_above_chooses_to_whom_a_card_goes_back(at_screen: AtScreen, april: UUID) -> None:
    with acting("province_office"):
        Round.objects.filter(id=april).update(review_ranks=["city"])
    card_id = send_card(april)
    park, city = at_screen("park_office"), at_screen("city_office")
    park.post(f"/cards/{card_id}/accept/?version=1", {"once_key": "a"})

    asked = text_of(city.get(f"/cards/{card_id}/return/"))
    empty = city.post(f"/cards/{card_id}/return/", {"version": 2, "to": "below", "reason": "", "once_key": "b"})
    city.post(f"/cards/{card_id}/return/", {"version": 2, "to": "below", "reason": "请核对产值", "once_key": "c"})

    assert "企业，更正后重报" in asked
    assert "核对后重新通过或退回企业" in asked
    assert "请写明退回原因" in text_of(empty)
    assert "上级退回核对：请核对产值" in text_of(park.get(f"/cards/{card_id}/"))
    assert "上级退回核对：请核对产值" in text_of(park.get("/"))
    assert "退回给" not in text_of(park.get(f"/cards/{card_id}/return/"))
    assert at_screen("outsider").post(f"/cards/{card_id}/return/", {"version": 3, "to": "below"}).status_code == 404
