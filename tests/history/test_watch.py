"""Facts watched as they are committed: none twice, none passed by, none waiting for another's transaction."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.watch import Watch
from zhitong.kit.ids import uuid7

FACT = """
INSERT INTO history_fact (id, at, kind, thing_kind, thing_id, via, body, digests) VALUES (%s, %s, 'x', 'x', %s, 'system', '{}', '{}')
"""


@pytest.fixture(scope="module")
def of_its_own(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database where commits are real."""
    with databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("worker", name=name):
        yield name


@pytest.fixture
def early(of_its_own: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(**config.parameters("owner", name=of_its_own)) as one:
        yield one


@pytest.fixture
def late(of_its_own: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(**config.parameters("owner", name=of_its_own)) as one:
        yield one


def write(who: psycopg.Connection, times: int = 1) -> list[UUID]:
    facts = [uuid7() for _ in range(times)]
    for one in facts:
        who.execute(FACT, [one, NOW, uuid7()])
    return facts


def test_what_was_before_is_passed_by_and_a_fact_comes_once(early: psycopg.Connection) -> None:
    write(early)
    early.commit()
    watch = Watch()
    new = write(early)

    assert watch.read(most=9) == []
    early.commit()
    assert [fact.id for fact in watch.read(most=9)] == new
    assert watch.read(most=9) == []


def test_an_older_transaction_holds_nothing_back_and_is_seen_when_it_ends(
    early: psycopg.Connection, late: psycopg.Connection
) -> None:
    watch = Watch()
    first = write(early)
    second = write(late)
    late.commit()

    assert [fact.id for fact in watch.read(most=9)] == second
    early.commit()
    assert [fact.id for fact in watch.read(most=9)] == first
    assert watch.read(most=9) == []


def test_one_running_when_the_watch_began_is_seen_when_it_ends(early: psycopg.Connection, late: psycopg.Connection) -> None:
    first = write(early)
    watch = Watch()
    second = write(late)
    late.commit()
    early.commit()

    assert {fact.id for fact in watch.read(most=9)} == {*first, *second}
    assert watch.read(most=9) == []


def test_more_than_is_read_at_once_is_read_in_turn_and_newer_ones_after(
    early: psycopg.Connection, late: psycopg.Connection
) -> None:
    watch = Watch()
    many = write(early, times=5)
    early.commit()
    read = [fact.id for fact in watch.read(most=2)]
    newer = write(late)
    late.commit()
    for _ in range(3):
        read += [fact.id for fact in watch.read(most=2)]

    assert sorted(read) == sorted([*many, *newer])
    assert read[-1:] == newer
    assert watch.read(most=2) == []
