"""Who is told what: once per topic however often it moved, from where one last heard, and never at the cost of others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from uuid import UUID

import pytest

from tests.live.wires import Wire, run, until
from zhitong.live import hub as hubs
from zhitong.live import keeping
from zhitong.live.hub import Heard, Hub
from zhitong.live.keeping import Keeper
from zhitong.live.reader import Reader
from zhitong.live.rights import Credentials, Followed
from zhitong.live.topics import Asked, Kind, Topic

CITY, PROVINCE, UNIT = (Topic(Kind.REGION, UUID(int=1)), Topic(Kind.REGION, UUID(int=2)), Topic(Kind.UNIT, UUID(int=3)))
NAMES = {CITY: "region:1309", PROVINCE: "region:13", UNIT: "unit:own"}


def reading(hub: Hub, wire: Wire, *topics: Topic, heard: Heard | None = None) -> Reader:
    """A reader that has joined; its stream's own task is the story's."""
    reader = Reader(wire.send, Credentials(session="a"), [Asked(Kind.REGION, "1309")], hub.epoch)
    hub.join(reader, {topic: (NAMES[topic],) for topic in topics}, heard or Heard())
    return reader


def test_a_move_is_told_to_who_follows_it_and_to_nobody_else() -> None:
    async def story() -> None:
        hub, city, province = Hub(), Wire(), Wire()
        reading(hub, city, CITY, UNIT)
        reading(hub, province, PROVINCE)
        hub.publish({PROVINCE})
        hub.publish({CITY, PROVINCE})

        await until(lambda: len(city.marks) == 1 and province.moved != [])

        assert city.moved == [{"region:1309"}]
        assert province.moved == [{"region:13"}]

    run(story)


def test_an_event_carries_topics_with_versions_and_nothing_else() -> None:
    async def story() -> None:
        hub, wire = Hub(), Wire()
        reading(hub, wire, CITY)
        await until(lambda: len(wire.frames) == 1)
        hub.publish({CITY})
        await until(lambda: len(wire.frames) == 2)

        assert wire.frames == [
            f"id: {hub.epoch}-0\ndata: {{}}\n\n", f'id: {hub.epoch}-1\ndata: {{"region:1309": 1}}\n\n',
        ]

    run(story)


def test_what_waits_for_one_who_does_not_read_stays_one_version_for_each_topic() -> None:
    async def story() -> None:
        hub, slow, quick = Hub(), Wire(), Wire()
        reading(hub, slow, CITY, PROVINCE)
        reading(hub, quick, CITY)
        await until(lambda: len(slow.frames) == len(quick.frames) == 1)
        slow.takes.clear()
        for _ in range(10_000):
            hub.publish({CITY, PROVINCE})
        await until(lambda: quick.marks[-1].endswith("-10000"))
        slow.takes.set()
        await until(lambda: slow.marks[-1].endswith("-10000"))

        assert len(slow.frames) <= 3
        assert slow.moved[-1] == {"region:1309", "region:13"}

    run(story)


def test_one_who_takes_nothing_for_long_is_let_go_and_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SLOW_SECONDS", 0.05)

    async def story() -> None:
        hub, slow, quick = Hub(), Wire(), Wire()
        keeper = Keeper(hub, nobody_is_asked)
        answering = asyncio.create_task(answer(hub, slow))
        reading(hub, quick, CITY)
        await until(lambda: len(slow.frames) == 1)
        slow.takes.clear()
        hub.publish({CITY})
        await asyncio.sleep(0.1)
        await keeper.look_after_all()
        await until(answering.done)
        hub.publish({CITY})
        await until(lambda: quick.marks[-1].endswith("-2"))

        assert len(hub) == 1
        assert len(slow.frames) == 1

    run(story)


async def answer(hub: Hub, wire: Wire) -> None:
    """Answer one request until it is let go."""
    reader = reading(hub, wire, CITY)
    try:
        await wire.receive()
        await wire.receive()
    except asyncio.CancelledError:
        pass
    finally:
        hub.leave(reader)


async def nobody_is_asked(credentials: Credentials, asked: Sequence[Asked]) -> Followed:
    """Rights as they were."""
    return {CITY: ("region:1309",)}


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("{epoch}-1", [{"region:1309", "region:13"}]),
        ("{epoch}-2", [{"region:13"}]),
        ("{epoch}-3", []),
        ("another-3", [{"region:1309", "region:13", "unit:own"}]),
        ("{epoch}-x", [{"region:1309", "region:13", "unit:own"}]),
        ("nonsense", [{"region:1309", "region:13", "unit:own"}]),
    ],
)
def test_who_comes_back_is_told_what_it_missed(mark: str, told: list[set[str]]) -> None:
    async def story() -> None:
        hub, wire = Hub(), Wire()
        for topics in ({UNIT}, {CITY}, {PROVINCE}):
            hub.publish(topics)
        reading(hub, wire, CITY, PROVINCE, UNIT, heard=Heard(mark.format(epoch=hub.epoch)))

        await until(lambda: wire.marks == [f"{hub.epoch}-3"])

        assert wire.moved == told

    run(story)


def test_a_page_older_than_a_move_is_told_of_it_and_a_younger_one_is_not() -> None:
    async def story() -> None:
        hub, older, younger = Hub(), Wire(), Wire()
        began = time.monotonic()
        await asyncio.sleep(0.05)
        hub.publish({CITY})
        await asyncio.sleep(0.05)
        hub._forgotten = (0, began - 1)  # as though the process had been running before either page was asked for
        reading(hub, older, CITY, heard=Heard(seconds_ago=time.monotonic() - began))
        reading(hub, younger, CITY, heard=Heard(seconds_ago=0.01))
        await until(lambda: len(older.frames) == len(younger.frames) == 1)

        assert (older.moved, younger.moved) == ([{"region:1309"}], [])

    run(story)


def test_a_page_older_than_the_process_fetches_once() -> None:
    async def story() -> None:
        hub, wire = Hub(), Wire()
        reading(hub, wire, CITY, heard=Heard(seconds_ago=3600))
        await until(lambda: len(wire.frames) == 1)

        assert wire.moved == [{"region:1309"}]

    run(story)


def test_what_is_no_longer_remembered_counts_as_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "KEPT_TOPICS", 2)

    async def story() -> None:
        hub, wire = Hub(), Wire()
        for number in range(5):
            hub.publish({Topic(Kind.PROBLEM, UUID(int=number))})
        reading(hub, wire, CITY, heard=Heard(f"{hub.epoch}-1"))
        await until(lambda: len(wire.frames) == 1)

        assert wire.moved == [{"region:1309"}]

    run(story)


def test_whoever_is_there_when_reading_begins_fetches_once() -> None:
    async def story() -> None:
        hub, wire = Hub(), Wire()
        reading(hub, wire, CITY)
        await until(lambda: len(wire.frames) == 1)
        hub.begin()
        await until(lambda: len(wire.frames) == 2)

        assert wire.moved == [{"region:1309"}]

    run(story)


def test_rights_are_asked_again_in_time_and_at_once_after_a_change_of_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "EARLIEST_SECONDS", 1000.0)
    monkeypatch.setattr(keeping, "CHECK_SECONDS", 1001.0)

    async def story() -> None:
        hub, wire = Hub(), Wire()
        keeper = Keeper(hub, nobody_is_asked)
        reader = reading(hub, wire, CITY, PROVINCE)
        await keeper.look_after_all()
        assert set(reader.topics) == {CITY, PROVINCE}
        keeper.check_all_soon()
        await keeper.look_after_all()
        assert set(reader.topics) == {CITY}
        hub.publish({CITY, PROVINCE})
        await until(lambda: wire.moved != [])

        assert wire.moved == [{"region:1309"}]

    run(story)


def test_a_quiet_stream_is_kept_open_by_a_line_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "BEAT_SECONDS", 0.0)

    async def story() -> None:
        hub, wire = Hub(), Wire()
        reading(hub, wire, CITY)
        await until(lambda: len(wire.frames) == 1)
        await Keeper(hub, nobody_is_asked).look_after_all()
        await until(lambda: len(wire.frames) == 2)

        assert wire.frames[1] == ": \n\n"

    run(story)


def test_of_too_many_streams_of_one_session_the_oldest_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_OF_ONE", 2)

    async def story() -> None:
        hub, wires = Hub(), [Wire() for _ in range(3)]
        keeper = Keeper(hub, nobody_is_asked)
        answering = [asyncio.create_task(welcomed(hub, keeper, wire)) for wire in wires]
        await until(answering[0].done)

        assert [one.done() for one in answering] == [True, False, False]
        assert len(hub) == 2
        for wire in wires:
            wire.leave()
        await asyncio.gather(*answering)

    run(story)


async def welcomed(hub: Hub, keeper: Keeper, wire: Wire) -> None:
    """Answer one request that the keeper has welcomed."""
    reader = reading(hub, wire, CITY)
    keeper.welcome(reader)
    try:
        await wire.receive()
        await wire.receive()
    except asyncio.CancelledError:
        pass
    finally:
        hub.leave(reader)
