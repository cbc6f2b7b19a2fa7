"""`zhitong up`: prepare, then serve pages and streams and work in the background until told to end."""

from __future__ import annotations

import argparse
import http.client
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from zhitong.config import environment, state
from zhitong.launch import orphans, port, prepare
from zhitong.launch.embedded.reviving import Reviver
from zhitong.launch.supervisor import Process, Supervisor

BLOCKING_THREADS = 4  # per process; each may hold one connection of the pool
SLOW_SECONDS = 60.0
PAGES, WORK, STREAMS = "网页服务", "后台办理", "实时通知"
MOST_STREAMS = 16_384  # requests that the one process of streams answers at once: each stays open

# Functions "module:name" that return lines to print once the pages answer, such as the demonstration accounts.
GREETINGS: tuple[str, ...] = ("zhitong.rehearsal.accounts:greeting", "zhitong.cli.administrator:greeting")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: host, port and number of processes are settings."""


def run(arguments: argparse.Namespace) -> int:
    from django.db import connections

    prepare.prepare()
    connections.close_all()
    left_over = orphans.end_left_over()
    if left_over:
        say(f"上次异常退出遗留的 {left_over} 个进程已清理。")
    host, wished = environment.text("ZHITONG_HOST"), environment.number("ZHITONG_PORT")
    with port.held(host, wished) as chosen, live_port(host, chosen) as live:
        if chosen != wished:
            say(f"端口 {wished} 已被占用，改用 {chosen}。")
        Supervisor(processes(host, chosen, live), say, besides=database_kept()).run(greeting(host, chosen))
    say("已停止。")
    return 0


def database_kept() -> Callable[[], None]:
    """What the supervisor does for the database: the embedded one is started again, one of others is theirs to keep."""
    if environment.text("ZHITONG_DATABASE_URL"):
        return lambda: None
    return Reviver(say).look_after


@contextmanager
def live_port(host: str, chosen_port: int) -> Iterator[int]:
    """The port of the streams, held like that of the pages: as set, else the next free one; 0 where there are none."""
    wished = environment.number("ZHITONG_LIVE_PORT") if environment.text("ZHITONG_LIVE_PORT") else chosen_port + 1
    if not wished:
        yield 0
        return
    with port.held(host, wished) as chosen:
        yield chosen


def processes(host: str, chosen_port: int, chosen_live_port: int) -> list[Process]:
    """What the supervisor keeps running; pages and streams know each other's ports."""
    counting = counting_together()
    ports = {"ZHITONG_PORT": str(chosen_port), "ZHITONG_LIVE_PORT": str(chosen_live_port)}
    web = {"ZHITONG_ROLE": "web", **ports, **counting}
    kept = [
        Process(PAGES, web_server(host, chosen_port), web),
        Process(WORK, zhitong("work"), {"ZHITONG_ROLE": "worker", **counting}),
    ]
    return [*kept, Process(STREAMS, live_server(host, chosen_live_port), web)] if chosen_live_port else kept


def counting_together() -> dict[str, str]:
    """Where metrics are told: an empty folder into which all processes count, named in their environment."""
    if not environment.text("ZHITONG_METRICS_PORT"):
        return {}
    folder = state.folder() / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


def zhitong(*words: str) -> list[str]:
    """A command of our own, run by this very Python."""
    return [sys.executable, "-m", "zhitong.launch.main", *words]


def worker_beside() -> list[str]:
    """The worker without its command, on a database that somebody else keeps running."""
    doing = "import argparse, django; django.setup(); from zhitong.work.loop import run; run(argparse.Namespace(once=False))"
    return [sys.executable, "-c", doing]


def web_server(host: str, chosen_port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "zhitong.config.wsgi:application", "--interface", "wsgi"),
        *("--host", host, "--port", str(chosen_port)),
        *("--workers", str(environment.number("ZHITONG_WEB_WORKERS"))),
        *("--blocking-threads", str(BLOCKING_THREADS), "--no-ws", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
    ]


def live_server(host: str, chosen_port: int) -> list[str]:
    """One process: it alone knows who follows what."""
    return [
        *(sys.executable, "-m", "granian", "zhitong.config.asgi:application", "--interface", "asgi", "--http", "1"),
        *("--host", host, "--port", str(chosen_port), "--workers", "1", "--no-ws", "--log-level", "warning"),
        *("--backlog", "4096", "--backpressure", str(MOST_STREAMS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
    ]


def greeting(host: str, chosen_port: int) -> Callable[[], bool]:
    """A question for the supervisor: do the pages answer? At the first yes it prints the address and the greetings."""
    began = time.monotonic()
    is_slow = False

    def answers() -> bool:
        nonlocal is_slow
        if is_answering(host, chosen_port):
            say(f"直通已就绪：http://{reachable(host)}:{chosen_port}/ （按 Ctrl-C 停止）")
            for line in greetings():
                say(line)
            return True
        if not is_slow and time.monotonic() - began > SLOW_SECONDS:
            is_slow = True
            say(f"网页服务 {SLOW_SECONDS:.0f} 秒内没有应答，仍在等待；请看上面的错误，或另开窗口运行 zhitong doctor。")
        return False

    return answers


def greetings() -> list[str]:
    """What the rooms have to say at the start."""
    lines: list[str] = []
    for function in GREETINGS:
        module, _, name = function.partition(":")
        lines.extend(getattr(import_module(module), name)())
    return lines


def is_answering(host: str, chosen_port: int) -> bool:
    """Whether anything comes back for the first page; how good it is, is not judged here."""
    connection = http.client.HTTPConnection(reachable(host).strip("[]"), chosen_port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def reachable(host: str) -> str:
    """The name under which this machine reaches what listens on `host`."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared with, never listened on
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"  # noqa: S104
    return f"[{host}]" if ":" in host else host


def say(line: str) -> None:
    print(line, flush=True)
