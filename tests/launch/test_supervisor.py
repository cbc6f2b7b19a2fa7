"""The supervisor restarts who dies and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.conftest import wait_until
from zhitong.launch import orphans

# A child that will not end when asked, with a grandchild that left its group as well.
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) == 2:
    subprocess.Popen([sys.executable, __file__, sys.argv[1], "grandchild"], start_new_session=True)
open(f"{sys.argv[1]}/{'grandchild' if len(sys.argv) > 2 else 'child'}.{os.getpid()}", "w").close()
time.sleep(60)
"""
SUPERVISING = """
import sys
from zhitong.launch import supervisor
supervisor.PATIENCE_SECONDS = 0.5
folder = sys.argv[1]
child = supervisor.Process("顽固的进程", [sys.executable, f"{folder}/stubborn.py", folder])
supervisor.Supervisor([child], lambda line: print(line, flush=True)).run(lambda: True)
"""


def pids(folder: Path, who: str) -> list[int]:
    return sorted(int(path.suffix[1:]) for path in folder.glob(f"{who}.[0-9]*"))


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    monkeypatch.setenv("ZHITONG_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    started = subprocess.Popen(
        [sys.executable, "-c", SUPERVISING, str(tmp_path)], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_until(lambda: bool(pids(tmp_path, "child") and pids(tmp_path, "grandchild")))
    yield started
    started.kill()
    started.wait()
    for pid in filter(is_running, pids(tmp_path, "child") + pids(tmp_path, "grandchild")):
        os.kill(pid, signal.SIGKILL)
    started.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_end_it_leaves_no_process(
    supervisor: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
) -> None:
    supervisor.send_signal(number)

    assert supervisor.wait(timeout=10) == 0
    wait_until(lambda: not any(map(is_running, pids(tmp_path, "child") + pids(tmp_path, "grandchild"))), seconds=2)


def test_one_that_dies_is_started_again(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    (first,) = pids(tmp_path, "child")

    os.kill(first, signal.SIGKILL)

    assert supervisor.stdout is not None
    assert supervisor.stdout.readline() == "顽固的进程 意外退出（代码 -9），1 秒后重新启动。\n"
    wait_until(lambda: len(pids(tmp_path, "child")) == len(pids(tmp_path, "grandchild")) == 2)


def test_what_a_killed_supervisor_left_is_ended_by_the_next(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    left = pids(tmp_path, "child") + pids(tmp_path, "grandchild")
    assert orphans.end_left_over() == 0, "a living supervisor's processes are its own"

    supervisor.kill()
    supervisor.wait()

    assert orphans.end_left_over() == len(left)
    wait_until(lambda: not any(map(is_running, left)), seconds=2)


def test_children_are_asked_to_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    polite = f"import time; open({str(tmp_path / 'in')!r}, 'w').close(); time.sleep(60)"
    supervising = (
        "import sys; from zhitong.launch.supervisor import Process, Supervisor\n"
        f"Supervisor([Process('礼貌的进程', [sys.executable, '-c', {polite!r}])], print).run(lambda: True)"
    )
    started = subprocess.Popen([sys.executable, "-c", supervising], start_new_session=True)
    wait_until((tmp_path / "in").exists)
    children = [int(pid) for pid in Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()]

    started.kill()
    started.wait()

    assert len(children) == 1
    wait_until(lambda: not any(map(is_running, children)), seconds=2)
