"""Operators ask whether an installation is alive and ready (issue of operations; nobody's data is told)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client, override_settings

from zhitong.config import database as config
from zhitong.domain.health import queries
from zhitong.domain.health.actions import beat
from zhitong.domain.health.rules import SILENT_FOR, STREAMS, WORKER, is_late
from zhitong.kit import clock
from zhitong.web.shell import health
from zhitong.work.schedule import be_seen


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (300, False), (301, True), (None, True)])
def test_a_worker_may_be_silent_for_five_minutes(seconds: int | None, late: bool) -> None:
    now = clock.now()

    assert is_late(WORKER, None if seconds is None else now - timedelta(seconds=seconds), now) is late


@pytest.fixture
def beating(fresh_database: str) -> Iterator[str]:
    """A database in which worker and streams have just been at work."""
    with config.as_role("worker", name=fresh_database):
        assert be_seen() == 0, "there is never more to do, or the worker would do nothing else"
        beat(STREAMS, now=clock.now())
    with override_settings(LIVE_PORT=1):
        yield fresh_database


def asked(path: str) -> tuple[int, dict[str, object]]:
    answer = Client().get(path, headers={"host": "10.1.2.3"})
    return answer.status_code, answer.json()


def test_a_process_is_alive_without_a_database() -> None:
    assert asked("/healthz") == (200, {"alive": True})


def test_a_whole_installation_is_ready_and_tells_nothing_else(beating: str) -> None:
    words = {"database": "ok", "migrations": "ok", "worker": "ok", "streams": "ok"}

    assert asked("/readyz") == asked("/readyz?all") == (200, {"ready": True, **words})


def test_a_silent_worker_is_told_and_takes_no_server_out_of_service(beating: str) -> None:
    with config.as_role("worker", name=beating):
        beat(WORKER, now=clock.now() - SILENT_FOR[WORKER] - timedelta(seconds=1))

    assert asked("/readyz")[0] == 200
    assert asked("/readyz?all")[0] == 503
    assert asked("/readyz")[1]["worker"] == "late"


@pytest.mark.django_db
def test_streams_that_are_not_served_are_not_missed() -> None:
    with override_settings(LIVE_PORT=0, LIVE_URL=""):
        assert asked("/readyz?all")[1]["streams"] == "off"


@pytest.mark.django_db
def test_tables_of_an_older_release_are_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    of_this_code = queries._of_this_code()
    monkeypatch.setattr(queries, "_of_this_code", lambda: (*of_this_code, ("cards", "9999_of_tomorrow")))

    status, told = asked("/readyz")

    assert (status, told["ready"], told["migrations"]) == (503, False, "missing")
    assert queries.missing_migrations() == ["cards.9999_of_tomorrow"]


@pytest.mark.django_db
def test_tables_of_a_newer_release_are_ready_for_the_older_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_of_this_code", lambda: (("history", "0001_facts"),))

    assert queries.missing_migrations() == []


def test_without_the_database_nothing_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> list[str]:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(health, "missing_migrations", gone)

    assert asked("/readyz") == (503, {"ready": False} | dict.fromkeys(("database", "migrations", WORKER, STREAMS), "out of reach"))
