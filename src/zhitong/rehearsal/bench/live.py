"""How soon a commit is heard of: so many readers on one process of streams, and firms that report one matter after another.

Everybody follows the province, so every act is told to everybody: no fan-out is wider. What is measured is from just
before COMMIT to the arrival in the reader's process; the readers' own share of the processors is told beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
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
from zhitong.rehearsal.opening import load_packages, packages
from zhitong.rehearsal.stage import NOBODY

PROBLEMS = 100
ACTS = 20
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
    """One run: readers, how they got in, the series with all reading and with some that stopped, the server's costs."""

    readers: int
    stopped: int
    opening_seconds: float
    reading: Round
    with_stopped: Round
    bytes_before: int
    bytes_open: int
    bytes_after: int
    server_cpu_share: float
    client_cpu_share: float


def prepare(readers: int) -> list[str]:
    """Load the campaign into the scratch database (as its owner); returns the cookies of so many sessions of its office."""
    with progress.step("准备测试场地：活动") as step:
        load_packages(step)
    post = Post.objects.filter(unit__code=OFFICE, kind="officer").order_by("id")[0]
    [person_id] = seat([Seat(login="live-reader", name="演示", password=None, post_id=post.id, since=clock.today())])
    with progress.step(f"登录 {readers:,} 次"), transaction.atomic():
        return [_session(Person.objects.get(id=person_id), post.id) for _ in range(readers)]


def _session(person: Person, post_id: UUID) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY], session[POST_IN_SESSION] = person.get_session_auth_hash(), str(post_id)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def measure(cookies: Sequence[str], host: str, port: int, pid: int, folder: Path) -> Measured:
    """Open the streams and let acts come, with everybody reading and then with a third that has stopped."""
    campaign = packages()[0].code
    numbers = [one.number for one in raise_problems([_matter(place, campaign) for place in range(PROBLEMS)])]
    before = _resident(pid)
    with _readers([_request(cookie, numbers[place % PROBLEMS], host, port) for place, cookie in enumerate(cookies)],
                  host, port, folder) as client:
        opened = client.answer()
        if opened["open"] != len(cookies):
            raise LiveBenchFailed(f"{len(cookies)} 个读者只接通了 {opened['open']} 个；请看上面的错误，或运行 zhitong doctor。")
        time.sleep(SETTLE_SECONDS)
        client.ask("heard")
        open_bytes, began = _resident(pid), time.monotonic()
        used = _cpu(pid), client.ask("used")["cpu_seconds"]
        reading = _acts(client, len(cookies), campaign)
        spent = time.monotonic() - began
        shares = (_cpu(pid) - used[0]) / spent, (client.ask("used")["cpu_seconds"] - used[1]) / spent
        stopped = len(cookies) // STOPPED_SHARE
        client.ask(f"stop {stopped}")
        with_stopped = _acts(client, len(cookies) - stopped, campaign)
        return Measured(
            len(cookies), stopped, opened["seconds"], reading, with_stopped, before, open_bytes, _resident(pid), *shares,
        )


def told(found: Measured) -> list[str]:
    """The measurement in lines."""
    each = (found.bytes_open - found.bytes_before) / found.readers / 1024

    def line(series: Round) -> str:
        return (f"中位 {series.at(0.5):.0f} 毫秒，99% 在 {series.at(0.99):.0f} 毫秒内，最慢 {series.at(1):.0f} 毫秒"
                f"（{len(series.took):,} 次通知，应有 {series.expected:,} 次）")

    return [
        f"实时通知：{found.readers:,} 个读者、一个进程，全部关注全省；每秒反映一个问题，从提交前一刻到读者收到：",
        f"  都在读：{line(found.reading)}",
        f"  其中 {found.stopped:,} 个不再读时，其余的：{line(found.with_stopped)}",
        f"  接通全部读者 {found.opening_seconds:.1f} 秒；实时通知进程占用处理器 {found.server_cpu_share:.0%}，读者进程 "
        f"{found.client_cpu_share:.0%}（一个核为 100%）",
        f"  内存：没有读者 {found.bytes_before / 1024**2:.0f} MB，接通后 {found.bytes_open / 1024**2:.0f} MB（每个 {each:.0f} kB），"
        f"有人不读之后 {found.bytes_after / 1024**2:.0f} MB",
    ]


def _acts(client: _Client, readers: int, campaign: str) -> Round:
    """A series of matters reported, one transaction each; every reader is to hear of each once."""
    found = Round()
    for place in range(ACTS):
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


def _processes(group: int) -> Iterator[list[str]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            yield fields


def _resident(group: int) -> int:
    """Bytes of memory that the processes of a group hold; 0 where there is no /proc to tell."""
    return sum(int(fields[21]) for fields in _processes(group)) * 4096


def _cpu(group: int) -> float:
    """Seconds of the processors that the processes of a group have used."""
    return sum(int(fields[11]) + int(fields[12]) for fields in _processes(group)) / 100
