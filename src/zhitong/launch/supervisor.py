"""Keeps a list of processes running, and leaves none behind however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

from zhitong.launch import orphans

TICK_SECONDS = 0.1
PATIENCE_SECONDS = 10.0  # from the request to end until the kill
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0  # one that ran so long has earned a quick restart
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)


@dataclass(frozen=True)
class Process:
    """What to run: a name people see, the command, and what it finds in its environment besides ours."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Supervisor:
    """Runs the processes until it is told to end, by SIGINT, SIGTERM or SIGHUP or by `end`; looks besides after what it is given."""

    def __init__(
        self, processes: Sequence[Process], say: Callable[[str], None], besides: Callable[[], None] = lambda: None
    ) -> None:
        self._say = say
        self._besides = besides
        self._mark = orphans.mark_of(os.getpid())
        self._kept = [_Kept(process, self._mark) for process in processes]
        self._ending = threading.Event()

    def run(self, until_ready: Callable[[], bool]) -> None:
        """Start all, restart who dies, end all; `until_ready` is asked again and again until it says yes."""
        is_ready = False
        with self._listening():
            try:
                while not self._ending.is_set():
                    self._besides()
                    for kept in self._kept:
                        kept.look_after(self._say)
                    is_ready = is_ready or until_ready()
                    self._ending.wait(TICK_SECONDS)
            finally:
                self._end_all()

    def end(self) -> None:
        """Let `run` end all and return."""
        self._ending.set()

    def group_of(self, name: str) -> int | None:
        """The group of the processes of that name; None while it is not running."""
        return next((kept.group for kept in self._kept if kept.name == name), None)

    def _end_all(self) -> None:
        for kept in reversed(self._kept):
            kept.signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        for kept in self._kept:
            kept.wait(max(0.0, deadline - time.monotonic()))
        for kept in self._kept:
            kept.signal(signal.SIGKILL)
        orphans.end_relatives(self._mark)

    @contextmanager
    def _listening(self) -> Iterator[None]:
        def end(number: int, frame: FrameType | None) -> None:
            self._ending.set()

        endings = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {each: signal.signal(each, end) for each in endings}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


class _Kept:
    """One process and its history."""

    def __init__(self, process: Process, mark: str) -> None:
        self._process = process
        self._mark = mark
        self._child: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._pause = FIRST_PAUSE_SECONDS / 2
        self._again_at = 0.0

    @property
    def name(self) -> str:
        """What people call it."""
        return self._process.name

    @property
    def group(self) -> int | None:
        """Its group while it runs."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def look_after(self, say: Callable[[str], None]) -> None:
        """Start it if it is not running and its pause is over; note its death."""
        if self._child is None:
            if time.monotonic() >= self._again_at:
                self._start()
        elif self._child.poll() is not None:
            self._mourn(self._child.returncode, say)

    def signal(self, number: signal.Signals) -> None:
        """Reach it and everything in its group, also when it is itself gone already."""
        if self._child is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, number)

    def wait(self, seconds: float) -> None:
        if self._child is not None:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(seconds)

    def _start(self) -> None:
        self._began = time.monotonic()
        self._child = subprocess.Popen(
            list(self._process.command),
            stdin=subprocess.DEVNULL,
            env={**os.environ, **self._process.environment, orphans.MARK: self._mark},
            start_new_session=True,
            preexec_fn=die_with(os.getpid()),
        )

    def _mourn(self, code: int, say: Callable[[str], None]) -> None:
        self.signal(signal.SIGKILL)  # what it started must not hold its port
        lived = time.monotonic() - self._began
        self._pause = FIRST_PAUSE_SECONDS if lived > STEADY_SECONDS else min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        self._again_at = time.monotonic() + self._pause
        self._child = None
        say(f"{self._process.name} 意外退出（代码 {code}），{self._pause:.0f} 秒后重新启动。")


def die_with(parent: int) -> Callable[[], None] | None:
    """Ask Linux to end the child when its parent is gone, even by kill -9; nothing elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        library.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask
