"""Databases to measure on: a scratch one that is dropped, and stocks of many problems that are kept between runs."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhitong.config import database as config
from zhitong.kit import progress
from zhitong.launch import database

PREFIX, STOCK = "zhitong_bench_", "zhitong_stock_"


@contextmanager
def scratch() -> Iterator[str]:
    """A migrated database of our own, dropped at the end; what killed benches left behind is dropped first."""
    from zhitong.launch import migrating

    for left in database.names(PREFIX):
        if not Path(f"/proc/{left.removeprefix(PREFIX).split('_')[0]}").exists():
            database.drop(left)
    name = f"{PREFIX}{os.getpid()}_{secrets.token_hex(3)}"
    database.create(name)
    try:
        with config.as_role("owner", name=name), progress.step("准备测试场地：数据表"):
            migrating.apply()
        yield name
    finally:
        database.drop(name)


def stock(scale: int) -> str:
    """The name of the kept database for so many problems, migrated; one with the tables of another day is dropped."""
    from zhitong.launch import migrating

    name = f"{STOCK}{_digest_of_tables()}_{scale}"
    for other in database.names(STOCK):
        if not other.startswith(f"{STOCK}{_digest_of_tables()}_"):
            database.drop(other)
    if name not in database.names(STOCK):
        database.create(name)
    with config.as_role("owner", name=name), progress.step(f"准备 {scale:,} 个问题的库：数据表"):
        migrating.apply()
    return name


def _digest_of_tables() -> str:
    from django.db.migrations.loader import MigrationLoader

    known = sorted(MigrationLoader(None).disk_migrations or {})
    return hashlib.sha256(repr(known).encode()).hexdigest()[:8]
