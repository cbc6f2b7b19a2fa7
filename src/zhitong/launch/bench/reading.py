"""What people open again and again, as whole pages over HTTP, beside the bare statements by which PostgreSQL reads the same rows."""

from __future__ import annotations

import http.cookiejar
import re
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from zhitong.config import database as config
from zhitong.kit import progress
from zhitong.launch import port
from zhitong.launch.bench import memory
from zhitong.launch.bench.figures import Figure, Outcome, at
from zhitong.launch.bench.serving import HOST, ask, server
from zhitong.launch.bench.shelf import stocked
from zhitong.launch.bench.terms import Terms

if TYPE_CHECKING:
    from zhitong.rehearsal.bench.reading import Reading

MANY = 8
"""How many ask at once in the second stretch."""
WARMING, WARM_ASKED, WARM_SECONDS = 2.0, 200, 40.0
"""Before anything is measured all ask, stretch by stretch, until so many were answered or so long has passed: a connection of the
pool plans a statement anew the first eight times, and there are sixteen."""
WEB = "网页服务"
KEPT = "只读留存的计数"
REQUESTS = 4000
"""Requests that are laid ready for a stretch: more than are answered in it."""


def measure(bench: str, scale: int, terms: Terms) -> Outcome:
    """What readers wait for at a stock of so many problems, of one kind: “inbox”, “problem”, “overview”, “search”."""
    from zhitong.rehearsal.accounts import PASSWORD
    from zhitong.rehearsal.bench import reading

    name = stocked(scale)
    with config.as_role("owner", name=name), tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        asked = [one for one in reading.readings() if one.bench == bench]
        chosen = port.free(HOST, 9000)
        with server(name, chosen, Path(folder)) as group:
            cookies = {login: signed_in(chosen, login, PASSWORD) for login in {one.login for one in asked}}
            at_rest = memory.held({WEB: group})
            figures = tuple(
                figure for one in asked for figure in _measured(one, scale, chosen, cookies[one.login], Path(folder), terms)
            )
            return Outcome(figures, memory.compared(bench, scale, at_rest, memory.held({WEB: group})))


def _measured(one: Reading, scale: int, chosen: int, cookie: str, folder: Path, terms: Terms) -> Iterator[Figure]:
    from zhitong.rehearsal.bench import client, reading

    with progress.step(f"{one.what}，{scale:,} 个问题"):
        file = folder / "requests"
        client.write_requests(file, _requests(one, chosen, cookie), REQUESTS)
        _warm(file, chosen)
        alone = ask(file, chosen, 1, terms.seconds)
        together = ask(file, chosen, MANY, terms.seconds)
        bare = reading.bare(one, terms.seconds / 2)
        kept = reading.timed(one.kept, terms.seconds / 2) if one.kept else []
    yield Figure(
        bench=one.bench, what=one.what, scale=scale, p50_ms=at(alone["took"], 0.5), p99_ms=at(alone["took"], 0.99),
        per_second=together["taken"] / together["seconds"], bare_p50_ms=at(bare, 0.5),
        client_share=together["cpu_seconds"] / together["seconds"],
    )
    if kept:
        yield Figure(
            bench=one.bench, what=f"{one.what}：{KEPT}", scale=scale, p50_ms=at(kept, 0.5), p99_ms=at(kept, 0.99),
            bare_p50_ms=at(bare, 0.5),
        )


def _warm(file: Path, chosen: int) -> None:
    answered, began = 0, time.monotonic()
    while answered < WARM_ASKED and time.monotonic() - began < WARM_SECONDS:
        answered += ask(file, chosen, MANY, WARMING)["taken"]


def _requests(one: Reading, chosen: int, cookie: str) -> Iterator[bytes]:
    while True:
        for path in one.paths:
            yield f"GET {path} HTTP/1.1\r\nHost: {HOST}:{chosen}\r\nCookie: {cookie}\r\n\r\n".encode()


def signed_in(chosen: int, login: str, password: str) -> str:
    """The cookies of somebody who has signed in at the door, as one header."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://{HOST}:{chosen}/sign-in/"
    page = opener.open(address, timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    form = {"csrfmiddlewaretoken": token[1] if token else "", "login": login, "password": password}
    asked = urllib.request.Request(
        address, urllib.parse.urlencode(form).encode(), {"Referer": address}
    )
    opener.open(asked, timeout=30).read()
    return "; ".join(f"{one.name}={one.value}" for one in jar)
