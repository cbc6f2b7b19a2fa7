"""How soon a commit is heard of: so many readers on one process of streams, and firms that report one matter after another.

Everybody follows the province, so every act is told to everybody: no fan-out is wider. What is measured is from just
before COMMIT to the arrival in the reader's process; the readers' own share of the processors is told beside it.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Person, Post
from zhitong.domain.organisations.queries import POST_IN_SESSION, directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import Source
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock, progress
from zhitong.kit.trouble import Trouble
from zhitong.rehearsal.bench.ground import MATTERS
from zhitong.rehearsal.opening import packages
from zhitong.rehearsal.stage import NOBODY

PROBLEMS = 100
EVERY_SECONDS = 1.0
SETTLE_SECONDS = 3.0
OFFICE = "13-office"
STOPPED_SHARE = 3  # of so many readers one stops reading


class LiveBenchFailed(Trouble):
    """The readers did not all get their streams."""


@dataclass
class Round:
    """What came of a series of acts: seconds from commit to each reader, and how many notices were to come."""

    took: list[float] = field(default_factory=list)
    expected: int = 0

    def at(self, share: float) -> float:
        """The time within which a share of the notices came, in milliseconds."""
        ordered = sorted(self.took)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else float("nan")


@dataclass(frozen=True)
class Measured:
    """One run: readers, how they got in, the series with all reading and with some that stopped, shares of a processor."""

    readers: int
    stopped: int
    opening_seconds: float
    reading: Round
    with_stopped: Round
    server_share: float
    client_share: float


def prepare(readers: int) -> list[str]:
    """The cookies of so many sessions of the office of the province, in a stock (as its owner)."""
    post = Post.objects.filter(unit__code=OFFICE, kind="officer").order_by("id")[0]
    seats = [Seat(login=f"live-{secrets.token_hex(4)}", name="演示", password=None, post_id=post.id, since=clock.today())]
    [person_id] = seat(seats)
    with progress.step(f"登录 {readers:,} 次"), transaction.atomic():
        return [_session(Person.objects.get(id=person_id), post.id) for _ in range(readers)]


def _session(person: Person, post_id: UUID) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY], session[POST_IN_SESSION] = person.get_session_auth_hash(), str(post_id)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def measure(
    cookies: Sequence[str], host: str, port: int, folder: Path, *, acts: int, cpu_seconds: Callable[[], float],
) -> Measured:
    """Open the streams and let so many acts come, with everybody reading and then with a third that has stopped.

    `cpu_seconds` tells what the process of the streams has used.
    """
    campaign = packages()[0].code
    numbers = [one.number for one in raise_problems([_matter(place, campaign) for place in range(PROBLEMS)])]
    with _readers([_request(cookie, numbers[place % PROBLEMS], host, port) for place, cookie in enumerate(cookies)],
                  host, port, folder) as client:
        opened = client.answer()
        if opened["open"] != len(cookies):
            raise LiveBenchFailed(f"{len(cookies)} 个读者只接通了 {opened['open']} 个；请看上面的错误，或运行 zhitong doctor。")
        time.sleep(SETTLE_SECONDS)
        client.ask("heard")
        began, used = time.monotonic(), (cpu_seconds(), client.ask("used")["cpu_seconds"])
        reading = _acts(client, len(cookies), campaign, acts)
        spent = time.monotonic() - began
        shares = (cpu_seconds() - used[0]) / spent, (client.ask("used")["cpu_seconds"] - used[1]) / spent
        stopped = len(cookies) // STOPPED_SHARE
        client.ask(f"stop {stopped}")
        with_stopped = _acts(client, len(cookies) - stopped, campaign, acts)
        return Measured(len(cookies), stopped, opened["seconds"], reading, with_stopped, *shares)


def _acts(client: _Client, readers: int, campaign: str, acts: int) -> Round:
    """A series of matters reported, one transaction each; every reader is to hear of each once."""
    found = Round()
    for place in range(acts):
        with transaction.atomic():
            raise_problems([_matter(place, campaign)])
            committing = time.monotonic()
        time.sleep(EVERY_SECONDS)
        found.took += [at - committing for at in client.ask("heard")["at"]]
        found.expected += readers
    return found


def _matter(place: int, campaign: str) -> Report:
    """A matter that an unknown firm of some county reports."""
    counties = [region for region in directory().regions.values() if region.rank is Rank.COUNTY]
    category, text = MATTERS[place % len(MATTERS)]
    return Report(
        campaign=campaign, source=Source.REPORT, subject_id=None, subject_name="演示企业",
        subject_kind=SubjectKind.INDUSTRY.value, reporter_unit_id=None, region_id=counties[place % len(counties)].id,
        category=category, text=text, actor=NOBODY, now=clock.now(),
    )


def _request(cookie: str, number: str, host: str, port: int) -> str:
    query = urlencode([("topic", "region:13"), ("topic", "unit:own"), ("topic", f"problem:{number}")])
    return f"GET /stream?{query} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n"


class _Client:
    """The readers' process: told what to do and heard by lines."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, words: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        print(words, file=self._process.stdin, flush=True)
        return self.answer()

    def answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise LiveBenchFailed("读者进程意外结束；请看上面的错误。")
        return dict(json.loads(line))


@contextmanager
def _readers(requests: Sequence[str], host: str, port: int, folder: Path) -> Iterator[_Client]:
    file = folder / "readers"
    file.write_text("\n".join(map(json.dumps, requests)), encoding="utf-8")
    words = [sys.executable, "-m", "zhitong.rehearsal.bench.live_client", str(file), host, str(port)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield _Client(process)
    finally:
        process.kill()
        process.communicate()
