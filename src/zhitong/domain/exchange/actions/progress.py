"""Telling how far a long upload is, on a connection of its own, so that it is seen before the work is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from zhitong.domain.exchange.actions.committing import Tell, commit_ordered

_TELL = """
INSERT INTO exchange_progress (upload_id, done, total) VALUES (%s, %s, %s)
ON CONFLICT (upload_id) DO UPDATE SET done = excluded.done, total = excluded.total
"""


@contextmanager
def telling() -> Iterator[Tell]:
    """A teller that writes at once whatever becomes of the transaction; for the worker. It connects at the first word."""
    with ExitStack() as aside:
        opened: list[psycopg.Connection[Any]] = []

        def tell(upload_id: UUID, done: int, total: int) -> None:
            if not opened:
                opened.append(aside.enter_context(psycopg.connect(_login(), autocommit=True)))
            opened[0].execute(_TELL, [upload_id, done, total])

        yield tell


def commit_next(now: datetime) -> int:
    """Commit the oldest table that waits for the worker, telling how far it is; how many were looked at (0 or 1)."""
    with telling() as tell:
        return commit_ordered(now, tell)


def _login() -> str:
    settings = connection.settings_dict
    known = {"dbname": settings["NAME"], "user": settings["USER"], "password": settings["PASSWORD"],
             "host": settings["HOST"], "port": settings["PORT"]}  # fmt: skip
    return make_conninfo("", **{name: str(value) for name, value in known.items() if value})
