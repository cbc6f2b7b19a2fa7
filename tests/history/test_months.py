"""Facts lie by month; what has no month yet waits in the partition for all others, and moves when its month opens."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from django.db.utils import ProgrammingError

from zhitong.config import database as config
from zhitong.domain.history.actions import open_months, record
from zhitong.domain.history.rules import Actor
from zhitong.kit.ids import uuid7

NOBODY = Actor(None, None, None, "test")
Owner = psycopg.Connection[Any]


def where(owner: Owner) -> list[str]:
    return [name for name, *_ in rows(owner)]


def rows(owner: Owner) -> list[Any]:
    return owner.execute(
        "SELECT tableoid::regclass::text, id, xid FROM history_fact WHERE kind = 'test.happened' ORDER BY at"
    ).fetchall()


def record_at(*moments: datetime) -> None:
    for at in moments:
        record("test.happened", thing_kind="test", thing_id=uuid7(), actor=NOBODY, at=at)


def test_a_fact_lies_in_the_month_of_shanghai(fresh_database: str, owner_connection: Owner) -> None:
    record_at(datetime(2018, 4, 30, 15, 59, 59, tzinfo=UTC), datetime(2018, 4, 30, 16, 0, tzinfo=UTC))

    assert where(owner_connection) == ["history_fact_201804", "history_fact_201805"]


def test_a_fact_of_a_month_not_opened_waits_and_moves(fresh_database: str, owner_connection: Owner) -> None:
    record_at(datetime(2031, 2, 3, tzinfo=UTC), datetime(2031, 5, 3, tzinfo=UTC))
    assert where(owner_connection) == ["history_fact_other", "history_fact_other"]
    before = [row[1:] for row in rows(owner_connection)]

    with config.as_role("worker", name=fresh_database):
        opened = open_months(date(2031, 1, 15), date(2031, 3, 1))

    assert opened == 3
    assert where(owner_connection) == ["history_fact_203102", "history_fact_other"]
    assert [row[1:] for row in rows(owner_connection)] == before


def test_opening_again_opens_nothing(fresh_database: str) -> None:
    with config.as_role("worker", name=fresh_database):
        assert open_months(date(2018, 1, 1), date(2018, 12, 31)) == 0


@pytest.mark.django_db
def test_the_web_opens_no_month() -> None:
    with pytest.raises(ProgrammingError, match="permission denied for function history_open_months"):
        open_months(date(2031, 1, 1), date(2031, 1, 1))


FORBIDDEN = (
    "UPDATE history_fact SET via = 'x'", "UPDATE history_detail SET text = 'x'", "UPDATE history_fact_201804 SET via = 'x'",
    "DELETE FROM history_fact", "DELETE FROM history_detail", "DELETE FROM history_fact_201804",
    "DELETE FROM history_fact_other", "TRUNCATE history_fact", "SELECT * FROM history_fact_201804",
)


@pytest.mark.parametrize("role", ["web", "worker"])
def test_nobody_but_the_owner_changes_what_was_told(role: str, fresh_database: str) -> None:
    with psycopg.connect(**config.parameters(role, name=fresh_database), autocommit=True) as connection:
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
