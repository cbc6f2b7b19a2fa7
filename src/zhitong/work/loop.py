"""`zhitong work`: the worker: what follows from facts and what the clock brings, until it is told to stop."""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError, connection

from zhitong.kit import metering

if TYPE_CHECKING:
    from zhitong.work.schedule import Recurring

log = logging.getLogger(__name__)
IDLE_SECONDS = 0.1
TROUBLE_SECONDS = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--once` does everything a single time: for schedulers of the operating system, and for tests."""
    parser.add_argument("--once", action="store_true", help="全部做一遍就结束")


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped; a second worker beside this one does no harm."""
    from zhitong.work.schedule import SCHEDULE

    if arguments.once:
        for task in SCHEDULE:
            while task.do():
                pass
        return 0
    next_at = {task.name: time.monotonic() for task in SCHEDULE}
    if settings.METRICS_PORT:
        from zhitong.work import metrics

        metrics.serve(settings.METRICS_HOST, settings.METRICS_PORT, lambda: late_by(next_at))
    work(SCHEDULE, lambda: True, next_at)
    return 0


def late_by(next_at: Mapping[str, float]) -> dict[str, float]:
    """By task: since how many seconds it should have been done; 0 for one whose time has not come."""
    now = time.monotonic()
    return {name: max(0.0, now - at) for name, at in next_at.items()}


def work(tasks: Sequence[Recurring], go_on: Callable[[], bool], next_at: dict[str, float] | None = None) -> None:
    """Do each task when its time has come; one that did something is asked again at once.

    A task that fails is logged and tried again later; a lost connection is made anew. `next_at` is kept up to date: by
    task, the moment (time.monotonic) from which it is to be done.
    """
    next_at = {task.name: 0.0 for task in tasks} if next_at is None else next_at
    while go_on():
        for task in tasks:
            if time.monotonic() >= next_at[task.name]:
                next_at[task.name] = time.monotonic() + _do(task)
        time.sleep(IDLE_SECONDS)


def _do(task: Recurring) -> float:
    """Do a task once; returns in how many seconds it wants to be asked again."""
    try:
        return 0.0 if task.do() else task.every_seconds
    except OperationalError as error:
        log.warning("%s：数据库暂时不可用，稍后再试（%s）", task.name, error)
        connection.close()
    except Exception:
        log.exception("%s：没有完成，稍后再试", task.name)
    metering.TASKS_FAILED.labels(task.name).inc()
    return max(task.every_seconds, TROUBLE_SECONDS)
