"""Stages of a filling: each is one transaction, remembered with what it took, and never done twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import connection, transaction

from zhitong.kit import progress


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that is over: its group ("begin", "load", "index" …), what it was, its seconds, the bytes the database grew by."""

    group: str
    name: str
    seconds: float
    grown: int


def begin() -> None:
    """Have a place to remember stages in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_stage (number serial, group_name text, name text PRIMARY KEY,"
            " seconds double precision, grown bigint)"
        )


def has_begun() -> bool:
    """Whether this database has a place to remember stages in: its tables are there then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_stage') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def done() -> list[Stage]:
    """The stages that are over, in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT group_name, name, seconds, grown FROM bench_stage ORDER BY number")
        return [Stage(*row) for row in cursor.fetchall()]


def once(group: str, name: str, do: Callable[[progress.Step], object], *, bare: bool = False) -> None:
    """Do a stage unless it is over; killed in its midst it has not happened. `bare` ones bear no transaction."""
    if any(stage.name == name for stage in done()):
        return
    with progress.step(name) as step:
        began, before = time.monotonic(), size()
        with nullcontext() if bare else transaction.atomic():
            do(step)
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO bench_stage (group_name, name, seconds, grown) VALUES (%s, %s, %s, %s)",
                    [group, name, time.monotonic() - began, size() - before],
                )


def size() -> int:
    """The bytes of this database on disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
