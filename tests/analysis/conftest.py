"""The small world with problems on their way, one copy of the database for all tests of a file that only look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.analysis.worlds import hurting_world, told_world
from tests.cast import Story
from tests.problems.conftest import raised as raised
from zhitong.config import database as config


@pytest.fixture(scope="module")
def _told(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, list[Story]]]:
    with databases.copy_of(template_database) as name:
        with django_db_blocker.unblock(), config.as_role("web", name=name):
            stories = told_world()
        yield name, stories


@pytest.fixture
def world(_told: tuple[str, list[Story]], django_db_blocker: DjangoDbBlocker) -> Iterator[list[Story]]:
    """The stories of `told_world`, to be looked at; instead of `@pytest.mark.django_db`, never with it."""
    with django_db_blocker.unblock(), config.as_role("web", name=_told[0]):
        yield _told[1]


@pytest.fixture(scope="module")
def _hurting(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with databases.copy_of(template_database) as name:
        with django_db_blocker.unblock(), config.as_role("web", name=name):
            hurting_world()
        yield name


@pytest.fixture
def hurt(_hurting: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The matters of `hurting_world`, to be looked at; instead of `@pytest.mark.django_db`, never with it."""
    with django_db_blocker.unblock(), config.as_role("web", name=_hurting):
        yield
