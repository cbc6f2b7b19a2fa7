"""One open stream: what it follows, what it has not been told yet, and the writing of it.

A reader that stops reading costs nothing: what waits for it is one version per topic however often a topic moves, one
writing is under way at most, and the server behind `send` pushes back when the other side takes nothing.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from zhitong.live.rights import Credentials, Followed
from zhitong.live.topics import Asked, Topic

Send = Callable[[dict[str, Any]], Awaitable[None]]
BEAT = b": \n\n"
END = b"event: end\ndata: \n\n"


class Reader:
    """A stream to one page or program; made by the task that answers it, which `end` and `drop` let go."""

    __slots__ = (
        "_answering", "_beat_is_due", "_end_is_said", "_epoch", "_is_ending", "_news", "_send", "_topics", "_version",
        "_writing", "asked", "checked_at", "credentials", "heard_at", "stuck_since",
    )

    def __init__(self, send: Send, credentials: Credentials, asked: Sequence[Asked], epoch: str) -> None:
        self.credentials, self.asked = credentials, tuple(asked)
        self.checked_at = self.heard_at = time.monotonic()
        self.stuck_since: float | None = None
        self._send, self._epoch = send, epoch
        self._answering = asyncio.current_task()
        self._topics: Followed = {}
        self._news: dict[str, int] = {}
        self._version: int | None = None
        self._writing: asyncio.Task[None] | None = None
        self._beat_is_due = self._is_ending = self._end_is_said = False

    @property
    def topics(self) -> Mapping[Topic, tuple[str, ...]]:
        """What it follows, with the names it asked by."""
        return self._topics

    def follow(self, topics: Followed) -> None:
        """Follow these from now on; for the hub, which keeps who follows what."""
        self._topics = topics
        names = {name for every in topics.values() for name in every}
        self._news = {name: version for name, version in self._news.items() if name in names}

    def greet(self, moved: Mapping[Topic, int], version: int) -> None:
        """Say how far the stream is, and what has moved since this reader last heard."""
        self._news |= {name: at for topic, at in moved.items() for name in self._topics[topic]}
        self._say(version)

    def tell(self, topic: Topic, version: int) -> None:
        """A topic has moved: keep its newest version and see that it is written."""
        self._news |= dict.fromkeys(self._topics[topic], version)
        self._say(version)

    def beat(self) -> None:
        """Write a line that says nothing, so that whatever stands between keeps the stream open."""
        self._beat_is_due = True
        self._write()

    def end(self) -> None:
        """Say that nothing more comes, and let the stream go."""
        self._is_ending = True
        self._write()

    def drop(self) -> None:
        """Let a stream go whose other side takes nothing any more."""
        if self._writing is not None:
            self._writing.cancel()
        self._let_go()

    def _say(self, version: int) -> None:
        self._version = version
        self._write()

    def _write(self) -> None:
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write_all())

    async def _write_all(self) -> None:
        """Write until nothing waits; what comes meanwhile goes with the next frame."""
        try:
            while frame := self._next_frame():
                self.stuck_since = time.monotonic()
                await self._send({"type": "http.response.body", "body": frame, "more_body": True})
                self.stuck_since, self.heard_at = None, time.monotonic()
        except (OSError, RuntimeError):  # it has gone
            self._is_ending = True
        finally:
            self._writing, self.stuck_since = None, None
        if self._is_ending:
            self._let_go()

    def _next_frame(self) -> bytes:
        """What is written next; empty when nothing waits. The last thing said is that nothing more comes."""
        if self._version is not None:
            (version, news), (self._version, self._news) = (self._version, self._news), (None, {})
            return frame_of(self._epoch, version, news)
        if self._is_ending:
            is_new, self._end_is_said = not self._end_is_said, True
            return END if is_new else b""
        is_due, self._beat_is_due = self._beat_is_due, False
        return BEAT if is_due else b""

    def _let_go(self) -> None:
        if self._answering is not None:
            self._answering.cancel()


def frame_of(epoch: str, version: int, news: Mapping[str, int]) -> bytes:
    """One event: the mark up to which its reader has then heard, and nothing but topics with their versions."""
    return f"id: {epoch}-{version}\ndata: {json.dumps(news, ensure_ascii=False)}\n\n".encode()
