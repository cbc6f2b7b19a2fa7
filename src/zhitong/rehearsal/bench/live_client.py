"""The readers of the live bench, a process of its own: so many open streams, and when each heard of what.

    python -m zhitong.rehearsal.bench.live_client FILE HOST PORT

FILE holds one request a line, as JSON strings. It is told what to do line by line, and answers each with one line of JSON:
`heard` gives the moments (CLOCK_MONOTONIC) of what came since last asked, `stop N` lets so many readers read no more,
`used` tells the seconds of the processor it has taken. Standard library alone.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

AT_ONCE = 100
NEWS = b"data: {"
NOTHING = b"data: {}"


class Stream(asyncio.Protocol):
    """One open stream: it notes when something has moved, and reads nothing else out of it."""

    def __init__(self, request: bytes, heard: list[float]) -> None:
        self.transport: asyncio.Transport | None = None
        self.greeted = asyncio.get_running_loop().create_future()
        self._request, self._heard = request, heard

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, taken: bytes) -> None:
        """Note the moment of every event that tells of something."""
        if not self.greeted.done() and NEWS in taken:
            self.greeted.set_result(True)
        moved = taken.count(NEWS) - taken.count(NOTHING)
        if moved > 0:
            self._heard.extend([time.monotonic()] * moved)

    def connection_lost(self, error: Exception | None) -> None:
        """A stream that ends before it was greeted was refused."""
        if not self.greeted.done():
            self.greeted.set_result(False)


async def read(requests: list[bytes], host: str, port: int) -> None:
    """Open the streams, a few at once, then do as told until there is no more to do."""
    heard: list[float] = []
    streams = [Stream(request, heard) for request in requests]
    began = time.monotonic()
    for place in range(0, len(streams), AT_ONCE):
        batch = streams[place : place + AT_ONCE]
        for stream in batch:
            await asyncio.get_running_loop().create_connection(lambda stream=stream: stream, host, port)  # type: ignore[misc]
        await asyncio.gather(*(stream.greeted for stream in batch))
    answer({"open": sum(stream.greeted.result() for stream in streams), "seconds": time.monotonic() - began})
    while line := await asyncio.to_thread(sys.stdin.readline):
        word, _, number = line.strip().partition(" ")
        if word == "stop":
            for stream in streams[: int(number)]:
                assert stream.transport is not None
                stream.transport.pause_reading()
            answer({"stopped": int(number)})
        elif word == "heard":
            answer({"at": heard})
            heard.clear()
        else:
            used = resource.getrusage(resource.RUSAGE_SELF)
            answer({"cpu_seconds": used.ru_utime + used.ru_stime})


def answer(said: dict[str, object]) -> None:
    """One line of JSON."""
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    asyncio.run(read([json.loads(line).encode() for line in lines], sys.argv[2], int(sys.argv[3])))
