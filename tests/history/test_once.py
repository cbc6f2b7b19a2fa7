"""An act sent twice happens once; the twin waits and gets the stored answer; a refusal stores nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from tests.races import race
from tests.world import NOW
from zhitong.domain.history.actions import forget_outcomes, once
from zhitong.domain.history.models import Outcome
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, Refused

SOMEBODY, SOMEBODY_ELSE = uuid7(), uuid7()


@contextmanager
def named(person: UUID) -> Iterator[None]:
    """The person named to the database, as `acting_as` does it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.person', %s, true)", [str(person)])
        yield


def send(content: bytes = b"form", happened: list[int] | None = None, key: str = "k1") -> tuple[Any, bool]:
    def act() -> dict[str, int]:
        if happened is not None:
            happened.append(1)
        return {"problem": 7}

    with named(SOMEBODY):
        return once(actor_id=SOMEBODY, key=key, request=content, now=NOW, act=act)


@pytest.mark.django_db
def test_the_second_time_gets_the_first_answer() -> None:
    happened: list[int] = []

    assert send(happened=happened) == ({"problem": 7}, True)
    assert send(happened=happened) == ({"problem": 7}, False)
    assert happened == [1]


@pytest.mark.django_db
def test_the_same_key_with_another_content_is_refused() -> None:
    send()

    with pytest.raises(BadInput, match="这个幂等键已用于另一份内容。请换一个新的键再提交"):
        send(b"another form")


@pytest.mark.django_db
def test_two_people_may_use_the_same_key() -> None:
    send()

    with named(SOMEBODY_ELSE):
        assert once(actor_id=SOMEBODY_ELSE, key="k1", request=b"other", now=NOW, act=lambda: 8) == (8, True)


@pytest.mark.django_db
def test_an_outcome_is_seen_by_its_actor_alone() -> None:
    send()

    with named(SOMEBODY_ELSE):
        assert Outcome.objects.count() == 0
    with named(SOMEBODY):
        assert Outcome.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_act_stores_nothing_and_may_come_again() -> None:
    def refuse() -> None:
        raise Refused("现在不行。")

    with named(SOMEBODY):
        with pytest.raises(Refused):
            once(actor_id=SOMEBODY, key="k1", request=b"form", now=NOW, act=refuse)

        assert Outcome.objects.count() == 0
    assert send() == ({"problem": 7}, True)


@pytest.mark.django_db
def test_outcomes_are_kept_thirty_days() -> None:
    send()

    assert forget_outcomes(now=NOW + timedelta(days=30)) == 0
    assert forget_outcomes(now=NOW + timedelta(days=31)) == 1


def test_a_twin_waits_and_gets_the_stored_answer(
    fresh_database: str, owner_connection: psycopg.Connection[Any]
) -> None:
    happened: list[int] = []

    first, twin = race(owner_connection, lambda: send(happened=happened), lambda: send(happened=happened))

    assert (first, twin) == (({"problem": 7}, True), ({"problem": 7}, False))
    assert happened == [1]


def test_a_twin_of_another_content_waits_and_is_refused(
    fresh_database: str, owner_connection: psycopg.Connection[Any]
) -> None:
    _, refused = race(owner_connection, send, lambda: send(b"another form"))

    assert isinstance(refused, BadInput)


def test_a_twin_acts_itself_where_the_first_was_refused(
    fresh_database: str, owner_connection: psycopg.Connection[Any]
) -> None:
    def refused() -> None:
        send()
        raise Refused("后来不行。")

    lost, won = race(owner_connection, refused, send)

    assert isinstance(lost, Refused)
    assert won == ({"problem": 7}, True)
