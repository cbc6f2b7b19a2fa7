"""The bench's client, a process of its own: sends prebuilt requests over kept connections and tells what came of it.

    python -m zhitong.rehearsal.bench.client FILE HOST PORT CONNECTIONS SECONDS

Standard library alone, so that its own share of the machine stays small; it prints that share.
"""

from __future__ import annotations

import json
import resource
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

LENGTH = struct.Struct("!I")


def write_requests(path: Path, requests: Iterator[bytes], most: int) -> int:
    """Put up to `most` requests into a file, each behind its length; returns how many."""
    count = 0
    with path.open("wb") as file:
        for request in requests:
            if count == most:
                break
            file.write(LENGTH.pack(len(request)) + request)
            count += 1
    return count


def read_requests(path: Path) -> list[bytes]:
    """The requests of a file, all in memory before the first is sent."""
    whole, at, found = path.read_bytes(), 0, []
    while at < len(whole):
        (length,) = LENGTH.unpack_from(whole, at)
        found.append(whole[at + LENGTH.size : at + LENGTH.size + length])
        at += LENGTH.size + length
    return found


class Connection:
    """One kept connection."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def send(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and read its whole answer: status and body."""
        self._socket.sendall(request)
        head = self._until(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
        while len(self._left) < length:
            self._receive()
        body, self._left = self._left[:length], self._left[length:]
        return int(lines[0].split(b" ")[1]), body

    def close(self) -> None:
        """End it."""
        self._socket.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._left:
            self._receive()
        head, _mark, self._left = self._left.partition(mark)
        return head

    def _receive(self) -> None:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionError("the server closed the connection")
        self._left += received


def run(requests: Sequence[bytes], host: str, port: int, connections: int, seconds: float) -> dict[str, object]:
    """Send for so many seconds, or until nothing is left; returns what was measured."""
    waiting, guard = iter(requests), threading.Lock()
    statuses: Counter[int] = Counter()
    took: list[float] = []
    refused: list[str] = []
    began = time.monotonic()

    def work() -> None:
        with closing(Connection(host, port)) as connection:
            while time.monotonic() - began < seconds:
                with guard:
                    request = next(waiting, None)
                if request is None:
                    return
                sent_at = time.monotonic()
                note(*connection.send(request), time.monotonic() - sent_at)

    def note(status: int, body: bytes, lasted: float) -> None:
        with guard:
            statuses[status] += 1
            took.append(lasted)
            if status != 200 and len(refused) < 3:
                refused.append(body.decode(errors="replace")[:300])

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "sent": sum(statuses.values()), "taken": statuses[200], "seconds": time.monotonic() - began,
        "cpu_seconds": used.ru_utime + used.ru_stime, "refused": refused, "took": sorted(took),
    }


def main(words: Sequence[str]) -> int:
    path, host, port, connections, seconds = words
    requests = read_requests(Path(path))
    print(json.dumps(run(requests, host, int(port), int(connections), float(seconds))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
