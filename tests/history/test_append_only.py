"""What was told stands: the owner of the tables neither changes nor removes nor empties it (R: 等保三级, 安全审计)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from zhitong.config import database as config
from zhitong.domain.history.actions import erase_details, open_months, record
from zhitong.domain.history.actions.sealing import seal_next
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.seals import Algorithm
from zhitong.kit.ids import uuid7

Owner = psycopg.Connection[Any]
NOBODY = Actor(None, None, None, "test")
AT = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)

REFUSED = (
    "UPDATE history_fact SET via = 'x'", "UPDATE history_fact SET xid = '1'", "DELETE FROM history_fact",
    "UPDATE history_fact_201804 SET via = 'x'", "DELETE FROM history_fact_201804",
    "TRUNCATE history_fact", "TRUNCATE history_fact_201804", "TRUNCATE history_fact_other",
    "UPDATE history_detail SET text = 'x'", "UPDATE history_detail SET text = NULL", "DELETE FROM history_detail",
    "TRUNCATE history_detail", "UPDATE history_seal SET at = at", "DELETE FROM history_seal", "TRUNCATE history_seal",
)
REFUSED_IN_SPITE_OF_A_PURPOSE = (
    ("erase", "UPDATE history_detail SET text = 'x'"), ("erase", "UPDATE history_detail SET text = NULL, salt = ''"),
    ("erase", "DELETE FROM history_detail"), ("erase", "UPDATE history_fact SET via = 'x'"),
    ("settle", "UPDATE history_fact SET xid = '1', via = 'x'"), ("settle", "DELETE FROM history_fact"),
    ("move", "DELETE FROM history_fact_201804"), ("move", "UPDATE history_fact SET xid = '1'"),
    ("move", "UPDATE history_seal SET at = at"),
)


@pytest.fixture
def told(fresh_database: str) -> None:
    record("test.happened", thing_kind="test", thing_id=uuid7(), actor=NOBODY, at=AT, details={"text": "话"})
    with config.as_role("worker", name=fresh_database):
        assert seal_next(algorithm=Algorithm.SHA256, now=AT) > 0


def test_the_owner_changes_nothing(told: None, owner_connection: Owner) -> None:
    for statement in REFUSED:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="history is only appended to"):
            owner_connection.execute(statement)


def test_a_purpose_allows_no_more_than_it_says(told: None, owner_connection: Owner) -> None:
    for purpose, statement in REFUSED_IN_SPITE_OF_A_PURPOSE:
        owner_connection.execute("SELECT set_config('zhitong.history', %s, false)", [purpose])
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="history is only appended to"):
            owner_connection.execute(statement)


def test_a_month_opened_later_is_kept_as_well(fresh_database: str, owner_connection: Owner) -> None:
    record("test.happened", thing_kind="test", thing_id=uuid7(), actor=NOBODY, at=datetime(2031, 2, 3, tzinfo=UTC))
    with config.as_role("worker", name=fresh_database):
        assert open_months(datetime(2031, 2, 1, tzinfo=UTC).date(), datetime(2031, 2, 1, tzinfo=UTC).date()) == 1

    for statement in ("TRUNCATE {}", "DELETE FROM {}", "UPDATE {} SET via = 'x'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="history is only appended to"):
            owner_connection.execute(statement.format("history_fact_203102"))


@pytest.mark.parametrize("role", ["web", "worker"])
def test_seals_are_read_by_auditors_and_written_by_the_worker(role: str, told: None, fresh_database: str) -> None:
    with psycopg.connect(**config.parameters(role, name=fresh_database), autocommit=True) as connection:
        for statement in ("UPDATE history_seal SET at = at", "DELETE FROM history_seal", "TRUNCATE history_seal"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        [[seen]] = connection.execute("SELECT count(*) FROM history_seal").fetchall()
        connection.execute("SELECT set_config('zhitong.audit', 'on', false)")
        [[audited]] = connection.execute("SELECT count(*) FROM history_seal").fetchall()

    assert (seen > 0, audited > 0) == (role == "worker", True)


def test_erasing_leaves_a_fact_that_names_what_was_erased(told: None) -> None:
    from django.db import connection, transaction

    thing = uuid7()
    with transaction.atomic():
        fact_id = record("test.happened", thing_kind="test", thing_id=thing, actor=NOBODY, at=AT, details={"text": "话"})
        assert erase_details(thing, actor=NOBODY, at=AT) == 1
        assert erase_details(thing, actor=NOBODY, at=AT) == 0
    with psycopg.connect(**config.parameters("owner", name=connection.settings_dict["NAME"])) as owner:
        found = owner.execute("SELECT body -> 'details' FROM history_fact WHERE kind = 'history.erased'").fetchall()

    assert found == [([[str(fact_id), "text"]],)]
