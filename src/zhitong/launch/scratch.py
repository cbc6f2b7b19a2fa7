"""A database for one purpose, dropped at the end; what killed commands left behind is dropped first."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhitong.config import database as config
from zhitong.config import state
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


def state_folder(name: str, folder: Path) -> Path:
    """A state folder that leads to a database of ours, with our own keys: sessions made and columns sealed here open there."""
    home = folder / "state"
    home.mkdir(mode=0o700)
    state.write_private(home / "database.json", json.dumps({**(config.logins() or {}), "name": name}))
    state.write_private(home / "secret_key", state.secret_key())
    state.write_private(home / "data_keys", state.data_keys())
    return home
