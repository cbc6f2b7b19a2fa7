"""A database for one purpose, dropped at the end; what killed commands left behind is dropped first."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhitong.config import database as config
from zhitong.kit import progress
from zhitong.launch import database

PREFIX = "zhitong_bench_"


@contextmanager
def scratch() -> Iterator[str]:
    """A migrated database of our own, dropped at the end."""
    from zhitong.launch import migrating

    with dropped_afterwards() as name:
        database.create(name)
        with config.as_role("owner", name=name), progress.step("准备测试场地：数据表"):
            migrating.apply()
        yield name


@contextmanager
def dropped_afterwards() -> Iterator[str]:
    """A name for a database that is dropped at the end, whatever happens."""
    for left in database.names(PREFIX):
        if not Path(f"/proc/{left.removeprefix(PREFIX).split('_')[0]}").exists():
            database.drop(left)
    name = f"{PREFIX}{os.getpid()}_{secrets.token_hex(3)}"
    try:
        yield name
    finally:
        database.drop(name)
