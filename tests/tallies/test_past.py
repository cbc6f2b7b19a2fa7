"""Counts as they stood at any moment: exact, the same for ever once the day is closed, along the tree of that day."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from zhitong.config import database as config
from zhitong.domain.tallies.actions import close_days, fold, grow, post, rebuild_past
from zhitong.domain.tallies.queries import TooEarly, counts, differences, differences_of_past, moment, tampered
from zhitong.domain.tallies.rules import Cut, Past, closable_on, midnight, moment_of
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7

STAYS = Cut(
    "test.stays", ("word",), "SELECT node, word, '', '', count(*) FROM test_stay WHERE until IS NULL GROUP BY 1, 2",
    Past(
        "SELECT stay.node, stay.word, '', '', 1, stay.since FROM test_stay stay"
        " WHERE stay.since >= %(since)s AND stay.since < %(until)s{within} UNION ALL"
        " SELECT stay.node, before.word, '', '', -1, stay.since FROM test_stay stay JOIN test_stay before"
        " ON before.id = stay.previous_id WHERE stay.since >= %(since)s AND stay.since < %(until)s{within}",
        "SELECT stay.node, stay.word, '', '', 1 FROM test_stay stay"
        " WHERE stay.since < %(since)s AND (stay.until IS NULL OR stay.until >= %(since)s)",
        "stay.node", "SELECT min(since) FROM test_stay",
    ),
)
TABLE = """
CREATE TABLE test_stay (
    id uuid PRIMARY KEY, previous_id uuid, thing int, node uuid, word text, since timestamptz, until timestamptz)
"""
BEGINNING = datetime(2018, 1, 30, 4, tzinfo=UTC)
ROOT, EAST, WEST, A, B, C = (uuid7() for _ in range(6))
ABOVE = {EAST: ROOT, WEST: ROOT, A: EAST, B: EAST, C: WEST}
NODES = (ROOT, EAST, WEST, A, B, C)
DAILY_FROM = 3
"""Few enough that the root and a branch have days of their own, and the rest has none."""


@pytest.fixture(scope="module")
def owner(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """As the owner, in a database with a table of stays of its own; every test begins with `begin`."""
    with databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("owner", name=name):
        run(TABLE)
        yield name


@dataclass
class Told:
    """What happened, kept a second time in Python: every stay, and every tree with the day from which it stood."""

    stays: list[list[Any]] = field(default_factory=list)
    trees: list[tuple[date, dict[UUID, UUID]]] = field(default_factory=lambda: [(date.min, ABOVE)])

    def counted(self, at: datetime) -> Counter[tuple[UUID, str]]:
        """Every node's count by word at a moment."""
        above = [tree for since, tree in self.trees if since <= day_of(at)][-1]
        found: Counter[tuple[UUID, str]] = Counter()
        for node, word, since, until in self.stays:
            if since <= at and (until is None or at < until):
                place: UUID | None = node
                while place is not None:
                    found[place, word] += 1
                    place = above.get(place)
        return found


def run(statement: str, parameters: object = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def pairs(above: dict[UUID, UUID]) -> set[tuple[UUID, UUID]]:
    found = set()
    for node in NODES:
        place: UUID | None = node
        while place is not None:
            found.add((node, place))
            place = above.get(place)
    return found


def begin() -> Told:
    """Forget what was before and plant the tree."""
    kept = ("posting", "cell", "past", "total", "daily", "branch", "branch_gone")
    for table in ("test_stay", *(f"tallies_{name}" for name in kept)):
        run(f"DELETE FROM {table}")
    run("UPDATE tallies_closing SET begins_at = NULL, closed_on = NULL, summed_on = NULL, fence = NULL")
    grow(pairs(ABOVE), on=BEGINNING.date())
    return Told()


def enter(told: Told, places: dict[int, int], thing: int, node: UUID, word: str, at: datetime) -> None:
    """A thing comes to a word; as acts do it: not before its last, never into a closed day. It keeps its node."""
    [(open_from,)] = run("SELECT greatest(tallies_open_from(), %s)", [at])
    known = places.get(thing)
    previous = told.stays[known] if known is not None else None
    since = max(open_from, previous[2]) if previous else open_from
    if previous:
        node, previous[3] = previous[0], since
        run("UPDATE test_stay SET until = %s WHERE thing = %s AND until IS NULL", [since, thing])
    places[thing] = len(told.stays)
    told.stays.append([node, word, since, None])
    run(
        "INSERT INTO test_stay SELECT uuid7(), (SELECT id FROM test_stay WHERE thing = %(thing)s ORDER BY id DESC LIMIT 1),"
        " %(thing)s, %(node)s, %(word)s, %(since)s", {"thing": thing, "node": node, "word": word, "since": since},
    )


def close(now: datetime) -> None:
    """Close what is over and sum it: nobody is in this database but us, whoever is at work in others on this server."""
    for _ in range(200):
        close_days([STAYS], now=now, daily_from=DAILY_FROM)
        run("UPDATE tallies_closing SET fence = 0 WHERE fence IS NOT NULL")
        if run("SELECT summed_on IS NOT DISTINCT FROM closed_on FROM tallies_closing") == [(True,)]:
            return
        time.sleep(0.02)
    raise AssertionError("what is closed is summed in the end")


def read(at: datetime) -> Counter[tuple[Any, ...]]:
    return Counter(counts(STAYS, NODES, by=("word",), at=at))


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("act"), st.integers(0, 7), st.sampled_from([ROOT, EAST, A, B, C]), st.sampled_from("xyz"),
                  st.integers(-3000, 12_000)),
        st.tuples(st.just("close"), st.integers(0, 80_000)),
        st.tuples(st.just("turn"), st.sampled_from([A, B, C]), st.sampled_from([EAST, WEST]), st.integers(-2, 3)),
    ),
    min_size=5, max_size=40,
)


def play(told: Told, steps: list[tuple[Any, ...]]) -> datetime:
    """Let it all happen; returns when it is over. Minutes may be less than none: a clock was set back."""
    now, places, above = BEGINNING, dict[int, int](), dict(ABOVE)
    for kind, *given_ in steps:
        if kind == "act":
            thing, node, word, minutes = given_
            now += timedelta(minutes=minutes)
            enter(told, places, thing, node, word, now)
        elif kind == "close":
            now += timedelta(minutes=given_[0])
            close(now)
        else:
            node, parent, days = given_
            on = max(day_of(now) + timedelta(days=days), run("SELECT coalesce(closed_on + 1, '0001-01-01') FROM tallies_closing")[0][0])
            last = told.trees[-1][0]
            on = max(on, last if last > date.min else on)
            if above[node] != parent:
                above = {**above, node: parent}
                told.trees.append((on, above))
                grow(pairs(above), on=on)
    return now


@settings(max_examples=min(settings().max_examples, 200) // 4)
@given(steps=STEPS, seed=st.integers(0, 2**20))
def test_any_moment_is_counted_as_a_plain_recount_would(owner: str, steps: list[tuple[Any, ...]], seed: int) -> None:
    told, draw = begin(), Random(seed)
    over = play(told, steps)
    exact = [since for _node, _word, since, _until in told.stays]
    drawn = [BEGINNING + (over - BEGINNING) * draw.random() for _ in range(8)]

    day_ends = [midnight(day_of(at)) - timedelta(microseconds=1) for at in (*drawn[:3], *exact[-3:], over)]
    for at in [*drawn, *day_ends, *exact[-6:], *(since - timedelta(microseconds=1) for since in exact[-3:])]:
        assert read(at) == told.counted(at), at
    assert list(differences_of_past(STAYS)) == []
    assert tampered()[1] == []


def test_a_closed_day_keeps_its_figures_whatever_the_clock_says_later(owner: str) -> None:
    told, places = begin(), dict[int, int]()
    for thing, hours in enumerate((0, 5, 30, 31)):
        enter(told, places, thing, A, "x", BEGINNING + timedelta(hours=hours))
    cut_off = BEGINNING + timedelta(hours=20)
    before = read(cut_off)
    close(BEGINNING + timedelta(days=3))

    for thing in range(4):
        enter(told, places, thing, A, "y", BEGINNING + timedelta(hours=6))  # the clock was set back

    assert read(cut_off) == before == {(node, "x"): 2 for node in (A, EAST, ROOT)}
    assert all(since > cut_off for _node, word, since, _until in told.stays if word == "y")
    assert list(differences_of_past(STAYS)) == []


def test_a_region_that_goes_over_leaves_the_old_figures_true(owner: str) -> None:
    told, places = begin(), dict[int, int]()
    enter(told, places, 1, A, "x", BEGINNING)
    turn = BEGINNING.date() + timedelta(days=40)
    close(BEGINNING + timedelta(days=20))
    grow(pairs({**ABOVE, A: WEST}), on=turn)
    close(BEGINNING + timedelta(days=60))

    def at(days: int) -> dict[UUID, int]:
        found = counts(STAYS, NODES, by=(), at=BEGINNING + timedelta(days=days))
        return {node: found.get((node,), 0) for node in (ROOT, EAST, WEST, A)}

    assert at(39) == {ROOT: 1, EAST: 1, WEST: 0, A: 1}
    assert at(41) == at(70) == {ROOT: 1, EAST: 0, WEST: 1, A: 1}


def test_present_counts_go_over_with_the_region_folded_or_not(owner: str) -> None:
    told, places = begin(), dict[int, int]()
    for thing, word in enumerate("xxyz"):
        enter(told, places, thing, A if thing else B, word, BEGINNING)
        post({STAYS.cell(A if thing else B, word): 1})
        while thing == 1 and fold():
            pass

    grow(pairs({**ABOVE, A: WEST, C: EAST}), on=BEGINNING.date())

    assert differences(STAYS) == []
    assert Counter(counts(STAYS, NODES, by=())) == {(ROOT,): 4, (WEST,): 3, (EAST,): 1, (A,): 3, (B,): 1}
    while fold():
        pass
    assert (differences(STAYS), tampered()) == ([], ([], []))


def test_what_somebody_changes_by_hand_is_noticed_found_and_mended(owner: str) -> None:
    told, places = begin(), dict[int, int]()
    for thing in range(3):
        enter(told, places, thing, A, "x", BEGINNING + timedelta(days=thing))
    close(BEGINNING + timedelta(days=9))
    right = read(BEGINNING + timedelta(days=1))
    run("TRUNCATE tallies_past")

    noticed, found = tampered()[1], list(differences_of_past(STAYS))
    written = rebuild_past([STAYS])

    assert noticed == [STAYS.name]
    assert {(one.span, one.kept) for one in found} >= {("month", 0), ("day", 0)}
    assert written > 0
    assert (tampered()[1], list(differences_of_past(STAYS)), read(BEGINNING + timedelta(days=1))) == ([], [], right)


def test_before_the_history_begins_nothing_is_said(owner: str) -> None:
    begin()
    run("UPDATE tallies_closing SET begins_at = %s", [BEGINNING])

    with pytest.raises(TooEarly, match="计数自2018年1月30日12:00起留有历史"):
        moment(BEGINNING - timedelta(seconds=1))
    assert moment(BEGINNING).at == BEGINNING


def test_a_cut_without_a_past_cannot_be_asked_for_it(owner: str) -> None:
    begin()
    with pytest.raises(AssertionError, match="has no past"):
        counts(Cut("test.none", ("word",), STAYS.truth), NODES, by=(), at=BEGINNING)


def test_acts_under_way_when_a_day_is_closed_are_waited_for(owner: str) -> None:
    begin()
    now = BEGINNING + timedelta(days=5)
    with psycopg.connect(**config.parameters("owner", name=owner)) as slow:
        slow.execute("INSERT INTO test_stay VALUES (uuid7(), NULL, 1, %s, 'x', %s, NULL)", [A, BEGINNING])

        assert close_days([STAYS], now=now) == 0
        assert run("SELECT closed_on, summed_on FROM tallies_closing") == [(closable_on(now), None)]
    close(now)

    assert list(differences_of_past(STAYS)) == []
    assert read(BEGINNING) == {(node, "x"): 1 for node in (A, EAST, ROOT)}


@pytest.mark.parametrize(
    ("at", "summed_on", "sums", "since"),
    [
        (datetime(2018, 5, 7, 4, tzinfo=UTC), None, (date(1970, 1, 1),) * 3, date(1970, 1, 1)),
        (datetime(2018, 5, 7, 4, tzinfo=UTC), date(2018, 5, 5), (date(9999, 12, 31),) * 3, date(2018, 5, 6)),
        (datetime(2018, 5, 7, 4, tzinfo=UTC), date(2018, 5, 7), (date(2018, 1, 1), date(2018, 5, 1), date(2018, 5, 7)),
         date(2018, 5, 1)),
        (datetime(2018, 5, 6, 16, tzinfo=UTC), date(2018, 5, 7), (date(2018, 1, 1), date(2018, 5, 1), date(2018, 5, 7)),
         date(2018, 5, 1)),
        (datetime(2018, 4, 30, 15, 59, 59, 999999, tzinfo=UTC), date(2018, 5, 7),
         (date(2018, 1, 1), date(2018, 5, 1), date(2018, 5, 1)), date(2018, 5, 1)),
    ],
)
def test_sums_lead_as_far_as_there_are_any(
    at: datetime, summed_on: date | None, sums: tuple[date, date, date], since: date
) -> None:
    found = moment_of(at, summed_on)

    assert ((found.year, found.month, found.day), found.since) == (sums, since)


def test_a_day_is_closed_an_hour_after_midnight() -> None:
    over = midnight(date(2018, 5, 7))

    assert closable_on(over + timedelta(minutes=59)) == date(2018, 5, 5)
    assert closable_on(over + timedelta(hours=1)) == date(2018, 5, 6)
