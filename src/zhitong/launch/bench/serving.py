"""The web server on a database to be measured, and the client beside it, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zhitong.kit.trouble import Trouble
from zhitong.launch import up
from zhitong.launch.scratch import state_folder
from zhitong.launch.supervisor import Process, die_with

HOST = "127.0.0.1"
START_SECONDS = 180  # a machine that does other work besides takes long to import the house four times


class BenchFailed(Trouble):
    """The bench could not be run to its end."""


@contextmanager
def kept_running(one: Process, home: Path) -> Iterator[int]:
    """One process as the supervisor runs it, on the measured database; yields its group."""
    surroundings = {
        **os.environ, **one.environment, "ZHITONG_STATE_DIR": str(home), "ZHITONG_DATABASE_URL": "",
        "ZHITONG_PACE": "off",  # a few accounts ask for thousands
        "DJANGO_SETTINGS_MODULE": "zhitong.config.settings",
    }
    process = subprocess.Popen(
        list(one.command), env=surroundings, start_new_session=True, preexec_fn=die_with(os.getpid()), stdout=sys.stderr.fileno(),
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(chosen: int) -> None:
    """Wait until something answers on a port. Raises BenchFailed: nothing does."""
    began = time.monotonic()
    while not up.is_answering(HOST, chosen):
        if time.monotonic() - began > START_SECONDS:
            raise BenchFailed("测试用的服务没有起来；请先运行 zhitong doctor。")
        time.sleep(0.1)


@contextmanager
def server(name: str, chosen: int, folder: Path) -> Iterator[int]:
    """The web server as `zhitong up` runs it, on the measured database; yields the group of its processes."""
    pages = Process("网页服务", up.web_server(HOST, chosen), {"ZHITONG_ROLE": "web"})
    with kept_running(pages, state_folder(name, folder)) as group:
        wait_for(chosen)
        yield group


def cpu_seconds(group: int) -> float:
    """What the processes of a group have used of the processors; 0 where there is no /proc to tell."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(file: Path, chosen: int, clients: int, seconds: float) -> dict[str, Any]:
    """Let the client send a file of requests for so many seconds; returns what it tells. Raises BenchFailed: one was refused."""
    words = [sys.executable, "-m", "zhitong.rehearsal.bench.client", str(file), HOST, str(chosen), str(clients), str(seconds)]
    measured = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)
    refuse_refused(measured)
    return dict(measured)


def refuse_refused(measured: dict[str, Any]) -> None:
    """Raises BenchFailed: something else than a good answer came."""
    if measured["refused"]:
        raise BenchFailed(f"有请求没有成功，回答是：{measured['refused'][0]}")
