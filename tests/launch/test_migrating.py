"""Migrations taken in lots leave what Django's own way leaves, and the tables are what the models say."""

from __future__ import annotations

import os
import subprocess

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, AlterField, CreateModel, RunSQL
from django.db.migrations.operations.base import Operation

from tests import databases
from zhitong.config import database as config
from zhitong.launch import database, migrating, thinning
from zhitong.launch.embedded import binaries

FIRM = CreateModel("Firm", [("id", models.UUIDField(primary_key=True))])
NAMED = AddField("firm", "name", models.TextField(default=""))
RENAMED = AlterField("firm", "name", models.CharField(max_length=9, default=""))
INDEXED = AddIndex("firm", models.Index(fields=["name"], name="firm_by_name"))
SQL = RunSQL("SELECT 1")
OWN_WORDS = {"time": "time without time zone"}


def told(operations: list[Operation]) -> list[list[Operation]]:
    """The operations of each lot; of what stands alone, a list of one."""
    return [list(one.operations) if isinstance(one, migrating.Lot) else [one] for one in migrating.lots(operations)]


@pytest.mark.parametrize(
    ("operations", "lots"),
    [
        ([FIRM, NAMED, INDEXED], [[FIRM, NAMED, INDEXED]]), ([FIRM, SQL, NAMED, INDEXED], [[FIRM], [SQL], [NAMED, INDEXED]]),
        ([NAMED, RENAMED], [[NAMED], [RENAMED]]), ([NAMED, INDEXED, RENAMED], [[NAMED, INDEXED], [RENAMED]]), ([SQL], [[SQL]]), ([], []),
    ],
)  # fmt: skip
def test_what_follows_one_another_is_a_lot_until_a_column_is_touched_again(
    operations: list[Operation], lots: list[list[Operation]]
) -> None:
    assert told(operations) == lots


@pytest.mark.django_db
def test_every_column_is_as_its_model_says() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute"
            " JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped"
        )
        kept = {(table, column): (kind, needed) for table, column, kind, needed in cursor.fetchall()}
    said = {
        (model._meta.db_table, field.column): (_type(field), not field.null)
        for model in apps.get_models(include_auto_created=True) if model._meta.managed
        for field in model._meta.local_concrete_fields
    }

    assert said
    assert {place: (kept.get(place), one) for place, one in said.items() if kept.get(place) != one} == {}


def _type(field: models.Field) -> str:  # type: ignore[type-arg]
    """The column's type in PostgreSQL's own words."""
    words = str(field.db_type(connection)).replace("varchar", "character varying").replace(", ", ",")
    one, bracket, size = words.partition("[")
    return OWN_WORDS.get(one, one) + bracket + size


@pytest.mark.prove
def test_lots_leave_the_very_schema_that_djangos_own_way_leaves(running_database: None, django_db_blocker) -> None:  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock():
        ours = _schema_after(migrating.migrate)
        djangos = _schema_after(lambda: call_command("migrate", verbosity=0, interactive=False))

    assert "CREATE TABLE public.subjects_subject" in ours
    assert ours == djangos


def _schema_after(migrate) -> str:  # type: ignore[no-untyped-def]
    """What pg_dump tells of a database that has just been migrated, without the words it makes up for each dump."""
    name = f"{databases.COPIES}{os.getpid()}_schema"
    database.drop(name)
    database.create(name)
    try:
        with config.as_role("owner", name=name):
            migrate()
        login = config.parameters("owner", name=name)
        dumped = subprocess.run(
            [binaries.installed() / "pg_dump", "--schema-only", "-h", login["host"], "-p", str(login["port"]), "-U", login["user"], name],
            env={"PGPASSWORD": login["password"]}, check=True, capture_output=True, text=True,
        )
    finally:
        database.drop(name)
    return "\n".join(line for line in dumped.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))


@pytest.mark.django_db
def test_no_index_is_the_beginning_of_another() -> None:
    assert thinning.beginnings() == []


def test_an_index_that_another_begins_with_is_taken_away_and_those_that_keep_a_law_stay(fresh_database: str) -> None:
    with config.as_role("owner", name=fresh_database):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE thin (id int PRIMARY KEY, a int, b int, c int UNIQUE);"
                "CREATE INDEX thin_a_0123abcd ON thin (a); CREATE INDEX thin_a_b ON thin (a, b);"
                "CREATE INDEX thin_b ON thin (b); CREATE INDEX thin_b_89abcdef ON thin (b);"
                "CREATE INDEX thin_a_open ON thin (a) WHERE c IS NULL; CREATE INDEX thin_c ON thin (c);"
                "ALTER TABLE thin ADD d varchar(9) UNIQUE, ADD e varchar(9);"
                "CREATE INDEX thin_d_01234567_like ON thin (d varchar_pattern_ops);"
                "CREATE INDEX thin_e_01234567_like ON thin (e varchar_pattern_ops)"
            )

        assert thinning.thin() == 4
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'thin' ORDER BY 1")
            assert [name for (name,) in cursor.fetchall()] == [
                "thin_a_b", "thin_a_open", "thin_b", "thin_c_key", "thin_d_key", "thin_e_01234567_like", "thin_pkey",
            ]
