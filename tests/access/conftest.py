"""The world that is walked, told once for all tests of access, and who walks through it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.access.telling import WALKED_AT, tell
from tests.access.truth import Thing
from tests.access.walking import Walker
from zhitong.config import database as config
from zhitong.kit.clock import held_at


@pytest.fixture(scope="session")
def _told(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, list[Thing]]]:
    with databases.copy_of(template_database) as name:
        with django_db_blocker.unblock(), config.as_role("web", name=name):
            things = tell()
        yield name, things


@pytest.fixture
def walker(_told: tuple[str, list[Thing]], django_db_blocker: DjangoDbBlocker) -> Iterator[Walker]:
    """Who walks through the world that was told, on the morning of 3 September."""
    name, things = _told
    with django_db_blocker.unblock(), config.as_role("web", name=name), held_at(WALKED_AT):
        yield Walker(things)
