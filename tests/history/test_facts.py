"""The byte form of a fact is fixed for ever; its words stand apart and verify by their digest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting
from zhitong.domain.history.actions import erase_details, record, record_many
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor, Fact, canonical_bytes, digest_of, plain
from zhitong.kit.ids import uuid7

ID = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
THING = UUID("01890a5d-ac96-774b-bcce-b302099a8058")
PERSON = UUID("01890a5d-ac96-774b-bcce-b302099a8059")
AT = datetime(2018, 4, 27, 15, 40, 0, 123456, timezone(timedelta(hours=8)))


class Outcome(Enum):
    """Stands for any enum in a body."""

    PARTLY = "partly"


GOLDEN = (
    '{"actor":["01890a5d-ac96-774b-bcce-b302099a8059",null,null,"web",null],"at":"2018-04-27T07:40:00.123456Z",'
    '"body":{"amount":"230000000.50","asked":true,"due":"2018-05-07","from":"partly",'
    '"line":"01890a5d-ac96-774b-bcce-b302099a8058","nothing":null,"times":2,"units":["能源"],'
    '"when":{"at":"2018-05-07T09:30:00.000000Z"}},'
    '"details":{"text":"b353c874061536fc940a1cdcbceca190fd10f862efe5f1b57ab1894157a9dbff"},'
    '"id":"01890a5d-ac96-774b-bcce-b302099a8057","kind":"problem.completed",'
    '"thing":["problem","01890a5d-ac96-774b-bcce-b302099a8058"],"v":1}'
).encode()


def a_fact() -> Fact:
    body = {
        "from": Outcome.PARTLY, "amount": Decimal("230000000.50"), "asked": True, "due": date(2018, 5, 7), "line": THING,
        "nothing": None, "times": 2, "units": ("能源",), "when": {"at": datetime(2018, 5, 7, 9, 30, tzinfo=UTC)},
    }
    return Fact("problem.completed", "problem", THING, Actor(PERSON, None, None, "web"), AT, body)


def test_the_bytes_are_those_of_the_first_day() -> None:
    assert canonical_bytes(a_fact(), ID, {"text": digest_of("力", b"\x00\x01")}) == GOLDEN


def test_a_digest_is_sha_256_over_salt_and_text() -> None:
    assert digest_of("abc", b"") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest_of("力", b"\x00\x01") == "b353c874061536fc940a1cdcbceca190fd10f862efe5f1b57ab1894157a9dbff"


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, b"raw", object()])
def test_what_has_no_fixed_form_is_not_written(value: object) -> None:
    with pytest.raises(TypeError, match="has no fixed byte form"):
        plain(value)


@pytest.mark.django_db
def test_a_fact_and_its_words_are_read_back_by_who_opened_the_thing() -> None:
    thing = uuid7()
    with acting("park") as actor:
        record("test.happened", thing_kind="test", thing_id=thing, actor=actor, at=AT, body={"n": 1},
               details={"text": "夜间限电"})

        [told] = facts_about(thing)

    assert (told.kind, told.at, told.body, told.words) == ("test.happened", AT, {"n": 1}, {"text": "夜间限电"})
    assert (told.person_id, told.unit_id, told.via) == (actor.person_id, actor.unit_id, "test")


@pytest.mark.django_db
def test_many_facts_cost_two_statements_and_keep_their_order() -> None:
    thing = uuid7()
    facts = [
        Fact(f"test.{n}", "test", thing, Actor(None, None, None, "test"), AT, {}, {"text": str(n)}) for n in range(50)
    ]

    with acting("park"), CaptureQueriesContext(connection) as asked:
        ids = record_many(facts)
        statements = len(asked)
        told = facts_about(thing)

    assert statements == 2
    assert ids == sorted(ids)
    assert [fact.kind for fact in told] == [fact.kind for fact in facts]


@pytest.mark.django_db
def test_nothing_is_written_for_nothing() -> None:
    assert record_many([]) == []


@pytest.mark.django_db
def test_an_erased_text_is_gone_and_its_fact_and_digest_stay() -> None:
    thing, other = uuid7(), uuid7()
    with acting("park") as actor:
        for one in (thing, other):
            record("problem.replied", thing_kind="problem", thing_id=one, actor=actor, at=AT, details={"text": "话"})

        assert erase_details(thing, actor=actor, at=AT) == 1
        assert erase_details(thing, actor=actor, at=AT) == 0
        assert [fact.words for fact in facts_about(thing)] == [{"text": None}]
        assert [fact.words for fact in facts_about(other)] == [{"text": "话"}]


@pytest.mark.django_db
def test_only_the_thing_that_is_open_is_erased() -> None:
    thing = uuid7()
    with acting("park") as actor, connection.cursor() as cursor:
        record("problem.replied", thing_kind="problem", thing_id=thing, actor=actor, at=AT, details={"text": "话"})

        cursor.execute("SELECT * FROM history_erase_details(%s)", [thing])

        assert cursor.fetchall() == []
        assert [fact.words for fact in facts_about(thing)] == [{"text": "话"}]
