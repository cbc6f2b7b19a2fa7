"""Browsers of people who sign in by name and password, with hashes that cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.accounts.conftest import PASSWORD, seated
from tests.cast import NOW
from zhitong.domain.accounts.models import Factor
from zhitong.domain.accounts.queries.factors import secret_of
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.rules.one_time import code_at, step_of
from zhitong.kit import clock

Enter = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def quick_hashes_on_the_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is 27 April 2018, 15:40."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def official(db: None) -> UUID:
    """Who works in 任丘市."""
    return seated("wang", "130982-industry", "officer")


@pytest.fixture
def administrator(db: None) -> UUID:
    """Who administers 任丘市."""
    return seated("guan", "130982-office", "administrator")


def enter(client: Client, login: str = "wang", password: str = PASSWORD, **more: str) -> HttpResponse:
    """Send the form of sign-in."""
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def on_phone(person_id: UUID, *, steps: int = 0) -> str:
    """What the app on somebody's phone shows now, or some steps later."""
    with known_as(person_id):
        salt = Factor.objects.values_list("salt", flat=True).get(person_id=person_id)
    return code_at(secret_of(bytes(salt)), step_of(clock.world_now()) + steps)


def is_in(client: Client) -> bool:
    """Whether pages open."""
    return client.get("/account/").status_code == 200
