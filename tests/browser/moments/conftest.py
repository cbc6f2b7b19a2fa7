"""One site for all moments of a module: each begins with matters of its own, none counts on what another left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.browser.conftest import serving
from zhitong.config import database as config


@pytest.fixture(scope="module")
def address(
    template_database: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where the small world is served."""
    with (
        databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("web", name=name),
        serving(name, tmp_path_factory.mktemp("moments")) as serve,
    ):
        yield serve()
