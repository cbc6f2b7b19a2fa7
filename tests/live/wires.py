"""A stream without a network: what the other side of it got, and whether that side still takes anything."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

PATIENCE_SECONDS = 20


class Wire:
    """Stands for the server's side of one request: collects what is sent, and says when the other side has gone."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.frames: list[str] = []
        self.is_over = False
        self.takes = asyncio.Event()
        self.takes.set()
        self._gone = asyncio.Event()
        self._asked = False

    async def send(self, message: dict[str, Any]) -> None:
        """Take a message, as soon as this side takes anything."""
        await self.takes.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        if message["body"]:
            self.frames.append(message["body"].decode())
        self.is_over = not message["more_body"]

    async def receive(self) -> dict[str, Any]:
        """The request once, then nothing until it is gone."""
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    def leave(self) -> None:
        """Go, as a closed page does."""
        self._gone.set()

    @property
    def marks(self) -> list[str]:
        """The marks of the events, in order."""
        return [frame.splitlines()[0].removeprefix("id: ") for frame in self.frames if frame.startswith("id: ")]

    @property
    def moved(self) -> list[set[str]]:
        """The topics of every event that told of some."""
        events = (json.loads(frame.splitlines()[1].removeprefix("data: ")) for frame in self.frames if frame.startswith("id: "))
        return [set(event) for event in events if event]

    @property
    def has_ended(self) -> bool:
        """Whether it was said that nothing more comes."""
        return any(frame.startswith("event: end") for frame in self.frames)


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds. Raises TimeoutError: it does not."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():
            await asyncio.sleep(0.01)


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Live a story through in a loop of its own."""

    async def live() -> None:
        await story()

    def alone() -> None:
        try:
            asyncio.run(live())
        finally:
            connections.close_all()

    if asyncio._get_running_loop() is None:
        asyncio.run(live())
    else:  # a browser's test before this one left Playwright's loop in this thread
        with ThreadPoolExecutor(1) as thread:
            thread.submit(alone).result()
