"""登录保护 at the administrator's screen: who waits, lifting it, a password given anew, a factor reset (R-A3)."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from tests.accounts.conftest import PASSWORD, seated
from tests.web.accounts.conftest import enter, is_in, on_phone
from tests.web.stories import signed_in

pytestmark = pytest.mark.django_db

REASON = "本人忘记密码，已电话核实。"
LIFT = re.compile(r"/accounts/waits/[0-9a-f-]+/lift/")


@pytest.fixture
def shut(official: UUID) -> None:
    """The official, or somebody in his name, has failed five times."""
    for _try in range(5):
        enter(Client(), password="wrong")


def test_the_administrator_sees_who_waits_and_lifts_it(shut: None, administrator: UUID) -> None:
    office = signed_in("guan")
    page = office.get("/accounts/waits/?shut=on").content.decode()
    [lift] = LIFT.findall(page)

    asked = office.get(lift).content.decode()
    office.post(lift, {"once_key": "k"})

    assert "wang" in page
    assert "127.0.0.1" in page
    assert "请先核实是本人在登录" in asked
    assert enter(Client())["Location"] == "/"
    assert "登录保护" in office.get("/account/").content.decode(), "the menu leads there"


def test_others_have_no_such_place(shut: None, administrator: UUID) -> None:
    lift = LIFT.findall(signed_in("guan").get("/accounts/waits/").content.decode())[0]
    seated("wai", "130123-office", "administrator")

    pages = ("/accounts/waits/", "/accounts/password/", "/accounts/factor/", lift)
    for stranger in (signed_in("city_office"), signed_in("firm")):
        assert [stranger.get(path).status_code for path in pages] == [404] * 4
    elsewhere = signed_in("wai")
    assert "wang" not in elsewhere.get("/accounts/waits/").content.decode()
    assert elsewhere.get(lift).status_code == 404
    assert elsewhere.post(lift).status_code == 404
    assert "登录保护" not in signed_in("city_office").get("/account/").content.decode()


def test_the_list_does_not_grow_in_queries_and_goes_out_as_a_workbook(
    official: UUID, administrator: UUID, django_assert_max_num_queries  # type: ignore[no-untyped-def]
) -> None:
    office = signed_in("guan")
    assert "最近一天没有登录失败" in office.get("/accounts/waits/").content.decode()
    for number in range(3):
        enter(Client(REMOTE_ADDR=f"203.0.113.{number}"), password="wrong")

    with django_assert_max_num_queries(11):
        office.get("/accounts/waits/")
    sheet = office.get("/accounts/waits/?export=xlsx")
    assert b"".join(sheet.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_a_first_password_is_shown_once_and_changed_at_the_next_sign_in(official: UUID, administrator: UUID) -> None:
    there = Client()
    enter(there)
    office = signed_in("guan")

    shown = office.post("/accounts/password/", {"login": "wang", "reason": REASON}).content.decode()
    told = re.search(r"<code>([^<]+)</code>", shown)
    assert told is not None

    assert not is_in(there)
    assert enter(Client(), password=told[1])["Location"] == "/sign-in/password/"


@pytest.mark.parametrize(
    ("login", "reason", "said"),
    [
        ("nobody", REASON, "本辖区没有这个登录名"), ("wang", " ", "请填写这一项"), ("guan", REASON, "不能为自己重设"),
        ("park", REASON, "本辖区没有"),
    ],
)
def test_a_refusal_stands_in_the_form_with_what_was_typed(
    official: UUID, administrator: UUID, login: str, reason: str, said: str
) -> None:
    answer = signed_in("guan").post("/accounts/password/", {"login": login, "reason": reason})

    assert answer.status_code in (409, 422)
    assert said in answer.content.decode()
    assert f'value="{login}"' in answer.content.decode()


def test_a_lost_second_factor_is_reset(official: UUID, administrator: UUID) -> None:
    desk = Client()
    enter(desk)
    desk.get("/account/factor/")
    desk.post("/account/factor/", {"code": on_phone(official), "password": PASSWORD})
    office = signed_in("guan")

    answer = office.post("/accounts/factor/", {"login": "wang", "reason": REASON, "once_key": "k"})

    assert answer["Location"] == "/accounts/waits/"
    assert not is_in(desk)
    assert enter(Client())["Location"] == "/"
