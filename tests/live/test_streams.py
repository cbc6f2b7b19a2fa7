"""The process of streams from a request to its end, in this process: an act is heard of, rights end streams, losses are made good."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.cast import Story, acting
from tests.live.conftest import raise_one
from tests.live.test_topics import scope
from tests.live.wires import PATIENCE_SECONDS, Wire, run, until
from tests.problems.ways import acknowledged
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.entry.rules.kinds import EntryFact
from zhitong.domain.history.actions import record
from zhitong.domain.history.follow import follow
from zhitong.domain.organisations.actions.seating import end_tenure
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.problems.actions.handling import Complete, complete
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Outcome
from zhitong.kit import clock
from zhitong.live import keeping, source
from zhitong.live.application import Live
from zhitong.work.reactions import FOLLOWER, react

ORIGIN = f"http://127.0.0.1:{settings.PAGES_PORT}"


@pytest.fixture(scope="module")
def small_world(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """One database for all of these: every test has a matter of its own in it, and commits are real."""
    with databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("web", name=name):
        yield name


@pytest.fixture
def live(small_world: str, monkeypatch: pytest.MonkeyPatch) -> Live:
    """The application on that database, at the hour of the small world."""
    monkeypatch.setattr(clock, "_offset", clock.offset() + (NOW - clock.now()))
    monkeypatch.setattr(keeping, "TICK_SECONDS", 0.05)
    monkeypatch.setattr(source, "TROUBLE_SECONDS", 0.1)
    return Live(lambda: config.this_thread_as("worker", name=small_world))


@asynccontextmanager
async def serving(live: Live) -> AsyncIterator[None]:
    """Let the application live for the length of a block."""
    told, said = asyncio.Queue[dict[str, Any]](), asyncio.Queue[dict[str, Any]]()
    living = asyncio.create_task(live({"type": "lifespan"}, told.get, said.put))
    await told.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    await until(lambda: live.hub._version == 1)  # it has begun to read
    try:
        yield
    finally:
        await told.put({"type": "lifespan.shutdown"})
        await living


def opened(live: Live, session: str, *topics: str, more: str = "", **headers: str) -> tuple[Wire, asyncio.Task[None]]:
    """Ask for a stream."""
    wire = Wire()
    query = "&".join(f"topic={topic}" for topic in topics) + more
    asked = scope(query, cookie=f"sessionid={session}", **headers)
    return wire, asyncio.create_task(live(asked, wire.receive, wire.send))


async def done(act: Callable[[], Any]) -> Any:
    """Do something with the database beside the loop, as other processes do."""

    def alone() -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    return await asyncio.to_thread(alone)


def session_of(login: str) -> str:
    return signed_in(login).cookies["sessionid"].value


def number_of(story: Story) -> str:
    with acting("province_office"):
        return Problem.objects.get(id=story.problem_id).number


@contextmanager
def somebody_writing(name: str) -> Iterator[None]:
    """A transaction that has begun to write and does not end for the length of a block, as a great import's."""
    with psycopg.connect(**config.parameters("web", name=name)) as own:
        own.execute("SELECT pg_current_xact_id()")
        yield


def test_an_act_is_heard_of_by_who_follows_it_though_an_older_transaction_still_runs(live: Live, small_world: str) -> None:
    async def story() -> None:
        told = await done(raise_one)
        number = await done(lambda: number_of(told))
        sessions = [await done(lambda login=login: session_of(login)) for login in ("firm", "province_office", "outsider")]
        async with serving(live):
            firm, _ = opened(live, sessions[0], f"problem:{number}")
            province, _ = opened(live, sessions[1], "region:13", "unit:own")
            outsider, _ = opened(live, sessions[2], "region:130123", "unit:own")
            await until(lambda: all(wire.marks for wire in (firm, province, outsider)))
            with somebody_writing(small_world):
                await done(lambda: acknowledged(told))
                await until(lambda: bool(firm.moved and province.moved))

            assert firm.moved == [{f"problem:{number}"}]
            assert province.moved == [{"region:13"}]
            assert outsider.moved == []

    run(story)


def test_who_may_follow_nothing_of_it_finds_nothing(live: Live) -> None:
    async def story() -> None:
        told = await done(raise_one)
        number = await done(lambda: number_of(told))
        outsider = await done(lambda: session_of("outsider"))
        for session, topics, origin, status in (
            (outsider, (f"problem:{number}", "region:1309", "unit:13-office"), ORIGIN, 404),
            ("", ("region:13", "unit:own"), ORIGIN, 404),
            (outsider, (), ORIGIN, 404),
            (outsider, ("unit:own",), "http://evil.example:8000", 403),
        ):
            wire, answering = opened(live, session, *topics, origin=origin)
            await answering

            assert (wire.status, wire.frames) == (status, [])
            assert "access-control-allow-origin" not in wire.headers

    run(story)


def test_our_pages_may_read_it_and_nothing_keeps_a_copy(live: Live) -> None:
    async def story() -> None:
        session = await done(lambda: session_of("firm"))
        wire, answering = opened(live, session, "unit:own", origin=ORIGIN)
        await until(lambda: bool(wire.marks))
        wire.leave()
        await answering

        assert wire.status == 200
        assert wire.headers["access-control-allow-origin"] == ORIGIN
        assert wire.headers["access-control-allow-credentials"] == "true"
        assert wire.headers["cache-control"] == "no-store"
        assert len(live.hub) == 0

    run(story)


def test_a_stream_ends_when_the_post_has_ended(live: Live) -> None:
    async def story() -> None:
        sessions = [await done(lambda login=login: session_of(login)) for login in ("zone_office", "province_office")]
        async with serving(live):
            (left, answering), (other, _) = (opened(live, session, "unit:own") for session in sessions)
            await until(lambda: bool(left.marks and other.marks))
            await done(lambda: leave("zone_office"))
            await until(answering.done)

            assert left.has_ended
            assert left.is_over
            assert not other.has_ended

    run(story)


def leave(login: str) -> None:
    """Let somebody hold his post no longer, as an act of the administrator leaves it."""
    with acting("province_office") as actor:
        tenure = Tenure.objects.get(person__login=login)
        end_tenure(tenure_id=tenure.id, on=date(2018, 4, 27))
        record(EntryFact.LEFT.value, thing_kind="tenure", thing_id=tenure.id, actor=actor, at=NOW)


def test_a_stream_ends_in_time_when_its_session_has(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "EARLIEST_SECONDS", 0.0)

    async def story() -> None:
        session = await done(lambda: session_of("firm"))
        async with serving(live):
            wire, answering = opened(live, session, "unit:own")
            await until(lambda: bool(wire.marks))
            await done(lambda: SessionStore(session).flush())
            await until(answering.done)

            assert wire.has_ended

    run(story)


def test_who_lost_the_connection_is_told_what_was_missed(live: Live) -> None:
    async def story() -> None:
        told = await done(raise_one)
        session = await done(lambda: session_of("park"))
        async with serving(live):
            first, answering = opened(live, session, "region:130973400", "unit:own")
            await until(lambda: bool(first.marks))
            first.leave()
            await answering
            before = live.hub._version
            await done(lambda: acknowledged(told))
            await until(lambda: live.hub._version > before)
            again, _ = opened(live, session, "region:130973400", "unit:own", more=f"&since={first.marks[-1]}")
            await until(lambda: bool(again.moved))

            assert again.moved[0] == {"region:130973400", "unit:own"}

    run(story)


def test_notices_are_heard_of_when_the_worker_has_written_them(live: Live, small_world: str) -> None:
    """The fact is heard of at once; the firm is told of its answer by the worker, a moment later."""

    async def story() -> None:
        told = await done(lambda: acknowledged(raise_one()))
        session = await done(lambda: session_of("firm"))
        async with serving(live):
            wire, _ = opened(live, session, "unit:own")
            await until(lambda: bool(wire.marks))
            await done(lambda: told.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。"))
            await until(lambda: bool(wire.moved))
            heard = len(wire.moved)
            async with asyncio.timeout(PATIENCE_SECONDS * 3):
                while len(wire.moved) == heard:
                    await done(lambda: as_worker(small_world))

            assert wire.moved[-1] == {"unit:own"}

    run(story)


def as_worker(name: str) -> None:
    """Let the worker of this database follow what there is; only the thread that asks logs in as it.

    It follows below the oldest transaction of its database, so what others are in the midst of may hold it back a while.
    """
    config.this_thread_as("worker", name=name)
    follow(FOLLOWER, react)
    time.sleep(0.1)
    connections.close_all()
    del connections["default"]


def kill_backends(name: str) -> None:
    """End what pages and worker have open in a database, as a failing server does."""
    for role in ("web", "worker"):
        with psycopg.connect(**config.parameters(role, name=name), autocommit=True) as own:
            own.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )


def test_killed_connections_are_made_anew_and_nothing_is_passed_by(live: Live, small_world: str) -> None:
    async def story() -> None:
        told = await done(raise_one)
        session = await done(lambda: session_of("province_office"))
        async with serving(live):
            wire, _ = opened(live, session, "region:13")
            await until(lambda: bool(wire.marks))
            await asyncio.to_thread(kill_backends, small_world)
            await done(lambda: acknowledged(told))
            await until(lambda: bool(wire.moved))
            late, _ = opened(live, session, "region:13")
            await until(lambda: bool(late.marks))

            assert wire.moved[0] == {"region:13"}

    run(story)
