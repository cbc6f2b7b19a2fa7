"""Coming in step by step: nobody is in before the last of them is done (R-A3)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client, override_settings

from tests.accounts.conftest import PASSWORD
from tests.cast import NOW
from tests.web.accounts.conftest import enter, is_in, on_phone
from zhitong.domain.accounts.models import OwnPassword
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.campaigns.models import Installation
from zhitong.domain.organisations.models import Person
from zhitong.kit import clock

pytestmark = pytest.mark.django_db


def given_by_another(person_id: UUID) -> None:
    with known_as(person_id):
        OwnPassword.objects.all().delete()


def bind(client: Client, person_id: UUID) -> list[str]:
    """Bind at sign-in; returns the recovery codes shown."""
    client.get("/sign-in/bind/")
    shown = client.post("/sign-in/bind/", {"code": on_phone(person_id)}).content.decode()
    return re.findall(r"<code>([a-z0-9-]{14})</code>", shown)


def test_who_chose_his_password_himself_is_in_at_once(client: Client, official: UUID) -> None:
    answer = enter(client, next="/notices/")

    assert answer["Location"] == "/notices/"
    assert is_in(client)


def test_a_password_that_another_gave_is_changed_before_one_is_in(client: Client, official: UUID) -> None:
    given_by_another(official)

    asked = enter(client, next="/notices/")
    assert asked["Location"] == "/sign-in/password/"
    assert not is_in(client)
    refused = client.post("/sign-in/password/", {"new": PASSWORD, "again": PASSWORD})
    assert refused.status_code == 422
    assert "这个密码是现在的" in refused.content.decode()
    inside = client.post("/sign-in/password/", {"new": "Other-horse-8", "again": "Other-horse-8"})

    assert inside["Location"] == "/notices/"
    assert is_in(client)
    assert enter(Client(), password="Other-horse-8")["Location"] == "/"


def test_what_was_typed_twice_must_agree(client: Client, official: UUID) -> None:
    given_by_another(official)
    enter(client)

    answer = client.post("/sign-in/password/", {"new": "Other-horse-8", "again": "Other-horse-9"})

    assert "两次填写的不一样" in answer.content.decode()
    assert not is_in(client)


def test_an_expired_password_is_changed_too(client: Client, official: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=91))

    assert enter(client)["Location"] == "/sign-in/password/"


def test_a_demonstration_asks_for_nothing_new(client: Client, administrator: UUID) -> None:
    given_by_another(administrator)
    Installation.objects.update_or_create(defaults={"is_demonstration": True})

    assert enter(client, "guan")["Location"] == "/"


def test_a_post_that_must_have_a_second_factor_binds_one_and_is_asked_for_it_next_time(
    client: Client, administrator: UUID
) -> None:
    assert enter(client, "guan")["Location"] == "/sign-in/bind/"
    page = client.get("/sign-in/bind/").content.decode()
    assert "<svg" in page
    assert "手工输入密钥" in page
    assert client.post("/sign-in/bind/", {"code": "123"}).status_code == 422

    shown = on_phone(administrator)
    codes = bind(client, administrator)
    assert len(codes) == 10
    assert not is_in(client)
    assert client.post("/sign-in/on/")["Location"] == "/"
    assert is_in(client)

    again = Client()
    assert enter(again, "guan")["Location"] == "/sign-in/code/"
    assert not is_in(again)
    assert again.post("/sign-in/code/", {"code": shown}).status_code == 422, "it bound the app a moment ago"
    assert again.post("/sign-in/code/", {"code": on_phone(administrator, steps=1)})["Location"] == "/"
    assert is_in(again)


def test_a_recovery_code_stands_for_the_phone_once(client: Client, administrator: UUID) -> None:
    enter(client, "guan")
    codes = bind(client, administrator)
    other, third = Client(), Client()
    enter(other, "guan")

    assert other.post("/sign-in/code/", {"code": codes[0]})["Location"] == "/"

    enter(third, "guan")
    assert third.post("/sign-in/code/", {"code": codes[0]}).status_code == 422


def test_codes_cannot_be_guessed_on_and_on(client: Client, administrator: UUID) -> None:
    enter(client, "guan")
    bind(client, administrator)
    guesser = Client()
    enter(guesser, "guan")

    for _try in range(5):
        assert "动态码不对" in guesser.post("/sign-in/code/", {"code": "000000x"}).content.decode()
    refused = guesser.post("/sign-in/code/", {"code": on_phone(administrator, steps=1)})

    assert "请1分钟后再试" in refused.content.decode()
    assert not is_in(guesser)


@pytest.mark.parametrize("page", ["/sign-in/password/", "/sign-in/bind/", "/sign-in/code/"])
def test_a_step_is_nobodys_who_has_proved_nothing(client: Client, db: None, page: str) -> None:
    assert client.get(page)["Location"] == "/sign-in/"
    assert client.post(page, {"new": "Other-horse-8", "again": "Other-horse-8", "code": "1"})["Location"] == "/sign-in/"


def test_no_step_can_be_passed_over(client: Client, administrator: UUID) -> None:
    enter(client, "guan")
    bind(client, administrator)
    given_by_another(administrator)
    thief = Client()
    enter(thief, "guan")

    assert thief.post("/sign-in/password/", {"new": "Other-horse-8", "again": "Other-horse-8"})["Location"] == "/sign-in/code/"
    assert thief.get("/sign-in/bind/")["Location"] == "/sign-in/code/"
    assert thief.post("/sign-in/on/")["Location"] == "/sign-in/code/"
    assert not is_in(thief)


def test_who_takes_too_long_begins_anew(client: Client, official: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    given_by_another(official)
    enter(client)
    later = clock.world_now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "world_now", lambda: later)

    assert client.get("/sign-in/password/")["Location"] == "/sign-in/"


def test_failures_are_counted_and_the_wait_is_told(client: Client, official: UUID) -> None:
    for _try in range(5):
        assert "登录名或密码不对" in enter(client, password="wrong").content.decode()

    refused = enter(client).content.decode()

    assert "请1分钟后再试" in refused
    assert 'value="wang"' in refused
    assert not is_in(client)


def test_an_official_comes_in_at_his_own_device_whatever_strangers_tried_at_the_same_address(
    client: Client, official: UUID
) -> None:
    enter(client)
    client.post("/sign-out/")
    stranger = Client()
    for _try in range(6):
        enter(stranger, password="wrong")

    assert enter(client)["Location"] == "/"


def test_the_mark_of_a_device_is_of_no_use_to_who_made_it_up(client: Client, official: UUID) -> None:
    client.cookies["zt_device"] = "WyJtYXJrIiwid2FuZyJd:made:up"
    for _try in range(5):
        enter(client, password="wrong")

    assert "请1分钟后再试" in enter(client).content.decode()


@override_settings(PROXIES=1)
def test_behind_a_proxy_the_address_is_the_one_it_saw(client: Client, official: UUID) -> None:
    for number in range(5):
        client.post(
            "/sign-in/", {"login": "wang", "password": "wrong"}, headers={"X-Forwarded-For": f"6.6.6.{number}, 203.0.113.9"}
        )

    here = client.post("/sign-in/", {"login": "wang", "password": PASSWORD}, headers={"X-Forwarded-For": "203.0.113.9"})
    elsewhere = client.post("/sign-in/", {"login": "wang", "password": PASSWORD}, headers={"X-Forwarded-For": "198.51.100.7"})

    assert "请1分钟后再试" in here.content.decode()
    assert elsewhere["Location"] == "/"


def test_who_was_deactivated_on_the_way_does_not_come_in(client: Client, official: UUID) -> None:
    given_by_another(official)
    enter(client)
    Person.objects.filter(id=official).update(is_active=False)

    answer = client.post("/sign-in/password/", {"new": "Other-horse-8", "again": "Other-horse-8"})

    assert answer["Location"] == "/sign-in/"
    assert not is_in(client)
