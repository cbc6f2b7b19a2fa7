"""People at their screens, and the numbers of the problems they look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Story, acting
from tests.problems.conftest import raised as raised
from tests.world import NOW
from zhitong.domain.calendars.queries import forget_calendar
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.models import Problem
from zhitong.kit import clock


@pytest.fixture(autouse=True)
def _april() -> Iterator[None]:
    """Pages are looked at on the afternoon of the stories."""
    with clock.held_at(NOW):
        yield


@pytest.fixture
def at_desk() -> Callable[[str], Client]:
    """A browser in which a member of the cast has signed in: `at_desk("park")`."""

    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(login=login))
        return client

    return sign_in


@pytest.fixture
def address_of() -> Callable[..., str]:
    """The address of a story's problem, or of an act on it."""

    def find(story: Story, act: str = "", reporter: str = "firm") -> str:
        with acting(reporter):
            number = Problem.objects.values_list("number", flat=True).get(id=story.problem_id)
        return f"/problems/{number}/{act}/" if act else f"/problems/{number}/"

    return find


@pytest.fixture
def queries_of() -> Callable[[Client, str], int]:
    """How many queries an address costs once everything that is kept has been read."""

    def ask(client: Client, address: str) -> int:
        forget_calendar()  # it is kept for a minute, which may be over between the two
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return ask
