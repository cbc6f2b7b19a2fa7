"""Counts are exact at commit, folded or not, and stay so while they are folded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from tests.cast import acting
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.actions import once
from zhitong.domain.organisations.models import Region
from zhitong.domain.tallies.actions import fold, post, rebuild
from zhitong.domain.tallies.queries import Difference, counts, differences
from zhitong.domain.tallies.rules import Cut, postings
from zhitong.kit.ids import uuid7

PEOPLE = Cut(
    "test.tenures", ("kind", "login"),
    "SELECT unit.region_id, post.kind, person.login, '', count(*) FROM organisations_tenure tenure"
    " JOIN organisations_post post ON post.id = tenure.post_id JOIN organisations_unit unit ON unit.id = post.unit_id"
    " JOIN organisations_person person ON person.id = tenure.person_id GROUP BY 1, 2, 3",
)
"""Something the small world has rows of: who sits where."""


@pytest.fixture
def worker(fresh_database: str) -> Iterator[None]:
    """As the worker, who folds."""
    with config.as_role("worker", name=fresh_database):
        while fold():
            pass
        yield


def region(code: str) -> UUID:
    return Region.objects.get(code=code).id


def total(code: str) -> int:
    return sum(counts(PEOPLE, [region(code)], by=("kind",)).values())


def test_a_posting_counts_at_once_in_every_region_above(worker: None) -> None:
    post({PEOPLE.cell(region("130973400"), "officer", "x"): 2, PEOPLE.cell(region("1309"), "leader", "y"): 1})

    nodes = {code: region(code) for code in ("13", "1309", "130973", "130973400", "1301")}
    found = counts(PEOPLE, list(nodes.values()), by=("kind",))

    assert {code: sum(n for key, n in found.items() if key[0] == node) for code, node in nodes.items()} == {
        "13": 3, "1309": 3, "130973": 2, "130973400": 2, "1301": 0
    }
    assert counts(PEOPLE, [nodes["13"]], by=("login",), where={"kind": ["officer"]}) == {(nodes["13"], "x"): 2}
    assert counts(PEOPLE, [nodes["13"]], by=()) == {(nodes["13"],): 3}


def test_folding_changes_no_count_and_leaves_no_posting(worker: None) -> None:
    for code in ("130973400", "130973", "1309"):
        post({PEOPLE.cell(region(code), "officer", "x"): 1})
    before = total("13")

    assert fold() == 3

    assert (before, total("13"), total("130973")) == (3, 3, 2)
    assert fold() == 0


def test_what_comes_to_nothing_leaves_no_cell(worker: None) -> None:
    cell = PEOPLE.cell(region("130973400"), "officer", "x")
    post({cell: 1})
    post({cell: -1})
    fold()

    assert counts(PEOPLE, [region("13")], by=("kind",)) == {}


def test_a_move_posts_only_what_changes() -> None:
    here, there = uuid7(), uuid7()
    a, b, c = (PEOPLE.cell(node, "officer", "x") for node in (here, there, uuid7()))

    assert postings([([a, c], [b, c]), ([b], [a])]) == {}
    assert postings([([a, c], [b, c])]) == {a: -1, b: 1}
    assert postings([]) == {}


def test_an_act_undone_leaves_no_count(worker: None) -> None:
    def act_and_fail() -> None:
        with transaction.atomic():
            post({PEOPLE.cell(region("13"), "officer", "x"): 5})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_and_fail()

    assert total("13") == 0


def test_differences_name_the_cell_and_rebuilding_mends_it(worker: None) -> None:
    assert rebuild([PEOPLE]) > 0
    assert differences(PEOPLE) == []
    post({PEOPLE.cell(region("130973400"), "officer", "park"): 1})

    found = differences(PEOPLE)

    assert {(one.a, one.b, one.kept, one.truth) for one in found} == {("officer", "park", 2, 1)}
    assert {one.node for one in found} == {region(code) for code in ("130973400", "130973", "1309", "13")}
    rebuild([PEOPLE])
    assert differences(PEOPLE) == []
    assert all(isinstance(one, Difference) for one in found)


def test_a_second_folder_gives_way(worker: None) -> None:
    post({PEOPLE.cell(region("13"), "officer", "x"): 1})
    passed: list[int] = []

    def fold_beside() -> None:
        try:
            passed.append(fold())
        finally:
            connections.close_all()

    with transaction.atomic():
        assert fold() == 1
        with ThreadPoolExecutor(1) as threads:
            threads.submit(fold_beside).result(30)

    assert passed == [0]


def test_reading_while_others_fold_is_exact(worker: None) -> None:
    node, kind_at = region("13"), PEOPLE.cell(region("130973400"), "officer", "x")
    for _ in range(200):
        post({kind_at: 1})
    stop = threading.Event()

    def fold_and_post() -> None:
        try:
            while not stop.is_set():
                with transaction.atomic():
                    post({kind_at: 1})
                    post({kind_at: -1})
                fold(limit=7)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        folding = [threads.submit(fold_and_post) for _ in range(2)]
        try:
            seen = {sum(counts(PEOPLE, [node], by=("kind",)).values()) for _ in range(60)}
        finally:
            stop.set()
        for one in folding:
            one.result(30)

    assert seen == {200}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tallies_cell WHERE cut = %s", [PEOPLE.name])
        assert cursor.fetchone()[0] > 0


@pytest.mark.django_db
def test_a_count_kept_by_an_act_sent_twice_is_kept_once() -> None:
    cell = PEOPLE.cell(region("13"), "officer", "x")
    with acting("province_office") as actor:
        assert actor.person_id is not None
        for _ in range(2):
            once(actor_id=actor.person_id, key="k", request=b"form", now=NOW, act=lambda: post({cell: 1}))

        assert total("13") == 1
