"""Ids are UUIDs of version 7: in the order of time, here and in SQL."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection

from zhitong.kit.ids import many_uuid7, uuid7


def milliseconds(one: UUID) -> int:
    return one.int >> 80


def test_it_is_version_7_of_the_variant_of_rfc_9562() -> None:
    one = uuid7()

    assert one.version == 7
    assert one.variant == "specified in RFC 4122"
    assert abs(milliseconds(one) - time.time_ns() // 1_000_000) < 5_000


def test_ids_of_one_process_rise_strictly_also_from_many_threads() -> None:
    with ThreadPoolExecutor(4) as threads:
        batches = list(threads.map(many_uuid7, [5_000] * 4))

    for batch in batches:
        assert batch == sorted(batch)
    assert len({one for batch in batches for one in batch}) == 20_000


def test_a_clock_set_back_does_not_make_ids_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 0)

    assert uuid7() > before


@pytest.mark.django_db
def test_the_sql_twin_makes_the_same_kind() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuid7() FROM generate_series(1, 1000)")
        made = [row[0] for row in cursor.fetchall()]

    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert len(set(made)) == 1000
    assert [milliseconds(one) for one in made] == sorted(milliseconds(one) for one in made)
    assert abs(milliseconds(made[0]) - milliseconds(uuid7())) < 5_000
