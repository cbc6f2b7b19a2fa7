"""What every answer says to browsers, what cookies carry, and what is refused before any view is asked (ASVS 5.0 3, 4, 13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from tests.web.stories import signed_in
from tests.websec.addresses import taking_forms
from tests.websec.requests import LOOKS, MOST_BYTES, REFUSED_EARLY
from tests.world import NOW, PASSWORD
from zhitong.config.urls import urlpatterns as ours
from zhitong.domain.organisations.models import Person
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALWAYS = {
    "Content-Security-Policy": r"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": r"camera=\(\), geolocation=\(\), microphone=\(\), payment=\(\)",
    "X-Request-Id": r"[0-9a-f-]{36}",
}
WHERE = {
    "a page of the signed-in": ("park", "/", 200),
    "a list": ("park", "/problems/", 200),
    "sign-in": ("", "/sign-in/", 200),
    "the way to sign-in": ("", "/problems/", 302),
    "nothing there": ("park", "/nothing/", 404),
    "not his": ("outsider", "/accounts/waits/", 404),
    "the wrong method": ("park", "/sign-out/", 405),
    "the API without a key": ("", "/api/v1/problems", 401),
    "the document of the API": ("", "/api/v1/openapi.json", 200),
    "open data without a key": ("", "/odata/v4/", 401),
    "an accident": ("park", "/-broken/", 500),
}
"""By name: who asks, what, and what comes back."""


def broken(request: Any) -> None:
    """A view with a fault in it."""
    raise RuntimeError("the inside of the house: SELECT secret FROM somewhere")


class Urls:
    """Our addresses and one that breaks."""

    urlpatterns = [path("-broken/", broken), *ours]
    handler400, handler500 = "zhitong.web.shell.readable.unreadable", "zhitong.web.shell.tracing.broken"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Friday 27 April 2018, with an address that breaks."""
    with held_at(NOW), override_settings(ROOT_URLCONF=Urls):
        yield


def browser(login: str) -> Client:
    client = signed_in(login) if login else Client()
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("name", WHERE)
def test_every_answer_tells_browsers_to_trust_nothing_but_us(name: str) -> None:
    login, address, status = WHERE[name]

    answer = browser(login).get(address)

    assert answer.status_code == status
    wrong = {head: answer.get(head) for head, said in ALWAYS.items() if not re.match(said, answer.get(head, ""))}
    assert wrong == {}
    assert "Strict-Transport-Security" not in answer
    if login and status == 200:
        assert {"private", "no-store"} <= set(re.split(r",\s*", answer["Cache-Control"]))
    for leak in ("Server", "X-Powered-By"):
        assert leak not in answer


def test_under_https_browsers_stay_there() -> None:
    """Asked of the layer itself: it reads the setting when it is built."""
    with override_settings(SECURE_HSTS_SECONDS=365 * 86400):
        layer = SecurityMiddleware(lambda request: HttpResponse())

    answer = layer(RequestFactory().get("/", secure=True))

    assert "max-age=31536000" in answer["Strict-Transport-Security"]


def test_under_https_cookies_go_nowhere_else() -> None:
    with override_settings(
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"), USES_HTTPS=True, SESSION_COOKIE_SECURE=True,
        CSRF_COOKIE_SECURE=True, PASSWORD_HASHERS=QUICK,
    ):
        Person.objects.filter(login="park").update(password=make_password(PASSWORD))
        client = Client(headers={"X-Forwarded-Proto": "https"})
        cookies = {**client.get("/sign-in/").cookies, **client.post("/sign-in/", {"login": "park", "password": PASSWORD}).cookies}

    assert {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME} <= cookies.keys()
    for name, cookie in cookies.items():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, True, "Lax", ""), name


def test_no_form_is_taken_without_its_token() -> None:
    """Every address that takes forms refuses one that another site has sent; programs bring keys, not cookies."""
    client = Client(enforce_csrf_checks=True)
    addresses = sorted(taking_forms())

    statuses = {address: client.post(address, {"a": "b"}).status_code for address in addresses}

    assert len(addresses) > 200
    assert {address: status for address, status in statuses.items() if status != 403} == {}


def test_what_is_too_big_is_told_by_the_setting() -> None:
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == MOST_BYTES


@pytest.mark.parametrize("name", REFUSED_EARLY)
def test_what_cannot_be_a_form_is_refused_on_a_page_of_ours(name: str) -> None:
    sent, status = REFUSED_EARLY[name]

    answer = browser("").post(**sent)

    assert answer.status_code == status
    assert_is_ours(answer)


@pytest.mark.parametrize("name", LOOKS)
def test_a_strange_look_is_answered_as_any_other(name: str) -> None:
    address, headers, status = LOOKS[name]

    answer = browser("" if "Cookie" in headers else "park").get(address, headers=headers)

    assert answer.status_code == status
    assert "evil.example" not in answer.content.decode()
    if status >= 400:
        assert_is_ours(answer)


def assert_is_ours(answer: Any) -> None:
    """A page in Chinese with the next step, and nothing of the inside."""
    text = answer.content.decode()
    assert 'lang="zh' in text
    assert "回到首页" in text
    for inside in ("Traceback", "django", "SELECT", "RuntimeError", "zhitong.", "/src/", "DisallowedHost"):
        assert inside not in re.sub(r'(href|src)="[^"]*"', "", text), inside


def test_the_page_of_an_accident_shows_its_number_and_nothing_of_the_inside() -> None:
    answer = browser("park").get("/-broken/")

    text = answer.content.decode()
    assert "编号" in text
    assert re.search(r"<b>[0-9A-Za-z-]{4,}</b>", text)
    assert_is_ours(answer)


@pytest.mark.parametrize(("login", "address", "status"), [
    ("park", "/nothing/", 404), ("park", "/sign-out/", 405), ("outsider", "/accounts/waits/", 404),
])
def test_errors_have_pages_of_ours(login: str, address: str, status: int) -> None:
    answer = browser(login).get(address)

    assert answer.status_code == status
    assert_is_ours(answer)


@pytest.mark.parametrize("next_address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(next_address: str) -> None:
    answer = Client().post(f"/sign-in/?next={next_address}", {"login": "park", "password": PASSWORD, "next": next_address})

    assert "evil" not in answer.get("Location", "")
    assert "javascript" not in answer.get("Location", "")
