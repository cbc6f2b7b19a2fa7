"""kill -9 in the midst of a storm: by turns a process of the storm and a backend of PostgreSQL, which then recovers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import psycopg

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.kit.trouble import Trouble

BACK_WITHIN = 60.0
"""So many seconds a killed server has to come back."""


class NotOurServer(Trouble):
    """Backends can be killed of the embedded server only."""


def require_own_server() -> None:
    """Raises NotOurServer: another server is named, whose other users would suffer."""
    if environment.text("ZHITONG_DATABASE_URL"):
        raise NotOurServer("--kill 会强行中断数据库的全部连接，只能用于自带的数据库。请不要设置 ZHITONG_DATABASE_URL。")


class Killer:
    """Kills `number` times, evenly spread over the acts wanted; by turns a backend of the database and a process."""

    def __init__(self, number: int, wanted: int, name: str) -> None:
        self.marks = [wanted * (place + 1) // (number + 1) for place in range(number)]
        self.name = name
        self.backends = self.processes = 0

    def at(self, done: int, count: Any, victim: Callable[[], Any]) -> Any:
        """Kill when the next mark is reached; returns the process killed, None where it was a backend or nothing.

        The count is held meanwhile, so that nobody dies while holding it.
        """
        if not self.marks or done < self.marks[0]:
            return None
        self.marks.pop(0)
        if self.backends <= self.processes:
            self.backends += _kill_backend(self.name)
            return None
        process = victim()
        with count.get_lock():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        self.processes += 1
        return process


def _kill_backend(name: str) -> int:
    """Kill the backend that works longest at a statement; returns how many were found, 0 or 1."""
    with psycopg.connect(**config.parameters("owner", name=name), autocommit=True) as connection:
        row = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            " ORDER BY state = 'active' DESC, xact_start LIMIT 1", [name],
        ).fetchone()
    if row is None:
        return 0
    os.kill(row[0], signal.SIGKILL)
    return 1


def come_back(name: str) -> None:
    """Wait until the server lets us in again, having recovered; raises psycopg.OperationalError when it does not."""
    until = time.monotonic() + BACK_WITHIN
    while True:
        try:
            psycopg.connect(**config.parameters("owner", name=name)).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
