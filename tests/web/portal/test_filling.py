"""Filling in the card: opened prefilled, checked, kept, sent once, and told where each problem went."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import acting
from tests.phones import give_phone
from tests.web.portal.conftest import open_round, problem, sent, text_of
from zhitong.domain.cards.models import Card, CardFigures, Draft
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.models import Problem
from zhitong.domain.subjects.models import Subject
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]


def test_the_firm_finds_its_form_prefilled_and_is_told_who_sees_it(at_screen: AtScreen, april: UUID) -> None:
    answer = at_screen("firm").get(f"/portal/card/{april}/")

    page = answer.content.decode()
    assert 'value="演示南大港石化设备有限公司"' in page
    assert 'name="revenue" value=""' in page
    assert "不作为执法、处罚、评先评优的依据" in page
    assert "您的分包领导、责任人" in page


def test_what_the_registry_knows_is_not_asked_again_and_who_fills_in_is_whom_to_ring(at_screen: AtScreen, april: UUID) -> None:
    with acting("province_office"):
        firm = Subject.objects.filter(name="演示南大港石化设备有限公司")
        firm.update(address="园区演示路1号")
        give_phone(Person.objects.filter(login="firm"), "13800000009")

        nobody = at_screen("firm").get(f"/portal/card/{april}/").content.decode()
        firm.update(contact="演示会计")
        give_phone(firm, "13800000008", "contact_phone")
        known = at_screen("firm").get(f"/portal/card/{april}/").content.decode()

    assert 'name="business_address" value="园区演示路1号"' in nobody
    for page, name, phone in ((nobody, "演示甲", "13800000009"), (known, "演示会计", "13800000008")):
        assert f'name="contact_name" value="{name}"' in page
        assert f'name="contact_phone" value="{phone}"' in page


@pytest.mark.parametrize("login", ["park_office", "province_office", "outsider"])
def test_nobody_else_has_such_a_form(at_screen: AtScreen, april: UUID, login: str) -> None:
    client = at_screen(login)

    assert client.get(f"/portal/card/{april}/").status_code == 404
    assert client.post(f"/portal/card/{april}/", sent()).status_code == 404


def test_a_stranger_is_led_to_sign_in(db: None, april: UUID) -> None:
    assert Client().get(f"/portal/card/{april}/")["Location"].startswith("/sign-in/")


def test_a_card_sent_names_the_unit_of_its_problem_and_when_it_answers(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")

    answer = client.post(f"/portal/card/{april}/", sent(rows=1, **problem()), follow=True)

    said = text_of(answer)
    assert answer.redirect_chain[-1][0] == f"/portal/card/{april}/"
    assert "您写的1个问题已同时提交" in said
    assert "负责" in said
    assert "前答复" in said
    with acting("firm"):
        assert CardFigures.objects.get(card__round_id=april).values["revenue"] == 32_005_000
        assert Problem.objects.get().number in said


def test_a_card_sent_twice_is_one_card_with_one_problem(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")
    form = sent(rows=1, **problem())

    client.post(f"/portal/card/{april}/", form)
    second = client.post(f"/portal/card/{april}/", form, follow=True)

    assert "刚才已经报送，没有重复提交" in text_of(second)
    with acting("firm"):
        assert (Card.objects.count(), Problem.objects.count()) == (1, 1)


def test_another_content_under_the_same_key_is_refused_and_kept_on_the_page(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")
    client.post(f"/portal/card/{april}/", sent())

    answer = client.post(f"/portal/card/{april}/", sent(remarks="后来想起来的"))

    assert answer.status_code == 409
    assert "这次内容不同，没有采用" in text_of(answer)
    assert "后来想起来的" in answer.content.decode()


@pytest.mark.parametrize(("code", "typed", "sentence"), [
    ("revenue", "三千二百", "“主营业务收入”要填数字，您填的是“三千二百”"),
    ("revenue", "-5", "“主营业务收入”不能小于0"),
    ("remarks", "一" * 20_000, "最多1000字，您写了20000字"),
    ("remarks", "此件绝密", "本系统为非涉密系统，不得填写国家秘密"),
    ("contact_phone", "12345", "应为11位手机号"),
    ("legal_person", "", "请填写“法定代表人”"),
])  # fmt: skip
def test_what_cannot_be_taken_is_said_beside_its_field_and_everything_typed_stays(
    at_screen: AtScreen, april: UUID, code: str, typed: str, sentence: str
) -> None:
    answer = at_screen("firm").post(f"/portal/card/{april}/", sent(rows=1, **problem(), **{code: typed}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(sentence) == 2  # above the form, and beside the field
    assert typed in page
    assert "夜间限电" in page
    assert "12,000" in page
    with acting("firm"):
        assert not Card.objects.exists()
        assert not Problem.objects.exists()


def test_what_looks_odd_is_asked_and_a_yes_sends_it(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")
    odd = sent(tax_paid="9999", credit_code="91130900MA00000014")

    asked = client.post(f"/portal/card/{april}/", odd)
    agreed = client.post(f"/portal/card/{april}/", {**odd, "asked_about": "tax_paid,credit_code"})

    assert asked.status_code == 422
    assert "上缴税金大于主营业务收入" in text_of(asked)
    assert "校验位不对" in text_of(asked)
    assert "核对无误，仍然报送" in text_of(asked)
    assert agreed.status_code == 302


def test_a_yes_to_one_thing_is_no_yes_to_another(at_screen: AtScreen, april: UUID) -> None:
    form = sent(tax_paid="9999", liabilities="99999", asked_about="tax_paid")

    answer = at_screen("firm").post(f"/portal/card/{april}/", form)

    assert answer.status_code == 422
    assert "资不抵债" in text_of(answer)


def test_a_row_is_added_and_dropped_without_javascript(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")

    added = client.post(f"/portal/card/{april}/", sent(rows=1, **problem(), act="add_row"))
    dropped = client.post(f"/portal/card/{april}/", {**sent(rows=2, **problem(), **problem(1, text="缺工")), "drop.0": "yes"})

    assert 'name="problems.1.text"' in added.content.decode()
    assert "夜间限电" in added.content.decode()
    assert "夜间限电" not in dropped.content.decode()
    assert 'name="problems.0.text"' in dropped.content.decode()
    assert "缺工" in dropped.content.decode()


def test_a_draft_is_kept_as_typed_by_its_button_and_found_again(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")

    answer = client.post(
        f"/portal/card/{april}/", sent(rows=1, revenue="三千", **problem(text="缺地"), act="save"), follow=True
    )

    page = answer.content.decode()
    assert "草稿已保存15:40" in text_of(answer)
    assert 'name="revenue" value="三千"' in page
    assert "要填数字" in page
    assert "缺地" in page
    with acting("firm"):
        assert Draft.objects.get().values["revenue"] == "三千"


def test_typing_is_kept_by_itself_and_the_form_carries_on_with_the_new_version(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")

    first = client.post(f"/portal/card/{april}/draft/", sent(version=0, legal_person=""))
    second = client.post(f"/portal/card/{april}/draft/", sent(version=int(first["Zhitong-Version"])))

    assert first.content.decode() == "已自动保存 15:40 · 还差 1 项"
    assert second.content.decode() == "已自动保存 15:40"
    assert second["Zhitong-Version"] == "2"


def test_a_marked_text_is_not_kept_by_itself_either(at_screen: AtScreen, april: UUID) -> None:
    answer = at_screen("firm").post(f"/portal/card/{april}/draft/", sent(remarks="机密文件"))

    assert answer.content.decode().startswith("没有自动保存。本系统为非涉密系统")
    with acting("firm"):
        assert not Draft.objects.exists()


def test_what_another_changed_meanwhile_is_told_and_what_was_typed_stays(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")
    client.post(f"/portal/card/{april}/draft/", sent(version=0))

    answer = client.post(f"/portal/card/{april}/", sent(version=0, remarks="晚了一步"))

    assert answer.status_code == 409
    assert "刚才已经改动过这张卡" in text_of(answer)
    assert "没有存入" in text_of(answer)
    assert "晚了一步" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()


def test_a_field_is_checked_as_one_leaves_it_with_those_compared_to_it(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")

    wrong = client.post(f"/portal/card/{april}/check/profit/", {"profit": "亏损", "rows": "0"})
    compared = client.post(f"/portal/card/{april}/check/revenue/", {"revenue": "10", "tax_paid": "20", "rows": "0"})

    assert "“利润总额”要填数字" in wrong.content.decode()
    assert 'id="said-tax_paid" aria-live="polite" hx-swap-oob="true"' in compared.content.decode()
    assert "上缴税金大于主营业务收入" in compared.content.decode()


def test_a_card_already_sent_is_put_right_without_raising_its_problems_again(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")
    client.post(f"/portal/card/{april}/", sent(rows=1, **problem()))

    form = client.get(f"/portal/card/{april}/correct/")
    answer = client.post(f"/portal/card/{april}/", sent(version=1, employees="231", once_key="key-2"))

    assert "夜间限电" in text_of(form)
    assert "以上问题已经提交" in text_of(form)
    assert 'name="problems.0.text"' not in form.content.decode()
    assert answer.status_code == 302
    with acting("firm"):
        assert CardFigures.objects.get().values["employees"] == 231
        assert Problem.objects.count() == 1


def test_last_periods_figures_stand_beside_and_the_change_is_told(at_screen: AtScreen, april: UUID) -> None:
    client = at_screen("firm")
    client.post(f"/portal/card/{april}/", sent())
    with clock.held_at(datetime(2018, 5, 22, 2, tzinfo=UTC)):
        may = open_round("2018-05", "2018年5月", date(2018, 5, 20), date(2018, 5, 28), date(2018, 6, 10))
        form = client.get(f"/portal/card/{may}/").content.decode()
        told = client.post(f"/portal/card/{may}/check/revenue/", {"revenue": "4,000.625", "rows": "0"}).content.decode()

    assert "上期 3,200.5万元" in form
    assert 'name="revenue" value=""' in form
    assert 'name="contact_name" value="演示会计"' in form
    assert "已带出，请核对" in form
    assert "上期 3,200.5万元 · 比上期 +800.13（+25.0%）" in told


def test_the_form_costs_the_same_however_much_is_typed(
    at_screen: AtScreen, april: UUID, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    client = at_screen("firm")
    client.post(f"/portal/card/{april}/", sent(rows=2, **problem(), **problem(1, text="缺工"), act="save"))

    client.get(f"/portal/card/{april}/")

    with django_assert_max_num_queries(23):
        client.get(f"/portal/card/{april}/")
