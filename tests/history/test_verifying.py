"""Verifying names what was done to sealed history: each kind of tampering is done by SQL, found, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.following import wait_for_older_ones
from tests.tampering import TABLES
from zhitong.config import database as config
from zhitong.domain.history.actions import erase_details, record, settle_on_this_server
from zhitong.domain.history.actions.sealing import seal_next
from zhitong.domain.history.queries.sealed import last_head
from zhitong.domain.history.queries.verifying import (
    against,
    last_number,
    loose_ends,
    readings,
    seal_before,
    unsealed,
)
from zhitong.domain.history.rules import Actor
from zhitong.domain.history.rules.faults import Fault, FaultKind
from zhitong.domain.history.rules.seals import Algorithm
from zhitong.kit.ids import uuid7

AT = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)
UNIT = uuid7()
BODY = {"n": 1, "amount": "12.50", "字": "限电", "units": [str(UNIT)], "when": None, "asked": True}
K = FaultKind


def tell(number: int) -> UUID:
    return record(
        f"test.{number}", thing_kind="test", thing_id=uuid7(), actor=Actor(None, None, UNIT, "test"),
        at=AT + timedelta(minutes=number), body=BODY, details={"text": f"话{number}"},
    )


def seal_all(most: int = 3, algorithm: Algorithm = Algorithm.SHA256) -> int:
    wait_for_older_ones()
    passed = 0
    while more := seal_next(algorithm=algorithm, now=AT + timedelta(hours=1), most=most):
        passed += more
    return passed


def faults(*, after: int = 0) -> list[Fault]:
    found = [fault for _head, read in readings(after=after, until=last_number()) for fault in read.faults]
    return [*found, *loose_ends()]


@pytest.fixture(scope="module")
def told(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[list[UUID]]:
    """Seven facts of seven transactions, under seals of three by either digest; nobody changes them for good."""
    with (
        databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("owner", name=name),
    ):
        seal_all(most=1000)
        ids = [tell(number) for number in range(4)]
        seal_all(algorithm=Algorithm.SM3)
        ids += [tell(number) for number in range(4, 7)]
        seal_all()
        yield ids


@contextmanager
def undone() -> Iterator[Any]:
    """What happens inside is rolled back; as the owner, with the triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        transaction.set_rollback(True)


def test_sound_history_has_no_faults(told: list[UUID]) -> None:
    read = [reading for _head, reading in readings(after=0, until=last_number())]

    assert faults() == []
    assert sum(one.details for one in read) >= len(told)
    assert unsealed() == 0


ONE_BYTE = "UPDATE history_fact SET body = jsonb_set(body, '{amount}', '\"12.51\"') WHERE id = %s"
ALTERED = (
    ONE_BYTE, "UPDATE history_fact SET at = at + interval '1 microsecond' WHERE id = %s",
    "UPDATE history_fact SET at = at + interval '1 month' WHERE id = %s", "UPDATE history_fact SET via = 'web' WHERE id = %s",
    "UPDATE history_fact SET kind = 'test.x' WHERE id = %s", "UPDATE history_fact SET unit_id = NULL WHERE id = %s",
    "UPDATE history_fact SET body = '{\"n\": 1.5}' WHERE id = %s", "UPDATE history_fact SET body = '[]' WHERE id = %s",
    "UPDATE history_fact SET thing_id = id WHERE id = %s", "UPDATE history_fact SET digests = digests || '{\"x\": \"y\"}' WHERE id = %s",
)


@pytest.mark.parametrize("statement", ALTERED)
def test_a_changed_fact_is_named(statement: str, told: list[UUID]) -> None:
    with undone() as cursor:
        cursor.execute(statement, [told[2]])
        found = [fault for fault in faults() if fault.kind is K.ALTERED]

    assert [(fault.fact_id, fault.seal is not None) for fault in found] == [(told[2], True)]


def test_the_fault_says_what_and_when_and_whose(told: list[UUID]) -> None:
    with undone() as cursor:
        cursor.execute(ONE_BYTE, [told[2]])
        [fault] = faults()

    assert (fault.fact_kind, fault.at, fault.unit_id) == ("test.2", AT + timedelta(minutes=2), UNIT)


def test_a_fact_taken_away_is_named_by_its_id_and_time(told: list[UUID]) -> None:
    with undone() as cursor:
        cursor.execute("DELETE FROM history_fact WHERE id = %s", [told[4]])
        found = faults()

    assert [(fault.kind, fault.fact_id) for fault in found] == [(K.MISSING, told[4]), (K.DETAIL_ADDED, told[4])]
    assert found[0].at is not None


INSERT = """
INSERT INTO history_fact (id, at, xid, kind, thing_kind, thing_id, via, body, digests)
SELECT %s, at, xid, 'test.made_up', thing_kind, thing_id, via, body, '{}' FROM history_fact WHERE id = %s
"""


@pytest.mark.parametrize("beside", [0, 3, 6])
def test_a_fact_put_in_is_named(beside: int, told: list[UUID]) -> None:
    """Before its neighbour, with an id that sorts below it: behind the sealer, who will not see it."""
    new = UUID(int=told[beside].int - 1)
    with undone() as cursor:
        cursor.execute(INSERT, [new, told[beside]])
        found = faults()

    assert [(fault.kind, fault.fact_id, fault.fact_kind) for fault in found] == [(K.INSERTED, new, "test.made_up")]


def test_facts_in_another_order_are_named(told: list[UUID]) -> None:
    with undone() as cursor:
        cursor.execute("SELECT xid::text FROM history_fact WHERE id = ANY(%s) ORDER BY xid", [told[:2]])
        first, second = (row[0] for row in cursor.fetchall())
        cursor.execute("UPDATE history_fact SET xid = %s::xid8 WHERE id = %s", [second, told[0]])
        cursor.execute("UPDATE history_fact SET xid = %s::xid8 WHERE id = %s", [first, told[1]])
        swapped = faults()
    with undone() as cursor:
        cursor.execute("UPDATE history_fact SET xid = '9' WHERE id = %s", [told[5]])
        earlier = faults()

    assert {fault.kind for fault in swapped} == {K.REORDERED}
    assert {fault.fact_id for fault in swapped} & set(told[:2])
    assert [(fault.kind, fault.fact_id) for fault in earlier] == [(K.REORDERED, told[5])]


OF_DETAILS = {
    "UPDATE history_detail SET text = '改过' WHERE fact_id = %s": K.DETAIL_ALTERED,
    "UPDATE history_detail SET salt = salt || salt WHERE fact_id = %s": K.DETAIL_ALTERED,
    "DELETE FROM history_detail WHERE fact_id = %s": K.DETAIL_MISSING,
    "UPDATE history_detail SET text = NULL WHERE fact_id = %s": K.DETAIL_ERASED,
    "INSERT INTO history_detail SELECT fact_id, 'more', thing_id, salt, text FROM history_detail WHERE fact_id = %s": K.DETAIL_ADDED,
}


@pytest.mark.parametrize(("statement", "kind"), OF_DETAILS.items())
def test_tampering_with_words_is_named(statement: str, kind: FaultKind, told: list[UUID]) -> None:
    with undone() as cursor:
        cursor.execute(statement, [told[1]])
        found = faults()

    assert [(fault.kind, fault.fact_id, fault.fact_kind) for fault in found] == [(kind, told[1], "test.1")]


def test_words_erased_rightly_are_no_fault(told: list[UUID]) -> None:
    with undone() as cursor:
        cursor.execute("SELECT thing_id FROM history_fact WHERE id = %s", [told[1]])
        assert erase_details(cursor.fetchone()[0], actor=Actor(None, None, UNIT, "test"), at=AT) == 1

        assert faults() == []


OF_SEALS = {
    "UPDATE history_seal SET at = at + interval '1 second' WHERE number = %s": {K.SEAL_ALTERED},
    "UPDATE history_seal SET root = digest WHERE number = %s": {K.SEAL_ALTERED},
    "UPDATE history_seal SET digest = root WHERE number = %s": {K.SEAL_ALTERED},
    "UPDATE history_seal SET algorithm = 'md5' WHERE number = %s": {K.SEAL_ALTERED, K.ALTERED},
    "UPDATE history_seal SET fact_ids = fact_ids[2:] WHERE number = %s": {K.SEAL_ALTERED, K.ALTERED, K.INSERTED},
    "UPDATE history_seal SET leaves = ''::bytea WHERE number = %s": {K.SEAL_ALTERED},
    "DELETE FROM history_seal WHERE number = %s": {K.SEAL_MISSING, K.INSERTED},
}


@pytest.mark.parametrize(("statement", "kinds"), OF_SEALS.items())
def test_tampering_with_a_seal_is_named(statement: str, kinds: set[FaultKind], told: list[UUID]) -> None:
    number = last_number() - 2
    with undone() as cursor:
        cursor.execute(statement, [number])
        found = faults()

    assert {fault.kind for fault in found} == kinds
    assert number in {fault.seal for fault in found if fault.kind in (K.SEAL_ALTERED, K.SEAL_MISSING)}


def test_seals_cut_off_are_found_by_their_facts_and_by_the_exported_digest(told: list[UUID]) -> None:
    exported = last_head()
    assert exported is not None
    with undone() as cursor:
        cursor.execute("DELETE FROM history_seal WHERE number = %s", [exported.number])
        found = faults()
        cursor.execute("UPDATE history_follower SET xid = 0 WHERE name = 'seal'")
        seal_all(algorithm=Algorithm.SM3)
        sealed_anew = faults()

        assert [fault.kind for fault in against(exported.number, exported.digest)] == [K.CUT_OFF]

    assert {fault.fact_id for fault in found} <= set(told)
    assert {fault.kind for fault in found} == {K.INSERTED}
    assert sealed_anew == []
    assert against(exported.number, exported.digest) == ()


def test_verifying_may_begin_at_a_day(told: list[UUID]) -> None:
    with undone() as cursor:
        cursor.execute(ONE_BYTE, [told[0]])

        assert seal_before(AT) == 0
        assert [fault.fact_id for fault in faults(after=last_number() - 1)] == []
        assert seal_before(AT + timedelta(days=1)) == last_number()


def test_history_that_moved_to_another_server_still_verifies_and_is_sealed_on(told: list[UUID]) -> None:
    with undone() as cursor:
        cursor.execute("UPDATE history_fact SET xid = (xid::text::bigint + 1000000000)::text::xid8")
        cursor.execute("UPDATE history_follower SET xid = xid + 1000000000")
        assert settle_on_this_server() > 0
        before = last_number()

        assert faults() == []
        cursor.execute(INSERT, [UUID(int=told[3].int - 1), told[3]])
        assert [fault.kind for fault in faults()] == [K.INSERTED]
        assert last_number() == before


def test_what_came_since_is_counted_and_sealed_once(told: list[UUID]) -> None:
    with undone():
        before = last_number()
        tell(9)
        assert unsealed() == 1
        assert faults() == []
        assert seal_next(algorithm=Algorithm.SHA256, now=AT) == 0  # its transaction is still under way
        assert last_number() == before


def test_sealing_again_what_was_sealed_makes_no_seal(told: list[UUID]) -> None:
    with undone() as cursor:
        before = last_number()
        cursor.execute("UPDATE history_follower SET xid = 0 WHERE name = 'seal'")

        assert seal_all() > 0
        assert last_number() == before
