"""The three administrators of the province and of 任丘, and the worker whose hand does what terms say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import viewer
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.clock import held_at

KEEPERS = {
    "guard": ("13-office", "security"), "auditor": ("13-office", "auditor"), "admin": ("13-office", "administrator"),
    "county_guard": ("130982-office", "security"), "county_admin": ("130982-office", "administrator"),
    "far_admin": ("130123-office", "administrator"),
}


def seat_keepers() -> None:
    """Seat them (as the owner)."""
    seat([
        Seat(
            login=login, name=f"演示{login}", password=None, since=date(2018, 1, 1),
            post_id=Post.objects.filter(unit__code=unit, kind=kind).values_list("id", flat=True)[0],
        )
        for login, (unit, kind) in KEEPERS.items()
    ])


@contextmanager
def worker(name: str) -> Iterator[None]:
    """At work as the worker in a database."""
    with config.as_role("worker", name=name), held_at(NOW):
        yield


def does(login: str, act: Any, /, **said: Any) -> Any:
    """Let somebody do an act."""
    who = viewer(login)
    with acting_as(who):
        return act(who, **said, actor=who.actor("test"), now=NOW)


@pytest.fixture
def kept_world(fresh_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of its own in which the administrators sit; acts are the web's."""
    with django_db_blocker.unblock(), config.as_role("owner", name=fresh_database):
        seat_keepers()
    with django_db_blocker.unblock(), config.as_role("web", name=fresh_database), held_at(NOW):
        yield fresh_database


@pytest.fixture
def keepers(db: None) -> Iterator[None]:
    """The administrators sit, in a test that takes everything back."""
    seat_keepers()
    with held_at(NOW):
        yield
