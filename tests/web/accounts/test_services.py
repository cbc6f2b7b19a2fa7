"""Coming in by an identity service (R-A3): against a real provider over HTTP, and against hostile ones that speak as real ones do."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from django.conf import settings
from django.test import Client, override_settings
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.accounts.conftest import PASSWORD, looking, seated
from tests.web.accounts import hostile
from tests.web.accounts.conftest import enter, is_in, on_phone
from zhitong.domain.accounts.models import Identity
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.rules.services import services_of
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.models import Person
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit import clock
from zhitong.kit.openid import provider
from zhitong.web.accounts import services

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*deprecated.*:DeprecationWarning"),  # of the provider that is run here
]

START, BACK = "/sign-in/service/prov/", "/sign-in/service/prov/back/"
Settings = Callable[..., None]


@pytest.fixture
def installed(settings: Any) -> Iterator[Settings]:
    """Set the installation up with a service."""
    provider.forget()

    def install(issuer: str, **more: Any) -> None:
        row = {"key": "prov", "name": "演示统一认证", "issuer": issuer, "client_id": "zhitong", "client_secret": "s+e/c", **more}
        settings.SIGN_IN_SERVICES = services_of(json.dumps([row]))

    yield install
    provider.forget()


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    """A real provider."""
    from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread(require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def service(installed: Settings) -> Iterator[hostile.Service]:
    """A service whose tokens a test makes."""
    with hostile.running() as found:
        installed(found.address)
        yield found


def through(client: Client, real: str, subject: str, start: str = START, **claims: Any) -> Any:
    """Go to the real provider as a browser does, be known there, and come back; the answer of our own page."""
    httpx.put(f"{real}/users/{subject}", json=claims).raise_for_status()
    there = client.get(start)["Location"] if start.startswith("/") else start
    known = httpx.post(there, data={"sub": subject}, follow_redirects=False)
    assert known.status_code == 302, known.text
    back = urlsplit(known.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def asked(client: Client, service: hostile.Service, start: str = START) -> str:
    """Begin at a service whose tokens a test makes; returns the state."""
    told = parse_qs(urlsplit(client.get(start)["Location"]).query)
    service.nonce = told["nonce"][0]
    return told["state"][0]


def back(client: Client, state: str, **more: str) -> Any:
    return client.get(BACK, {"state": state, "code": "c", **more})


def linked(person_id: UUID) -> list[tuple[str, str]]:
    with known_as(person_id):
        return list(Identity.objects.values_list("subject", "how"))


def test_a_real_provider_lets_the_person_of_its_claim_in_and_keeps_whom_it_knows(
    client: Client, official: UUID, installed: Settings, real: str
) -> None:
    installed(real)
    assert "用演示统一认证登录" in client.get("/sign-in/").content.decode()

    first = through(client, real, "u-1", f"{START}?next=/notices/", preferred_username="wang")
    again = Client()
    second = through(again, real, "u-1", preferred_username="somebody-else-now")

    assert (first["Location"], second["Location"]) == ("/notices/", "/")
    assert is_in(client)
    assert is_in(again)
    assert linked(official) == [("u-1", "rule")]
    assert "统一身份认证" in client.get("/account/").content.decode()


def test_the_way_out_is_offered_at_the_service_too(client: Client, official: UUID, installed: Settings, real: str) -> None:
    installed(real)
    through(client, real, "u-1", preferred_username="wang")

    page = client.post("/sign-out/").content.decode()

    assert "同时退出演示统一认证" in page
    assert f"{real}/oauth2/end_session?id_token_hint=" in page
    assert not is_in(client)
    enter(client)
    assert client.post("/sign-out/")["Location"] == "/sign-in/", "who came by password is nowhere else"


def test_whom_nobody_knows_is_told_what_to_do_and_nothing_is_opened(
    client: Client, official: UUID, installed: Settings, real: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(real)
    people = Person.objects.count()
    record = []
    monkeypatch.setattr(services, "turned_away", lambda *_knocked, **said: record.append(said["told_elsewhere"]))

    answer = through(client, real, "u-9", preferred_username="nobody-here")

    assert answer.status_code == 409
    assert "编号：u-9" in answer.content.decode()
    assert not is_in(client)
    assert Person.objects.count() == people
    assert record == [{"service": "演示统一认证", "subject": "u-9"}]


def test_a_subject_is_one_persons_and_a_person_has_one_subject_there(
    client: Client, official: UUID, installed: Settings, real: str
) -> None:
    installed(real)
    other = seated("li", "130982-industry", "officer")
    through(client, real, "u-1", preferred_username="wang")

    second = through(Client(), real, "u-2", preferred_username="wang")
    theirs = Client()
    enter(theirs, "li")
    there = theirs.post("/account/services/prov/link/", {"password": PASSWORD}).context["there"]
    taken = through(theirs, real, "u-1", there, preferred_username="li")

    assert "另一个统一身份" in second.content.decode()
    assert "已经绑定了另一个人" in taken.content.decode()
    assert (linked(official), linked(other)) == ([("u-1", "rule")], [])


def test_one_links_oneself_after_the_password_and_lets_go_again(
    client: Client, official: UUID, installed: Settings, real: str
) -> None:
    installed(real, matches="none")
    assert through(Client(), real, "u-1", preferred_username="wang").status_code == 409
    enter(client)
    wrong = client.post("/account/services/prov/link/", {"password": "wrong"})
    assert (wrong.status_code, "密码不对" in wrong.content.decode()) == (422, True)

    there = client.post("/account/services/prov/link/", {"password": PASSWORD}).context["there"]
    assert through(client, real, "u-1", there)["Location"] == "/account/"
    by_service = Client()
    assert through(by_service, real, "u-1")["Location"] == "/"
    [row] = [one.id for one in by_service.get("/account/").context["identities"]]
    assert seen_by_another(row) == 404
    client.post(f"/account/identities/{row}/unlink/", {"password": PASSWORD})

    assert linked(official) == []
    assert through(Client(), real, "u-1").status_code == 409


def seen_by_another(identity_id: UUID) -> int:
    seated("li", "130982-industry", "officer")
    other = Client()
    enter(other, "li")
    return other.post(f"/account/identities/{identity_id}/unlink/", {"password": PASSWORD}).status_code


def test_who_administers_links_and_unlinks_people_of_his_territory_only(
    client: Client, official: UUID, administrator: UUID, installed: Settings, real: str
) -> None:
    installed(real, matches="none")
    with override_settings(PROTECTION=_without_second_factor()):
        enter(client, "guan")
    said = {"service": "prov", "login": "wang", "subject": "u-7", "reason": "本人申请，已核对。"}
    assert client.post("/accounts/identities/link/", {**said, "login": "park"}).status_code == 422

    client.post("/accounts/identities/link/", said)
    assert linked(official) == [("u-7", "administrator")]
    assert through(Client(), real, "u-7")["Location"] == "/"
    client.post("/accounts/identities/unlink/", said)

    assert linked(official) == []
    with acting_as(looking(administrator)):
        kinds = [fact.kind for fact in facts_about(official)]
    assert kinds[-3:] == ["account.identity_linked", "account.signed_in", "account.identity_unlinked"]
    enter(client)
    assert Client().get("/accounts/identities/link/").status_code == 302


def _without_second_factor() -> Any:
    return replace(settings.PROTECTION, second_factor=frozenset())


def test_a_post_that_must_prove_two_things_is_asked_unless_the_service_says_that_it_did(
    client: Client, administrator: UUID, service: hostile.Service, installed: Settings
) -> None:
    service.more = {"preferred_username": "guan", "amr": ["pwd", "mfa"]}
    assert back(client, asked(client, service))["Location"] == "/sign-in/bind/", "no word of it is agreed"
    installed(service.address, second_factor=["mfa"])

    twice, once = Client(), Client()
    assert back(twice, asked(twice, service))["Location"] == "/"
    service.more = {"preferred_username": "guan", "amr": ["pwd"], "acr": "1"}
    assert back(once, asked(once, service))["Location"] == "/sign-in/bind/"

    assert is_in(twice)
    assert not is_in(once)


def written(header: dict[str, str], claims: dict[str, Any]) -> str:
    return ".".join(bare(json.dumps(one).encode()) for one in (header, claims))


def bare(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any]) -> str:
    return f"{written({'alg': 'none'}, claims)}."


def by_public_key(service: hostile.Service) -> Callable[[dict[str, Any]], str]:
    """What everybody may know, taken for a secret."""

    def made(claims: dict[str, Any]) -> str:
        said = written({"alg": "HS256", "kid": "first"}, claims)
        return f"{said}.{bare(hmac.digest(service.key.as_pem(private=False), said.encode(), 'sha256'))}"

    return made


NOW_IN_SECONDS = time.time()
HOSTILE = {
    "a nonce of another asking": {"nonce": "another"}, "for another client": {"aud": "somebody"},
    "for several, asked by another": {"aud": ["zhitong", "x"], "azp": "x"}, "for several, asked by nobody": {"aud": ["zhitong", "x"]},
    "issued by another": {"iss": "https://evil.example"}, "expired": {"exp": NOW_IN_SECONDS - 120},
    "of the future": {"iat": NOW_IN_SECONDS + 3600}, "of last year": {"iat": NOW_IN_SECONDS - 9e6}, "nobody": {"sub": ""},
    "a subject that is a list": {"sub": ["s-1"]}, "an expiry that is a word": {"exp": "later"},
}


@pytest.mark.parametrize("what", [*HOSTILE, "alg none", "HS256 by the public key", "another's key", "no nonce", "no expiry", "rubbish"])
def test_a_token_that_is_not_genuine_opens_nothing(
    client: Client, official: UUID, service: hostile.Service, what: str
) -> None:
    state = asked(client, service)
    service.more = HOSTILE.get(what, {})
    service.lacks = {"no nonce": ("nonce",), "no expiry": ("exp",)}.get(what, ())
    service.made = {
        "alg none": unsigned, "HS256 by the public key": by_public_key(service), "rubbish": lambda claims: "a.b.c",
        "another's key": lambda claims: jwt.encode(service.header, claims, RSAKey.generate_key(2048)),
    }.get(what)

    answer = back(client, state)

    assert (answer.status_code, "没有通过核验" in answer.content.decode()) == (409, True)
    assert not is_in(client)
    assert linked(official) == []


def test_a_state_is_used_once_and_is_of_no_use_to_another_browser(
    client: Client, official: UUID, service: hostile.Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = asked(client, service)
    assert back(Client(), state).status_code == 409
    assert back(client, state)["Location"] == "/"
    client.post("/sign-out/")
    assert back(client, state).status_code == 409
    assert back(client, "").status_code == 409

    late = asked(client, service)
    then = clock.world_now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "world_now", lambda: then)
    assert back(client, late).status_code == 409
    assert not is_in(client)


def test_an_answer_of_another_service_or_a_refusal_ends_there(client: Client, official: UUID, service: hostile.Service) -> None:
    assert back(client, asked(client, service), iss="https://evil.example").status_code == 409
    refused = client.get(BACK, {"state": asked(client, service), "error": "access_denied"})

    assert "已取消" in refused.content.decode()
    assert client.get("/sign-in/service/unknown/").status_code == 404
    assert not is_in(client)


def test_the_way_on_is_never_elsewhere(client: Client, official: UUID, service: hostile.Service) -> None:
    state = asked(client, service, f"{START}?next=https://evil.example/")

    assert back(client, state, next="https://evil.example/")["Location"] == "/"


def test_a_new_key_is_fetched_once_and_what_a_service_says_is_kept(
    client: Client, official: UUID, service: hostile.Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    back(client, asked(client, service))
    service.key, service.header = RSAKey.generate_key(2048, {"kid": "second"}), {"alg": "RS256", "kid": "second"}
    early, late = Client(), Client()
    assert back(early, asked(early, service)).status_code == 409, "fetched a moment ago, not again for everybody's token"
    monkeypatch.setattr(provider, "ROTATED", provider.ROTATED * 0)

    assert back(late, asked(late, service))["Location"] == "/"

    assert service.asked.count("/.well-known/openid-configuration") == 1
    assert service.asked.count("/jwks") == 2


def test_a_silent_service_is_said_and_asked_again_later(
    client: Client, official: UUID, service: hostile.Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.is_down = True
    for _try in range(3):
        answer = client.get(START)
        assert (answer.status_code, "暂时没有应答" in answer.content.decode()) == (503, True)
    assert len(service.asked) == 1, "one wait is enough for all"
    service.is_down = False
    monkeypatch.setattr(provider, "SILENT", provider.SILENT * 0)

    assert back(client, asked(client, service))["Location"] == "/"


@pytest.mark.parametrize("told", [{"issuer": "https://evil.example"}, {"token_endpoint": "http://evil.example/"}, {"jwks_uri": None}])
def test_a_service_that_says_it_is_another_or_leads_elsewhere_in_the_clear_is_not_asked(
    client: Client, service: hostile.Service, told: dict[str, Any]
) -> None:
    service.told = told

    assert client.get(START).status_code == 503


def test_who_was_stopped_stays_out(client: Client, official: UUID, service: hostile.Service) -> None:
    back(client, asked(client, service))
    Person.objects.filter(id=official).update(is_active=False)
    other = Client()

    answer = back(other, asked(other, service))

    assert "已停用" in answer.content.decode()
    assert not is_in(other)


def test_an_app_is_bound_within_a_sitting_only_by_who_knows_the_password(client: Client, official: UUID) -> None:
    enter(client)
    client.get("/account/factor/")

    wrong = client.post("/account/factor/", {"code": on_phone(official), "password": "wrong"})
    right = client.post("/account/factor/", {"code": on_phone(official), "password": PASSWORD})

    assert (wrong.status_code, "密码不对" in wrong.content.decode()) == (422, True)
    assert "恢复码" in right.content.decode()
