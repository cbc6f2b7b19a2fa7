"""Following facts in tests: a reader of facts waits for every older transaction of its database."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection

from zhitong.domain.history.follow import ReadFact, follow

PATIENCE_SECONDS = 600


def follow_all(name: str, react: Callable[[ReadFact], None]) -> int:
    """Let a follower see every fact committed so far (as the worker); returns how many it passed."""
    wait_for_older_ones()
    passed = 0
    while more := follow(name, react):
        passed += more
    return passed


def wait_for_older_ones() -> None:
    """Wait until every fact committed so far may be read."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _older_ones_run():
        assert time.monotonic() < deadline, "an older transaction has been running for ten minutes"
        time.sleep(0.05)


def _older_ones_run() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM history_fact WHERE xid >= history_settled())")
        return bool(cursor.fetchone()[0])
