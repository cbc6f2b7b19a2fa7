"""The second wall around files (R-E5): a waiting file is its unit's, an attached one is seen through its thing alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from tests.cast import Story, viewer
from tests.files.keeping import TABLES, attached, counts, stored
from zhitong.domain.files.queries import open_file, small_picture
from zhitong.domain.organisations.beside import kinds_with_files
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.refusals import NotFound

Raise = Callable[..., Story]
SEES = "firm park park_office zone zone_office city city_office province province_office".split()
SEES_NOT = "other_firm neighbour outsider".split()


@pytest.mark.django_db
@pytest.mark.parametrize("login", [*SEES, *SEES_NOT])
def test_a_waiting_file_is_its_units_alone(login: str) -> None:
    [file] = stored()

    with acting_as(viewer(login)):
        seen = counts()
        if login == "firm":
            assert seen == {"files_file": 1, "files_attachment": 0, "files_content": 1}
            return
        assert seen == dict.fromkeys(TABLES, 0)
        with pytest.raises(NotFound):
            open_file(file.id)


@pytest.mark.django_db
@pytest.mark.parametrize("login", [*SEES, *SEES_NOT])
def test_an_attached_file_is_seen_through_its_problem_alone(raised: Raise, login: str) -> None:
    story, [file] = raised(), stored()
    attached(story.problem_id, file)

    with acting_as(viewer(login)):
        if login in SEES:
            assert counts() == dict.fromkeys(TABLES, 1)
            assert b"".join(open_file(file.id)[1])
            return
        assert counts() == dict.fromkeys(TABLES, 0)
        with pytest.raises(NotFound):
            open_file(file.id)
        with pytest.raises(NotFound):
            small_picture(file.id)


@pytest.mark.django_db
def test_equal_bytes_open_through_ones_own_file_and_do_not_tell_of_the_other(raised: Raise) -> None:
    story, [mine], [theirs] = raised(), stored("firm"), stored("outsider", "同一张.jpg")
    attached(story.problem_id, mine)

    with acting_as(viewer("outsider")):
        assert mine.digest == theirs.digest
        assert counts() == {"files_file": 1, "files_attachment": 0, "files_content": 1}
        with pytest.raises(NotFound):
            open_file(mine.id)


@pytest.mark.django_db
def test_raw_sql_cannot_attach_a_strangers_file_nor_file_beside_an_unseen_thing(raised: Raise) -> None:
    story, [file], [own] = raised(), stored(), stored("outsider")
    beside = "INSERT INTO files_attachment (file_id, thing_kind, thing_id, position, caption) VALUES (%s, 'problem', %s, 0, '')"

    with acting_as(viewer("outsider")), connection.cursor() as cursor:
        with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused, transaction.atomic():
            _raw(cursor, beside, file.id, story.problem_id)
        assert "files_attachment" in str(refused.value)
        _raw(cursor, beside, own.id, story.problem_id)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction.atomic():
            _raw(cursor, "UPDATE files_file SET attached_at = uploaded_at WHERE id = %s", own.id)


@pytest.mark.django_db
@pytest.mark.parametrize(("statement", "refusal"), [
    ("INSERT INTO files_content (digest, body) VALUES (repeat('0', 64), 'x')", psycopg.errors.CheckViolation),
    ("UPDATE files_content SET body = 'x'", psycopg.errors.InsufficientPrivilege),
    ("UPDATE files_file SET digest = repeat('0', 64)", psycopg.errors.InsufficientPrivilege),
    ("DELETE FROM files_file", psycopg.errors.InsufficientPrivilege),
])  # fmt: skip
def test_raw_sql_cannot_leave_other_bytes_under_a_name(statement: str, refusal: type[Exception]) -> None:
    stored()

    with acting_as(viewer("firm")), connection.cursor() as cursor, pytest.raises(refusal), transaction.atomic():
        _raw(cursor, statement)


@pytest.mark.django_db
def test_what_the_wall_shows_files_of_the_rooms_open_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT substr(policyname, 9) FROM pg_policies WHERE policyname LIKE 'seen\\_as\\_%'")
        assert {kind for (kind,) in cursor.fetchall()} == kinds_with_files()


def _raw(cursor: Any, statement: str, *values: object) -> None:
    """Run a statement; the database's own refusal, not Django's wrapping of it."""
    try:
        cursor.execute(statement, values)
    except Exception as error:
        raise error.__cause__ or error from None
