"""Dropping a database in which autovacuum is at work: it is asked to leave again and again, but not for ever."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from zhitong.launch import database


class Busy:
    """Stands for a server whose autovacuum stays for so many tries."""

    def __init__(self, stays: int) -> None:
        self.stays, self.asked = stays, 0

    def run(self, statement: Any) -> None:
        """Refuse to end autovacuum by force, and to drop while it is there."""
        if "FORCE" in statement.as_string():
            raise psycopg.errors.InsufficientPrivilege
        self.asked += 1
        if self.asked <= self.stays:
            raise psycopg.errors.ObjectInUse


def test_it_is_dropped_as_soon_as_autovacuum_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Busy(stays=2)
    monkeypatch.setattr(database, "_run_as_owner", server.run)

    database.drop("zhitong_test_somewhere")

    assert server.asked == 3


def test_one_that_never_leaves_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Busy(stays=100)
    monkeypatch.setattr(database, "_run_as_owner", server.run)

    with pytest.raises(psycopg.errors.ObjectInUse):
        database.drop("zhitong_test_somewhere")

    assert server.asked == database.TRIES_TO_DROP
