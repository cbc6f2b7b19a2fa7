"""Tampering with history as who may give orders to the tables can: the triggers off, the change made, the triggers on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

TABLES = ("history_fact", "history_detail", "history_seal")


@contextmanager
def unkept(owner: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """History without its triggers for the length of a block."""
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield owner
    finally:
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
