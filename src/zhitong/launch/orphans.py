"""Finds the processes of a supervisor by a mark in their environment, so that none outlives it for long.

Process groups reach what a child starts; the mark also reaches what left its group, and what was left behind when a
supervisor was killed before it could end anything. Without /proc only the groups are used.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

from zhitong.config import state

MARK = "ZHITONG_SUPERVISOR"  # set by us for our children; not a setting
PROCESSES = Path("/proc")


def mark_of(pid: int) -> str:
    """What the children of this supervisor carry: installation, process number and when that process began."""
    return f"{state.location()}:{pid}:{_began(pid)}"


def end_relatives(mark: str) -> int:
    """Kill whatever still carries this mark; returns how many."""
    found = [pid for pid, carried in _marked() if carried == mark]
    return sum(_kill(pid) for pid in found)


def end_left_over() -> int:
    """Kill what dead supervisors of this installation left behind; returns how many."""
    ours = f"{state.location()}:"
    return sum(_kill(pid) for pid, mark in _marked() if mark.startswith(ours) and not _is_alive(mark))


def _is_alive(mark: str) -> bool:
    pid = int(mark.rsplit(":", 2)[1])
    return mark_of(pid) == mark


def _marked() -> Iterator[tuple[int, str]]:
    wanted = f"{MARK}=".encode()
    for folder in PROCESSES.glob("[0-9]*"):
        pid = int(folder.name)
        if pid == os.getpid():
            continue
        try:
            variables = (folder / "environ").read_bytes().split(b"\0")
        except OSError:  # gone meanwhile, or somebody else's
            continue
        for variable in variables:
            if variable.startswith(wanted):
                yield pid, os.fsdecode(variable.removeprefix(wanted))


def _began(pid: int) -> str:
    """When a process began, in clock ticks since the machine did; empty when there is none."""
    try:
        after_name = (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2]
    except OSError:
        return ""
    return after_name.split()[19]


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return False
    return True
