"""Followers see every fact, in the order of transactions, at least once; one that fails is tried and set aside."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction

from tests.following import follow_all, wait_for_older_ones
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.history.actions import record, settle_on_this_server
from zhitong.domain.history.follow import TRIES, ReadFact, follow, follow_together, set_aside_of
from zhitong.domain.history.rules import Actor
from zhitong.kit.ids import uuid7

NOBODY = Actor(None, None, None, "test")
NAME = "somebody"


@pytest.fixture
def worker(fresh_database: str) -> Iterator[None]:
    """As the worker, with everything the world tells already followed."""
    with config.as_role("worker", name=fresh_database):
        follow_all(NAME, lambda _fact: None)
        yield


def tell(word: str) -> None:
    record(word, thing_kind="test", thing_id=uuid7(), actor=NOBODY, at=NOW)


def kinds(react: Callable[[Callable[[ReadFact], None]], Any]) -> list[str]:
    """The kinds of the facts that a follower passes to its reaction."""
    seen: list[str] = []
    react(lambda fact: seen.append(fact.kind))
    return seen


def test_facts_come_once_in_their_order(worker: None) -> None:
    for word in ("a", "b", "c"):
        tell(word)

    assert kinds(lambda react: follow_all(NAME, react)) == ["a", "b", "c"]
    assert kinds(lambda react: follow_all(NAME, react)) == []


def test_every_follower_has_a_place_of_its_own(worker: None) -> None:
    follow_all("another", lambda _fact: None)
    tell("a")

    assert kinds(lambda react: follow_all(NAME, react)) == ["a"]
    assert kinds(lambda react: follow_all("another", react)) == ["a"]


def test_nothing_is_skipped_while_an_older_transaction_runs(worker: None) -> None:
    has_told, may_end = threading.Event(), threading.Event()

    def tell_slowly() -> None:
        try:
            with transaction.atomic():
                tell("old")
                has_told.set()
                assert may_end.wait(30)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(tell_slowly)
        assert has_told.wait(30)
        tell("new")
        early = kinds(lambda react: follow(NAME, react))
        may_end.set()
        slow.result(30)

    assert early == []
    assert kinds(lambda react: follow_all(NAME, react)) == ["old", "new"]


def test_a_transaction_of_another_database_holds_nobody_up(worker: None) -> None:
    with psycopg.connect(**config.parameters("owner")) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        tell("a")
        behind = one("SELECT xid > pg_snapshot_xmin(pg_current_snapshot()) FROM history_fact WHERE kind = 'a'")

        seen = kinds(lambda react: follow(NAME, react))

    assert (behind, seen) == (True, ["a"])


def one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_a_crash_before_the_place_is_kept_lets_them_come_again(worker: None) -> None:
    tell("a")
    tell("b")
    follow_all("another", lambda _fact: None)  # waits until no older transaction holds them up

    seen: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        follow(NAME, lambda fact: seen.append(fact.kind) if fact.kind == "a" else _stop())

    assert seen == ["a"]
    assert kinds(lambda react: follow_all(NAME, react)) == ["a", "b"]


def _stop() -> None:
    raise KeyboardInterrupt


def test_a_fact_that_cannot_be_digested_is_tried_three_times_and_set_aside(worker: None) -> None:
    for word in ("a", "bad", "c"):
        tell(word)
    seen: list[str] = []

    def react(fact: ReadFact) -> None:
        seen.append(fact.kind)
        if fact.kind == "bad":
            tell("half-done")
            raise ValueError("内容读不懂")

    follow_all("another", lambda _fact: None)
    rounds = [follow(NAME, react) for _ in range(TRIES + 1)]

    assert rounds == [1, 0, 2, 0]
    assert seen == ["a", "bad", "bad", "bad", "c"]
    [(_, reason)] = set_aside_of(NAME)
    assert reason == "ValueError: 内容读不懂"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_fact WHERE kind = 'half-done'")
        assert cursor.fetchone() == (0,)


def test_a_second_process_under_the_same_name_passes_nothing_meanwhile(worker: None) -> None:
    tell("a")
    follow_all("another", lambda _fact: None)
    in_hand: list[list[str]] = []

    def look_beside(_fact: ReadFact) -> None:
        def beside() -> None:
            try:
                in_hand.append(kinds(lambda react: follow(NAME, react)))
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as threads:
            threads.submit(beside).result(30)

    assert follow(NAME, look_beside) == 1
    assert in_hand == [[]]


def test_after_a_backup_returned_to_a_new_server_nothing_is_lost(
    worker: None, fresh_database: str, owner_connection: psycopg.Connection[Any]
) -> None:
    tell("seen")
    follow_all(NAME, lambda _fact: None)
    tell("unseen")
    owner_connection.execute("SET zhitong.history = 'settle'")
    owner_connection.execute("UPDATE history_fact SET xid = (xid::text::bigint + 1000000000)::text::xid8")
    owner_connection.execute("UPDATE history_follower SET xid = xid + 1000000000")
    tell("new")
    assert kinds(lambda react: follow(NAME, react)) == []

    with config.as_role("owner", name=fresh_database):
        moved = settle_on_this_server()

    assert moved > 2
    assert kinds(lambda react: follow_all(NAME, react)) == ["unseen", "new"]
    with config.as_role("owner", name=fresh_database):
        assert settle_on_this_server() == 0


def test_a_follower_may_take_facts_together(worker: None) -> None:
    for word in ("a", "b", "c"):
        tell(word)
    wait_for_older_ones()
    taken: list[list[str]] = []

    assert follow_together(NAME, lambda facts: taken.append([fact.kind for fact in facts])) == 3
    assert taken == [["a", "b", "c"]]
    assert follow_together(NAME, lambda facts: taken.append([])) == 0


def test_what_cannot_be_taken_together_is_taken_one_by_one_and_set_aside_by_name(worker: None) -> None:
    for word in ("a", "bad", "c"):
        tell(word)
    wait_for_older_ones()
    taken: list[str] = []

    def take(facts: Sequence[ReadFact]) -> None:
        if "bad" in {fact.kind for fact in facts}:
            raise ValueError("cannot take bad")
        taken.extend(fact.kind for fact in facts)

    passed = sum(follow_together(NAME, take) for _try in range(TRIES + 1))

    assert (passed, taken) == (3, ["a", "c"])
    assert [reason for _fact, reason in set_aside_of(NAME)] == ["ValueError: cannot take bad"]
