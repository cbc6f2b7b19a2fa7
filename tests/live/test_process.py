"""The process of streams itself: killed, started again, and read by hundreds of whom many stop reading."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.conftest import READY_SECONDS, _free_port, _set_clock, _state_folder
from tests.launch.conftest import wait_until
from tests.live.conftest import raise_one
from tests.problems.ways import acknowledged
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.launch import up

pytestmark = pytest.mark.prove
READERS = 300


class Process:
    """Granian with the streams of this test's database."""

    def __init__(self, state: Path) -> None:
        self.port = _free_port()
        self._environment = {
            **os.environ, "ZHITONG_STATE_DIR": str(state), "ZHITONG_ROLE": "web", "ZHITONG_PORT": "8000",
            "ZHITONG_LIVE_PORT": str(self.port),
        }
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._running = subprocess.Popen(
            up.live_server("127.0.0.1", self.port), env=self._environment, start_new_session=True
        )
        wait_until(lambda: up.is_answering("127.0.0.1", self.port), seconds=READY_SECONDS)

    def kill(self) -> None:
        if self._running is not None:
            os.killpg(self._running.pid, 9)
            self._running.wait(timeout=10)

    def resident(self) -> int:
        """Bytes of memory that its processes hold."""
        assert self._running is not None
        fields = (path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat") if path.exists())
        return sum(int(one[21]) for one in fields if int(one[2]) == self._running.pid) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture
def process(fresh_database: str, tmp_path: Path) -> Iterator[Process]:
    _set_clock(fresh_database, NOW)
    made = Process(_state_folder(tmp_path, fresh_database))
    try:
        made.start()
        yield made
    finally:
        made.kill()


class Page:
    """The stream of one page, on a socket of its own."""

    def __init__(self, port: int, session: str, topics: str, since: str = "") -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self._text = ""
        query = "&".join(f"topic={topic}" for topic in topics.split()) + (f"&since={since}" if since else "")
        self._socket.sendall(
            f"GET /stream?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\n\r\n".encode()
        )

    def hears(self, topic: str = "") -> str:
        """Read until a topic has moved, or until anything was said; returns the mark."""
        while True:
            for event in self._text.split("\n\n"):
                lines = [line for line in event.splitlines() if line.startswith(("id: ", "data: "))]
                if len(lines) == 2 and (not topic or topic in json.loads(lines[1][6:])):
                    return lines[0][4:]
            taken = self._socket.recv(65536)
            assert taken, self._text
            self._text += taken.decode()

    def close(self) -> None:
        self._socket.close()


def session_of(login: str) -> str:
    return signed_in(login).cookies["sessionid"].value


def test_killed_and_started_again_it_tells_everybody_to_fetch(process: Process) -> None:
    story, session = raise_one(), session_of("park")
    with closing(Page(process.port, session, "region:130973400")) as first:
        mark = first.hears()
    process.kill()
    acknowledged(story)
    process.start()

    with closing(Page(process.port, session, "region:130973400", mark)) as again:
        assert again.hears("region:130973400").split("-")[0] != mark.split("-")[0]


def test_readers_that_stop_reading_cost_the_others_nothing(process: Process) -> None:
    """Bad input of the issue: readers that stop reading; here in hundreds, by the thousand in `zhitong bench live`."""
    sessions = [session_of("province_office") for _ in range(READERS // 20)]
    story = raise_one()
    silent = [Page(process.port, sessions[place % len(sessions)], "region:13 unit:own") for place in range(READERS)]
    try:
        for page in silent:
            page.hears()
        held = process.resident()
        with closing(Page(process.port, session_of("city_office"), "region:1309")) as reading:
            reading.hears()
            acted = time.monotonic()
            acknowledged(story)
            reading.hears("region:1309")

            assert time.monotonic() - acted < 2
        assert process.resident() < held * 1.5 + 50_000_000
    finally:
        for page in silent:
            page.close()
