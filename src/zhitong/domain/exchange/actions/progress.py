"""Telling how far a long upload is, on a connection of its own, so that it is seen before the work is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from zhitong.domain.exchange.actions.committing import Tell

_TELL = """
INSERT INTO exchange_progress (upload_id, done, total) VALUES (%s, %s, %s)
ON CONFLICT (upload_id) DO UPDATE SET done = excluded.done, total = excluded.total
"""


@contextmanager
def telling() -> Iterator[Tell]:
    """A teller that writes at once whatever becomes of the transaction; for the worker."""
    with psycopg.connect(_login(), autocommit=True) as aside:

        def tell(upload_id: UUID, done: int, total: int) -> None:
            aside.execute(_TELL, [upload_id, done, total])

        yield tell


def _login() -> str:
    settings = connection.settings_dict
    known = {"dbname": settings["NAME"], "user": settings["USER"], "password": settings["PASSWORD"],
             "host": settings["HOST"], "port": settings["PORT"]}  # fmt: skip
    return make_conninfo("", **{name: str(value) for name, value in known.items() if value})
