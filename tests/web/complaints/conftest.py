"""People at their screens around a complaint of the firm of 南大港 against the park's 经发局."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tests.cast import official_of
from tests.complaints.conftest import bring as bring
from tests.problems.conftest import raised as raised
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.organisations.models import Person
from zhitong.kit import clock

AtScreen = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _april() -> Iterator[None]:
    """Pages are looked at on the afternoon of the stories."""
    with clock.held_at(NOW):
        yield


@pytest.fixture
def at_screen(db: None) -> AtScreen:
    """A browser of a member of the cast by login, or of somebody new of a unit by its code."""

    def sign_in(name: str) -> Client:
        if "-" not in name:
            return signed_in(name)
        client = Client()
        client.force_login(Person.objects.get(id=official_of(name).person_id))
        return client

    return sign_in
