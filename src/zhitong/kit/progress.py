"""Tells a waiting person what goes on: silent under a second, then one line with the seconds gone by."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

SILENCE_SECONDS = 1.0
PLAIN_EVERY_SECONDS = 10.0


class Step:
    """One piece of work under way; `at` tells how far it is."""

    def __init__(self, label: str, stream: TextIO) -> None:
        self.label = label
        self._stream = stream
        self._lively = stream.isatty()
        self._began = time.monotonic()
        self._how_far = ""
        self._shown = False
        self._done = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def at(self, done: int, total: int | None = None) -> None:
        """Say how many are done, and of how many where that is known."""
        self._how_far = f" {done:,}" if total is None else f" {done:,}/{total:,}"

    def start(self) -> None:
        self._ticker.start()

    def finish(self, outcome: str) -> None:
        self._done.set()
        self._ticker.join()
        if self._shown or self._seconds() >= SILENCE_SECONDS:
            self._write(f"{self.label}{self._how_far}：{outcome}（{self._seconds():.1f} 秒）", last=True)

    def _tick(self) -> None:
        wait = SILENCE_SECONDS
        while not self._done.wait(wait):
            self._write(f"{self.label}{self._how_far} …… {self._seconds():.0f} 秒", last=False)
            self._shown = True
            wait = SILENCE_SECONDS if self._lively else PLAIN_EVERY_SECONDS

    def _seconds(self) -> float:
        return time.monotonic() - self._began

    def _write(self, line: str, *, last: bool) -> None:
        if self._lively:
            self._stream.write(f"\r\x1b[K{line}" + ("\n" if last else ""))
        else:
            self._stream.write(line + "\n")
        self._stream.flush()


@contextmanager
def step(label: str, stream: TextIO | None = None) -> Iterator[Step]:
    """Show a piece of work while it lasts (on stderr unless told otherwise); on a terminal the line renews itself."""
    shown = Step(label, stream or sys.stderr)
    shown.start()
    try:
        yield shown
    except BaseException:
        shown.finish("未完成")
        raise
    shown.finish("完成")
