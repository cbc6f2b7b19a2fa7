"""The process of streams as an ASGI application: it answers requests for the stream and keeps the streams in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from zhitong.live import machine
from zhitong.live.asking import Asking, asking_of, is_ours, is_stream
from zhitong.live.hub import Hub
from zhitong.live.keeping import Keeper
from zhitong.live.reader import Reader, Send
from zhitong.live.rights import Credentials, Followed, followed
from zhitong.live.source import Seen, Source
from zhitong.live.topics import Asked

log = logging.getLogger(__name__)
Receive = Callable[[], Awaitable[dict[str, Any]]]
ASKING_THREADS = 4
"""How many readers' rights are asked at once; each thread holds one connection as the pages do."""


class Live:
    """The ASGI application. `log_in` lets the thread that reads facts log in as the worker, who sees them all."""

    def __init__(self, log_in: Callable[[], None]) -> None:
        self.hub = Hub()
        self._log_in = log_in
        self._threads = ThreadPoolExecutor(ASKING_THREADS, "rights")
        self._keeper = Keeper(self.hub, self._followed)
        self._most = 0

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request, or live from start to end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif not is_stream(scope):
            await _refuse(send, 404)
        else:
            await self._answer(asking_of(scope, settings.SESSION_COOKIE_NAME), receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        loop = asyncio.get_running_loop()
        self._most = machine.make_ready()
        source = Source(
            self._log_in, lambda: _call(loop, self.hub.begin), lambda seen: _call(loop, self._take_in, seen)
        )
        source.start()
        keeping = loop.create_task(self._keeper.keep())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        keeping.cancel()
        for reader in self.hub:
            reader.drop()
        await loop.run_in_executor(None, source.stop)
        self._threads.shutdown(wait=False, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})

    def _take_in(self, seen: Seen) -> None:
        self.hub.publish(seen.topics)
        if seen.rights:
            self._keeper.check_all_soon()

    async def _answer(self, asking: Asking, receive: Receive, send: Send) -> None:
        if asking.origin and not is_ours(asking.origin, settings.ALLOWED_HOSTS, settings.PAGES_PORT):
            await _refuse(send, 403)
            return
        if self._keeper.is_full(self._most):
            await _refuse(send, 503)
            return
        try:
            topics = await self._followed(asking.credentials, asking.topics)
        except (OperationalError, InterfaceError):
            await _refuse(send, 503)
            return
        if not topics:
            await _refuse(send, 404)
            return
        await send({"type": "http.response.start", "status": 200, "headers": _headers(asking.origin)})
        await self._stream(asking, topics, receive, send)

    async def _stream(self, asking: Asking, topics: Followed, receive: Receive, send: Send) -> None:
        """Keep one stream until its other side goes or the hub lets it go; writing is the reader's own."""
        reader = Reader(send, asking.credentials, asking.topics, self.hub.epoch)
        self.hub.join(reader, topics, asking.heard)
        self._keeper.welcome(reader)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            with suppress(OSError, RuntimeError):
                await asyncio.wait_for(send({"type": "http.response.body", "body": b"", "more_body": False}), 1)
        finally:
            self.hub.leave(reader)

    async def _followed(self, credentials: Credentials, asked: Sequence[Asked]) -> Followed:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _ask, credentials, asked)


def _ask(credentials: Credentials, asked: Sequence[Asked]) -> Followed:
    """Ask for rights, a second time on a new connection where the first was lost; connections are the pool's again then."""
    try:
        return followed(credentials, asked)
    except (OperationalError, InterfaceError) as error:
        log.warning("核对查看范围：数据库连接中断，重新连接（%s）", error)
        connection.close()
        return followed(credentials, asked)
    finally:
        connection.close()


def _call(loop: asyncio.AbstractEventLoop, act: Callable[..., None], *given: Any) -> None:
    """Let the loop do it; one that is closing needs nothing any more."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(act, *given)


async def _refuse(send: Send, status: int) -> None:
    """Answer with a status and nothing else; who asks too early may come again."""
    headers = [(b"cache-control", b"no-store"), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _headers(origin: str) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"), (b"vary", b"Origin"),
    ]
    if origin:
        headers += [
            (b"access-control-allow-origin", origin.encode("latin-1")), (b"access-control-allow-credentials", b"true"),
        ]
    return headers
