"""Prometheus reads how requests, followers and the worker's tasks stand, and nothing of a person."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client import generate_latest

from tests.live.conftest import raise_one
from zhitong.config import database as config
from zhitong.work import metrics
from zhitong.work.loop import late_by
from zhitong.work.reactions import FOLLOWER
from zhitong.work.schedule import SCHEDULE, be_seen


def told(late: dict[str, float] | None = None) -> dict[str, float]:
    """What Prometheus would read: each series with its value."""
    text = generate_latest(metrics.registry(lambda: late or {})).decode()
    return {name: float(value) for name, value in re.findall(r"^(zhitong_\S.*) (\S+)$", text, re.MULTILINE)}


@pytest.fixture
def worker(fresh_database: str) -> Iterator[str]:
    with config.as_role("worker", name=fresh_database):
        yield fresh_database


def test_the_worker_tells_how_far_it_has_come(fresh_database: str) -> None:
    raise_one()

    with config.as_role("worker", name=fresh_database):
        be_seen()
        [task] = [one for one in SCHEDULE if one.name == "事实之后的反应"]
        before = told()
        while task.do():
            pass
        after = told()

    follower = f'{{follower="{FOLLOWER}"}}'
    assert f"zhitong_facts_behind{follower}" not in before, "a follower that has not begun is not told"
    assert after[f"zhitong_facts_behind{follower}"] == after[f"zhitong_facts_set_aside{follower}"] == 0
    assert after["zhitong_database_up"] == 1
    assert after['zhitong_beat_age_seconds{part="worker"}'] < 60
    assert after['zhitong_database_connections{role="zhitong_worker"}'] >= 1
    assert after["zhitong_problems_overdue"] == 1, "the story is of April 2018"


def test_facts_that_wait_are_counted(fresh_database: str) -> None:
    with config.as_role("worker", name=fresh_database):
        [task] = [one for one in SCHEDULE if one.name == "事实之后的反应"]
        task.do()
    with config.as_role("web", name=fresh_database):
        raise_one()

    with config.as_role("worker", name=fresh_database):
        found = told()

    assert found[f'zhitong_facts_behind{{follower="{FOLLOWER}"}}'] > 0
    assert found[f'zhitong_facts_waited_seconds{{follower="{FOLLOWER}"}}'] > 0


def test_a_task_whose_time_has_passed_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.work.loop.time.monotonic", lambda: 100.0)

    assert late_by({"心跳": 90.0, "合并计数": 101.0}) == {"心跳": 10.0, "合并计数": 0.0}


def test_without_the_database_that_is_what_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> dict[str, int]:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(metrics, "lags", gone)

    found = told({"心跳": 3.0})

    assert found["zhitong_database_up"] == 0
    assert found['zhitong_task_late_seconds{task="心跳"}'] == 3
    assert not [name for name in found if name.startswith("zhitong_facts")]


def test_requests_are_counted_by_place_and_outcome_never_by_address() -> None:
    name = 'zhitong_requests_total{endpoint="-",method="GET",status="404"}'
    before = counted().get(name, 0)

    Client().get("/api/v1/nothing-here-but-this-word")

    assert counted()[name] == before + 1
    assert "nothing-here" not in "".join(counted())


def counted() -> dict[str, float]:
    text = generate_latest(metrics._Counted()).decode()  # type: ignore[arg-type]
    return {name: float(value) for name, value in re.findall(r"^(zhitong_\S.*) (\S+)$", text, re.MULTILINE)}


def test_the_dead_leave_their_counts_and_no_open_streams(tmp_path: Path) -> None:
    for name in ("gauge_livesum_999999999.db", f"gauge_livesum_{os.getpid()}.db", "counter_999999999.db"):
        (tmp_path / name).touch()

    metrics.forget_the_dead(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["counter_999999999.db", f"gauge_livesum_{os.getpid()}.db"]


COUNTING = "from zhitong.kit import metering; metering.REQUESTS.labels('desk', 'GET', 200).inc(2)"
TELLING = """
import sys
from prometheus_client import generate_latest
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector
told = CollectorRegistry(); MultiProcessCollector(told); sys.stdout.write(generate_latest(told).decode())
"""


def test_what_several_processes_count_is_summed(tmp_path: Path) -> None:
    environment = {**os.environ, metrics.FOLDER: str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", COUNTING], env=environment, check=True)

    read = subprocess.run([sys.executable, "-c", TELLING], env=environment, check=True, capture_output=True, text=True)

    assert 'zhitong_requests_total{endpoint="desk",method="GET",status="200"} 4.0' in read.stdout


@pytest.mark.django_db
def test_it_is_told_at_its_own_address_and_a_taken_one_is_no_disaster(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        metrics.serve("127.0.0.1", taken.getsockname()[1], dict)

    assert "运行指标：不能在 127.0.0.1:" in caplog.text
