"""What people open again and again, as whole pages over HTTP, beside the bare statements by which PostgreSQL reads the same rows."""

from __future__ import annotations

import http.cookiejar
import re
import tempfile
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

MANY, WARMING = 8, 1.0
"""How many ask at once in the second stretch, and for how long all ask before anything is measured."""
WEB = "网页服务"
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
            figures = tuple(_measured(one, scale, chosen, cookies[one.login], Path(folder), terms) for one in asked)
            return Outcome(figures, memory.compared(bench, scale, at_rest, memory.held({WEB: group})))


def _measured(one: Reading, scale: int, chosen: int, cookie: str, folder: Path, terms: Terms) -> Figure:
    from zhitong.rehearsal.bench import client, reading

    with progress.step(f"{one.what}，{scale:,} 个问题"):
        file = folder / "requests"
        client.write_requests(file, _requests(one, chosen, cookie), REQUESTS)
        ask(file, chosen, MANY, WARMING)
        alone = ask(file, chosen, 1, terms.seconds)
        together = ask(file, chosen, MANY, terms.seconds)
        bare = reading.bare(one, terms.seconds / 2)
    return Figure(
        bench=one.bench, what=one.what, scale=scale, p50_ms=at(alone["took"], 0.5), p99_ms=at(alone["took"], 0.99),
        per_second=together["taken"] / together["seconds"], bare_p50_ms=at(bare, 0.5),
        client_share=together["cpu_seconds"] / together["seconds"],
    )


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
