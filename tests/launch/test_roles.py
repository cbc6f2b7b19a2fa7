"""What the three login roles may and may not do."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from zhitong.config import database as config


@pytest.mark.django_db
def test_the_suite_works_as_web() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")

        assert cursor.fetchone() == ("zhitong_web",)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "forbidden", ["CREATE TABLE mine (id int)", "DROP TABLE django_session", "TRUNCATE django_session"]
)
def test_web_may_not_change_what_the_owner_made(forbidden: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forbidden)


def test_no_login_role_can_step_over_row_rules(owner_connection: psycopg.Connection[Any]) -> None:
    rows = owner_connection.execute(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname LIKE 'zhitong\\_%' "
        "AND rolname <> 'zhitong_admin' ORDER BY rolname"
    ).fetchall()

    assert rows == [("zhitong_owner", False), ("zhitong_web", False), ("zhitong_worker", False)]


def test_a_fresh_database_commits_for_real(fresh_database: str, owner_connection: psycopg.Connection[Any]) -> None:
    Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now())

    assert owner_connection.execute("SELECT session_key FROM django_session").fetchall() == [("kept",)]


def test_the_worker_sees_what_web_wrote(fresh_database: str) -> None:
    Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now())

    with psycopg.connect(**config.parameters("worker", name=fresh_database)) as worker:
        assert worker.execute("SELECT count(*) FROM django_session").fetchone() == (1,)
