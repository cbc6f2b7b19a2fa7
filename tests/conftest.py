"""What every test may ask for: a database as zhitong_web sees it, and a look at it through the owner's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.own_server import make_quick
from zhitong.config import database as config
from zhitong.domain.organisations.scope import present
from zhitong.launch import database

pytest_plugins = ["tests.no_network", "tests.machine", "tests.papers", "tests.clients", "tests.counting"]


@pytest.fixture(autouse=True)
def _nobody_is_left_looking() -> Iterator[None]:
    """Whoever was named to the database in a test is not there any more for the next: an unread stream would leave one."""
    yield
    assert present() is None


@pytest.fixture(scope="session", autouse=True)
def _nobody_is_paced() -> None:
    """A story is told faster than anybody works, and its clock stands still; the tests of paces set their own."""
    settings.PACES = None


@pytest.fixture(scope="session")
def running_database() -> Iterator[None]:
    """The server, held for the whole run."""
    with database.running():
        make_quick()
        yield


@pytest.fixture(scope="session")
def template_database(running_database: None, django_db_blocker: DjangoDbBlocker) -> str:
    """The name of the migrated database."""
    databases.drop_copies_of_the_dead()
    with django_db_blocker.unblock():
        return databases.template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One copy per test process; Django logs in to it as zhitong_web."""
    with databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("web", name=name):
        django_db_blocker.block()
        try:
            yield
        finally:
            django_db_blocker.restore()


@pytest.fixture
def fresh_database(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy for this test alone, where commits are real; instead of `@pytest.mark.django_db`, never with it."""
    with databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("web", name=name):
        yield name


@pytest.fixture
def owner_connection(request: pytest.FixtureRequest) -> Iterator[psycopg.Connection[Any]]:
    """The owner's own connection to this test's database: for loading, and for looking behind the second wall.

    It sees committed rows only: what a `django_db` test wrote is still under way; use `fresh_database` for that.
    """
    from django.db import connection

    if "fresh_database" not in request.fixturenames:
        request.getfixturevalue("django_db_setup")
    parameters = config.parameters("owner", name=connection.settings_dict["NAME"])
    with psycopg.connect(**parameters, autocommit=True) as owner:
        yield owner
