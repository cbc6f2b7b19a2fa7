"""A sealed history told by several units, and its auditors: of the province, of a city and of a park."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.cast import viewer
from tests.following import wait_for_older_ones
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.actions import record
from zhitong.domain.history.actions.checking import check_on
from zhitong.domain.history.actions.sealing import seal_next
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.seals import Algorithm
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post
from zhitong.kit.clock import held_at
from zhitong.kit.ids import uuid7

NUMBER = "冀-南大港-2018-000001"
AUDITORS = {"province_auditor": "13-office", "city_auditor": "1309-office", "park_auditor": "130973400-office"}
TELLERS = ("firm", "park", "city", "province", "outsider", "park_auditor")


@dataclass(frozen=True)
class Told:
    """The database and the facts told in it, by who told them; `sealed_complaint` is the park's."""

    database: str
    facts: dict[str, UUID]
    sealed_complaint: UUID
    clocks: UUID


@pytest.fixture(scope="module")
def told(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    """Commits are real here, for what is under way is not sealed; nobody takes anything back."""
    with databases.copy_of(template_database) as name, django_db_blocker.unblock():
        with config.as_role("owner", name=name), held_at(NOW):
            found = _tell(name)
            _seal()
        with config.as_role("web", name=name):
            yield found


@pytest.fixture(autouse=True)
def day_of_the_story() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with held_at(NOW):
        yield


def _tell(name: str) -> Told:
    seat([
        Seat(login=login, name=f"演示{login}", password=None, post_id=_post(unit), since=date(2018, 1, 1))
        for login, unit in AUDITORS.items()
    ])
    facts = {login: _one(viewer(login).actor("web")) for login in TELLERS}
    complaint = _one(viewer("park").actor("web"), thing_kind="complaint")
    return Told(name, facts, complaint, _one(Actor(None, None, None, "work")))


def _one(actor: Actor, thing_kind: str = "problem") -> UUID:
    return record(
        "problem.replied", thing_kind=thing_kind, thing_id=uuid7(), actor=actor, at=NOW, body={"number": NUMBER},
        details={"text": "不该看到的话"},
    )


def _seal() -> None:
    wait_for_older_ones()
    while seal_next(algorithm=Algorithm.SM3, now=NOW):
        pass
    while check_on(now=NOW):
        pass


def _post(unit: str) -> UUID:
    return Post.objects.filter(unit__code=unit, kind="auditor").values_list("id", flat=True).get()
