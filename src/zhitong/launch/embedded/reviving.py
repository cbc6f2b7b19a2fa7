"""Starts the embedded server again when it died under its users: by kill -9, or for want of memory."""

from __future__ import annotations

import time
from collections.abc import Callable

from zhitong.launch.embedded import lease, server
from zhitong.launch.embedded import place as places

AGAIN_SECONDS = 1.0
"""From one start to the next: what a killed server left behind goes when its last backend has noticed."""


class Reviver:
    """Looks after the server of this installation; made while a lease is held, so that nobody stops it on purpose."""

    def __init__(self, say: Callable[[str], None]) -> None:
        with lease.at_the_gate():
            self._place = places.settle()
        self._say = say
        self._is_down = False
        self._next_at = 0.0

    def look_after(self) -> None:
        """Start the server if it is gone; does not wait until it has recovered. A fraction of a millisecond where it runs."""
        if server.running_pid(self._place) is not None:
            self._is_down = False
            return
        if time.monotonic() < self._next_at:
            return
        self._next_at = time.monotonic() + AGAIN_SECONDS
        if not self._is_down:
            self._say("内置数据库意外停止，正在重新启动；其间的操作会提示稍后重试。")
        self._is_down = True
        with lease.at_the_gate():
            server.begin(self._place)
