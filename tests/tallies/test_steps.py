"""Cuts in which things step on by time alone: exact at any moment, wherever the cells have run to, folded or not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.organisations.models import Region
from zhitong.domain.tallies.actions import fold, post, rebuild, run_on
from zhitong.domain.tallies.queries import differences, steps_taken, tampered
from zhitong.domain.tallies.rules import FIRST_STEP, SECOND_STEP, Cell, stepping

BERTHS = stepping(
    "test.berths", "line",
    "SELECT node, a, '1', count(*) FROM tallies_test_berth WHERE first > %(after)s AND first <= %(until)s GROUP BY 1, 2"
    " UNION ALL SELECT node, a, '2', count(*) FROM tallies_test_berth WHERE second > %(after)s AND second <= %(until)s"
    " GROUP BY 1, 2",
)
"""Things of a test's own, each with two moments; NOW is the middle of theirs."""
OPENED = """
CREATE TABLE tallies_test_berth (id int, node uuid, a text, first timestamptz, second timestamptz);
GRANT ALL ON tallies_test_berth TO zhitong_worker;
INSERT INTO tallies_running (cut, run_to) VALUES ('test.berths', '-infinity');
"""

Berth = tuple[UUID, str, datetime, datetime]


@pytest.fixture
def worker(fresh_database: str) -> Iterator[None]:
    """As the worker, who folds and lets the cells run, with a table of berths."""
    with config.as_role("owner", name=fresh_database), connection.cursor() as cursor:
        cursor.execute(OPENED)
    with config.as_role("worker", name=fresh_database):
        while fold():
            pass
        yield


def nodes() -> dict[str, UUID]:
    return dict(Region.objects.filter(code__in=("13", "1309", "130973", "1301")).values_list("code", "id"))


def cell(berth: Berth) -> Cell:
    node, line, first, second = berth
    return BERTHS.cell(node, line, first.isoformat(), second.isoformat())


def put(number: int, berth: Berth | None, before: Berth | None) -> None:
    """An act: the row and its posting in one."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tallies_test_berth WHERE id = %s", [number])
        if berth is not None:
            cursor.execute("INSERT INTO tallies_test_berth VALUES (%s, %s, %s, %s, %s)", [number, *berth])
    change: dict[Cell, int] = {}
    for one, n in ((before, -1), (berth, 1)):
        if one is not None:
            change[cell(one)] = change.get(cell(one), 0) + n
    post({one: n for one, n in change.items() if n})


def test_a_thing_has_stepped_from_its_moment_on_in_every_region_above(worker: None) -> None:
    here = nodes()
    put(1, (here["130973"], "x", NOW, NOW + timedelta(hours=1)), None)

    def at(moment: datetime) -> dict[tuple[UUID, str], int]:
        return steps_taken(BERTHS, list(here.values()), now=moment)

    above = [here["130973"], here["1309"], here["13"]]
    assert at(NOW - timedelta(microseconds=1)) == {}
    assert at(NOW) == {(node, FIRST_STEP): 1 for node in above}
    assert at(NOW + timedelta(hours=1)) == {(node, step): 1 for node in above for step in (FIRST_STEP, SECOND_STEP)}
    assert steps_taken(BERTHS, [here["13"]], now=NOW, values=["y"]) == {}
    assert steps_taken(BERTHS, [here["13"]], now=NOW, values=["x", "y"]) == {(here["13"], FIRST_STEP): 1}


@pytest.mark.parametrize("seed", range(3))
def test_it_is_exact_whatever_comes_between_acts_folding_running_and_clocks_set_back(worker: None, seed: int) -> None:
    chance, here = random.Random(seed), nodes()
    standing: dict[int, Berth] = {}
    now = NOW
    for _ in range(40):
        now += timedelta(minutes=chance.choice((0, 1, 30, 240, -90)))
        match chance.choice(("put", "put", "put", "end", "fold", "run", "rebuild")):
            case "put":
                number = chance.randrange(12)
                first = NOW + timedelta(minutes=chance.randrange(-300, 1500))
                berth = (here[chance.choice(("1309", "130973", "1301"))], chance.choice("xy"), first,
                         first + timedelta(minutes=chance.randrange(300)))
                put(number, berth, standing.get(number))
                standing[number] = berth
            case "end":
                number = chance.randrange(12)
                put(number, None, standing.pop(number, None))
            case "fold":
                fold(limit=chance.choice((1, 100)))
            case "run":
                assert run_on([BERTHS], now=now) == 1
            case "rebuild":
                rebuild([BERTHS])
        moment = now + timedelta(minutes=chance.randrange(-60, 60))
        found = steps_taken(BERTHS, [here["13"]], now=moment)
        assert found.get((here["13"], FIRST_STEP), 0) == sum(first <= moment for _n, _l, first, _s in standing.values())
        assert found.get((here["13"], SECOND_STEP), 0) == sum(second <= moment for *_others, second in standing.values())
        assert (differences(BERTHS), tampered()) == ([], ([], []))


def test_a_cell_changed_by_hand_is_found_and_counted_anew(worker: None) -> None:
    here = nodes()
    put(1, (here["130973"], "x", NOW, NOW + timedelta(hours=1)), None)
    fold()
    run_on([BERTHS], now=NOW + timedelta(minutes=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tallies_cell SET n = 7 WHERE cut = 'test.berths' AND node = %s", [here["13"]])

    assert [(one.node, one.b, one.kept, one.truth) for one in differences(BERTHS)] == [(here["13"], FIRST_STEP, 7, 1)]
    assert tampered() == (["test.berths"], [])

    rebuild([BERTHS])
    assert (differences(BERTHS), tampered()) == ([], ([], []))
    assert steps_taken(BERTHS, [here["13"]], now=NOW) == {(here["13"], FIRST_STEP): 1}
