"""Databases to measure on: stocks of many problems kept between runs, and a stock to write in."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from zhitong.config import database as config
from zhitong.config import state
from zhitong.kit import progress
from zhitong.launch import database
from zhitong.launch.scratch import dropped_afterwards

STOCK = "zhitong_stock_"
COPIED_UP_TO = 4 * 2**30
"""Bytes of a stock that is copied before something is written in it; in a larger one what a bench writes stays."""


@contextmanager
def written_in(stock_name: str) -> Iterator[tuple[str, bool]]:
    """A stock that may be written in, and whether it is a copy: a small one is copied and the copy dropped at the end."""
    size = bytes_of(stock_name)
    if size > COPIED_UP_TO or shutil.disk_usage(state.folder()).free < 2 * size:
        yield stock_name, False
        return
    with dropped_afterwards() as name:
        with progress.step(f"复制测试用的库（{size / 2**20:,.0f} MiB）"):
            database.create_from_template(name, stock_name, by_files=True)
        yield name, True


def stock_name(scale: int) -> str:
    """What the kept database for so many problems is called: its tables are those of today."""
    return f"{STOCK}{digest_of_tables()}_{scale}"


def drop_stocks_of_other_days() -> None:
    """Drop stocks whose tables are not those of today."""
    for other in database.names(STOCK):
        if not other.startswith(f"{STOCK}{digest_of_tables()}_"):
            database.drop(other)


def digest_of_tables() -> str:
    """Which migrations there are, in eight signs."""
    from django.db.migrations.loader import MigrationLoader

    known = sorted(MigrationLoader(None).disk_migrations or {})
    return hashlib.sha256(repr(known).encode()).hexdigest()[:8]


def bytes_of(name: str) -> int:
    """What a database takes on disk."""
    with psycopg.connect(**config.parameters("owner", name=name)) as connection:
        row = connection.execute("SELECT pg_database_size(%s)", [name]).fetchone()
    assert row is not None, "a size is one row"
    return int(row[0])
