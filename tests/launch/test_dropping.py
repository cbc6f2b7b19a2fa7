"""Dropping a database: sessions of ours are ended, autovacuum is asked to leave again and again, but not for ever."""

from __future__ import annotations

import os
from typing import Any

import psycopg
import pytest

from tests import databases
from zhitong.config import database as config
from zhitong.launch import database


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_session_of_ours_does_not_hold_it_up(running_database: None, role: str) -> None:
    name = f"{databases.COPIES}{os.getpid()}_held"
    database.create(name)
    staying = psycopg.connect(**config.parameters(role, name=name))

    database.drop(name)

    assert name not in database.names(databases.COPIES)
    staying.close()


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
    monkeypatch.setattr(database, "_end_sessions", lambda _name: None)

    database.drop("zhitong_test_somewhere")

    assert server.asked == 3


def test_one_that_never_leaves_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Busy(stays=100)
    monkeypatch.setattr(database, "_run_as_owner", server.run)
    monkeypatch.setattr(database, "_end_sessions", lambda _name: None)

    with pytest.raises(psycopg.errors.ObjectInUse):
        database.drop("zhitong_test_somewhere")

    assert server.asked == database.TRIES_TO_DROP
