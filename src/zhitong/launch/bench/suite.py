"""The whole suite at a stock of problems, and at ten thousand beside it: what grows with the number, and what PostgreSQL alone takes."""

from __future__ import annotations

import http.cookiejar
import json
import re
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhitong.config import database as config
from zhitong.kit import progress
from zhitong.launch import port
from zhitong.launch.bench.ground import stock
from zhitong.launch.bench.serving import HOST, ask, resident, server
from zhitong.launch.bench.shelf import stocked

if TYPE_CHECKING:
    from zhitong.rehearsal.bench.reading import Reading

SECONDS, MANY = 4.0, 8
"""How long each thing is asked for, first by one reader, then by many."""
VOID_ABOVE = 0.25
"""A figure is void when the client took more of a processor than this share."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: milliseconds for one reader, answers a second for many, and the same rows by PostgreSQL alone."""

    bench: str
    what: str
    scale: int
    p50_ms: float
    p99_ms: float
    per_second: float
    bare_p50_ms: float
    client_share: float

    @property
    def ratio(self) -> float:
        """How many times as long as PostgreSQL alone."""
        return self.p50_ms / self.bare_p50_ms

    @property
    def is_void(self) -> bool:
        """Whether the client was in the way."""
        return self.client_share > VOID_ABOVE


def reading(scale: int) -> tuple[list[Figure], dict[str, float]]:
    """What readers wait for at a stock of so many problems; the web's memory at rest and under load, in MiB."""
    from zhitong.rehearsal.accounts import PASSWORD
    from zhitong.rehearsal.bench import reading as asked

    stocked(scale)
    name = stock(scale)
    with config.as_role("owner", name=name), tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        chosen = port.free(HOST, 9000)
        with server(name, chosen, Path(folder)) as group:
            at_rest = resident(group)
            cookies = {login: _signed_in(chosen, login, PASSWORD) for login in (asked.HANDLER, asked.OVERSEER)}
            figures = [
                _measured(one, scale, chosen, cookies[one.login], Path(folder)) for one in asked.readings()
            ]
            return figures, {"at_rest": at_rest, "under_load": resident(group)}


def _measured(one: Reading, scale: int, chosen: int, cookie: str, folder: Path) -> Figure:
    from zhitong.rehearsal.bench import client, reading

    with progress.step(f"{one.what}，{scale:,} 个问题"):
        file = folder / "requests"
        client.write_requests(file, _requests(one, chosen, cookie), 20_000)
        ask(file, chosen, MANY, 1.0)
        alone = ask(file, chosen, 1, SECONDS)
        together = ask(file, chosen, MANY, SECONDS)
        bare = reading.bare(one, SECONDS / 2)
    return Figure(
        one.bench, one.what, scale, _at(alone["took"], 0.5), _at(alone["took"], 0.99),
        together["taken"] / together["seconds"], _at(bare, 0.5), together["cpu_seconds"] / together["seconds"],
    )


def _at(took: Sequence[float], share: float) -> float:
    """A quantile of sorted seconds, in milliseconds."""
    return took[min(int(len(took) * share), len(took) - 1)] * 1000


def _requests(one: Reading, chosen: int, cookie: str) -> Iterator[bytes]:
    while True:
        for path in one.paths:
            yield f"GET {path} HTTP/1.1\r\nHost: {HOST}:{chosen}\r\nCookie: {cookie}\r\n\r\n".encode()


def _signed_in(chosen: int, login: str, password: str) -> str:
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


def as_table(figures: Sequence[Figure], small: Sequence[Figure]) -> list[str]:
    """The figures as lines, each beside the same at the small stock."""
    from zhitong.rehearsal.accounts import aligned

    before = {(one.bench, one.what): one for one in small}
    head = ("测什么", "问题数", "p50 毫秒", "p99 毫秒", "每秒（8 人）", "PostgreSQL 直接做 p50", "倍数", "比一万个问题时", "客户端占一个核")
    rows = [
        (one.what, f"{one.scale:,}", f"{one.p50_ms:.1f}", f"{one.p99_ms:.1f}", f"{one.per_second:.0f}", f"{one.bare_p50_ms:.2f}",
         f"{one.ratio:.1f}", f"{one.p50_ms / before[one.bench, one.what].p50_ms:.2f}",
         f"{one.client_share:.0%}" + ("（作废）" if one.is_void else ""))
        for one in figures
    ]
    return aligned([head, *rows])


def as_json(figures: Sequence[Figure], small: Sequence[Figure], more: dict[str, Any]) -> str:
    """The same for a program."""
    before = {(one.bench, one.what): one.p50_ms for one in small}
    rows = [
        {**asdict(one), "ratio": one.ratio, "growth": one.p50_ms / before[one.bench, one.what], "is_void": one.is_void}
        for one in figures
    ]
    return json.dumps({"figures": rows, **more}, ensure_ascii=False, indent=2)
