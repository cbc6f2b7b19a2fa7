"""Passkeys at the pages (R-A3): bound after the password, shown alone to come in, or in place of a code; a challenge serves once."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from webauthn.helpers import base64url_to_bytes

from tests.accounts.authenticator import ORIGIN, Authenticator
from tests.accounts.conftest import PASSWORD, looking
from tests.cast import NOW
from tests.web.accounts.conftest import enter, is_in, on_phone
from zhitong.domain.accounts.actions.factors import begin_binding, bind
from zhitong.domain.accounts.models import Passkey, Sitting
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.rules.passkeys import handle_of
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/passkey/"


@pytest.fixture(autouse=True)
def installed(settings: Any) -> None:
    """The installation has an address."""
    settings.ORIGIN = ORIGIN


def told(answer: HttpResponse) -> dict[str, Any]:
    """What a page tells the browser's script."""
    found = re.search(r'<script id="zt-passkey-told" type="application/json">(.*?)</script>', answer.content.decode())
    assert found is not None, answer.content.decode()
    said: dict[str, Any] = json.loads(found[1])
    return said


def challenge_of(answer: HttpResponse) -> bytes:
    return base64url_to_bytes(told(answer)["challenge"])


def add(client: Client, person_id: UUID, name: str = "办公室电脑") -> Authenticator:
    """Bind a device to who is in."""
    device = Authenticator(handle=handle_of(person_id))
    asked = client.post("/account/passkeys/add/", {"name": name, "password": PASSWORD})
    done = client.post("/account/passkeys/made/", {"answer": device.made(challenge_of(asked))})
    assert done.status_code in (200, 302), done.content.decode()
    return device


def come(client: Client, device: Authenticator, **more: str) -> HttpResponse:
    """Show a device to the sign-in page."""
    return client.post(SIGN_IN, {"answer": device.shown(challenge_of(client.get(SIGN_IN))), **more})


@pytest.fixture
def device(official: UUID) -> Authenticator:
    """What the official has bound."""
    client = Client()
    enter(client)
    return add(client, official)


def test_who_bound_a_passkey_comes_in_by_it_alone(client: Client, official: UUID) -> None:
    enter(client)
    device = add(client, official)
    page = client.get("/account/").content.decode()
    assert "办公室电脑" in page
    assert "还没有用过" in page
    stranger = Client()
    asked = told(stranger.get(SIGN_IN))
    assert (asked["rpId"], asked["userVerification"], asked["allowCredentials"]) == ("zhitong.example", "required", [])

    answer = come(stranger, device, next="/notices/")

    assert answer["Location"] == "/notices/"
    assert is_in(stranger)
    with known_as(official):
        assert Sitting.objects.order_by("-id")[0].way == "passkey"


def test_the_sign_in_page_offers_it_where_there_is_an_address(client: Client, settings: Any, db: None) -> None:
    assert SIGN_IN in client.get("/sign-in/").content.decode()

    settings.ORIGIN = ""

    assert SIGN_IN not in client.get("/sign-in/").content.decode()
    assert client.get(SIGN_IN).status_code == 404


def test_a_new_one_asks_the_password_and_what_was_not_asked_here_binds_nothing(client: Client, official: UUID) -> None:
    enter(client)
    device = Authenticator(handle=handle_of(official))

    refused = client.post("/account/passkeys/add/", {"name": "办公室电脑", "password": "wrong"})
    unasked = client.post("/account/passkeys/made/", {"answer": device.made(b"c" * 32)})

    assert (refused.status_code, unasked.status_code) == (422, 422)
    assert "zt-passkey-told" not in refused.content.decode()
    with known_as(official):
        assert not Passkey.objects.exists()


def test_a_challenge_serves_once_here_and_not_for_long(
    client: Client, device: Authenticator, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = challenge_of(client.get(SIGN_IN))
    assert client.post(SIGN_IN, {"answer": "{}"}).status_code == 422, "which uses it up"
    assert client.post(SIGN_IN, {"answer": device.shown(asked)}).status_code == 422
    assert Client().post(SIGN_IN, {"answer": device.shown(challenge_of(client.get(SIGN_IN)))}).status_code == 422
    late, now = challenge_of(client.get(SIGN_IN)), clock.world_now()
    monkeypatch.setattr(clock, "world_now", lambda: now + timedelta(minutes=6))

    refused = client.post(SIGN_IN, {"answer": device.shown(late)})

    assert "没有通过核验" in refused.content.decode()
    assert not is_in(client)


def test_strangers_keys_wait_as_wrong_passwords_do(client: Client, official: UUID) -> None:
    answers = [come(client, Authenticator(handle=handle_of(official))).content.decode() for _try in range(21)]

    assert "没有通过核验" in answers[0]
    assert "后再试" in answers[-1]


def test_where_a_code_is_asked_a_passkey_serves(client: Client, official: UUID, device: Authenticator) -> None:
    begin_binding(official, now=NOW)
    actor = looking(official).actor("test")
    bind(person_id=official, written_code=on_phone(official), world=clock.world_now(), actor=actor, now=NOW)
    assert enter(client)["Location"] == "/sign-in/code/"
    asked = client.get("/sign-in/code/")
    assert len(told(asked)["allowCredentials"]) == 1
    other = Authenticator(credential=device.credential)
    wrong = client.post("/sign-in/code/passkey/", {"answer": other.shown(challenge_of(asked))})
    assert wrong.status_code == 422
    assert not is_in(client)

    assert client.post("/sign-in/code/passkey/", {"answer": device.shown(challenge_of(wrong))})["Location"] == "/"

    assert is_in(client)
    with acting_as(looking(official)):
        assert "account.failed" in [fact.kind for fact in facts_about(official)]


def test_a_post_that_must_have_a_second_factor_binds_a_passkey_and_is_asked_for_it(client: Client, administrator: UUID) -> None:
    device = Authenticator(handle=handle_of(administrator))
    assert enter(client, "guan")["Location"] == "/sign-in/bind/"
    assert "/sign-in/bind/passkey/" in client.get("/sign-in/bind/").content.decode()
    page = client.get("/sign-in/bind/passkey/")
    assert told(page)["authenticatorSelection"]["userVerification"] == "required"
    shown = client.post("/sign-in/bind/passkey/", {"answer": device.made(challenge_of(page))}).content.decode()
    codes = re.findall(r"<code>([a-z0-9-]{14})</code>", shown)
    assert client.post("/sign-in/on/")["Location"] == "/"

    again, without_script = Client(), Client()
    assert enter(again, "guan")["Location"] == "/sign-in/code/"
    answer = again.post("/sign-in/code/passkey/", {"answer": device.shown(challenge_of(again.get("/sign-in/code/")))})
    enter(without_script, "guan")
    by_code = without_script.post("/sign-in/code/", {"code": codes[0]})

    assert (answer["Location"], by_code["Location"]) == ("/", "/")
    assert is_in(again)
    assert is_in(without_script)


def test_where_the_installation_has_lost_its_address_codes_go_on(client: Client, administrator: UUID, settings: Any) -> None:
    enter(client, "guan")
    page = client.get("/sign-in/bind/passkey/")
    device = Authenticator(handle=handle_of(administrator))
    shown = client.post("/sign-in/bind/passkey/", {"answer": device.made(challenge_of(page))}).content.decode()
    codes = re.findall(r"<code>([a-z0-9-]{14})</code>", shown)
    settings.ORIGIN = ""
    later = Client()

    enter(later, "guan")
    asked = later.get("/sign-in/code/").content.decode()

    assert "恢复码" in asked
    assert "zt-passkey-told" not in asked
    assert later.post("/sign-in/code/", {"code": codes[0]})["Location"] == "/"


def test_letting_go_asks_the_password(client: Client, official: UUID, device: Authenticator) -> None:
    enter(client)
    with known_as(official):
        path = f"/account/passkeys/{Passkey.objects.get().id}/remove/"

    assert client.post(path, {"password": "wrong"}).status_code == 422
    assert client.post(path, {"password": PASSWORD})["Location"] == "/account/"

    assert come(Client(), device).status_code == 422


def test_nobody_opens_anothers(client: Client, administrator: UUID, official: UUID, device: Authenticator, settings: Any) -> None:
    with known_as(official):
        path = f"/account/passkeys/{Passkey.objects.get().id}/remove/"
    other = Client()
    enter(other, "guan")
    other.get("/sign-in/bind/")
    other.post("/sign-in/bind/", {"code": on_phone(administrator)})
    other.post("/sign-in/on/")
    assert is_in(other)

    assert other.get(path).status_code == 404
    assert other.post(path, {"password": PASSWORD}).status_code == 404
