"""`zhitong work`: the worker: what follows from facts and what the clock brings, until it is told to stop."""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db import OperationalError, connection

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
    work(SCHEDULE, lambda: True)
    return 0


def work(tasks: Sequence[Recurring], go_on: Callable[[], bool]) -> None:
    """Do each task when its time has come; one that did something is asked again at once.

    A task that fails is logged and tried again later; a lost connection is made anew.
    """
    next_at = {task.name: 0.0 for task in tasks}
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
    return max(task.every_seconds, TROUBLE_SECONDS)
