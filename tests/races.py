"""Two at once, with real connections: the second begins while the first has acted and not yet committed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from django.db import connections, transaction

PATIENCE_SECONDS = 30
Outcome = Any
"""What an act returned, or the exception it raised."""


def race(owner: psycopg.Connection[Any], first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Outcome, Outcome]:
    """Let both act; the first commits only when the second waits for it (or is through). Returns both outcomes."""
    has_acted, is_through = threading.Event(), threading.Event()

    def act_first() -> Any:
        with transaction.atomic():
            try:
                return first()
            finally:
                has_acted.set()
                _until(lambda: is_through.is_set() or _somebody_waits(owner))

    def act_second() -> Any:
        assert has_acted.wait(PATIENCE_SECONDS)
        try:
            return second()
        finally:
            is_through.set()

    with ThreadPoolExecutor(2) as threads:
        outcomes = [threads.submit(_outcome_of, act) for act in (act_first, act_second)]
        return outcomes[0].result(PATIENCE_SECONDS), outcomes[1].result(PATIENCE_SECONDS)


def _outcome_of(act: Callable[[], Any]) -> Outcome:
    try:
        return act()
    except Exception as refused:
        return refused
    finally:
        connections.close_all()


def _somebody_waits(owner: psycopg.Connection[Any]) -> bool:
    found = owner.execute(
        "SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE NOT granted AND datname = current_database())"
    ).fetchone()
    return bool(found and found[0])


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
