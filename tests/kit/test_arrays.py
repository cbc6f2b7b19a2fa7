"""Lists of plain values reach PostgreSQL as they are, and arrive as what psycopg itself would have sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from psycopg.adapt import PyFormat, Transformer
from psycopg.types.array import ListDumper

from zhitong.kit.arrays import PlainListDumper

TEXTS = ["", "null", "NULL", '“演示”"引号"', "反斜\\杠", "{一,二}", " 空 格 ", "换\n行\t", "\u3000全角", None]
LISTS: dict[str, list[Any]] = {
    "text": TEXTS,
    "uuid": [UUID(int=1), None, UUID("0190a4f0-7c1a-7000-8000-0123456789ab")],
    "timestamptz": [datetime(2018, 9, 3, 2, 0, 1, 5, tzinfo=UTC), None],
    "date": [date(2018, 8, 31), None, date(1, 1, 1)],
    "boolean": [True, None, False],
}


class _Nowhere:
    """Where a list is written before any connection is there."""

    adapters = psycopg.adapters
    connection = None


def _written(dumper: type[ListDumper], values: list[Any]) -> tuple[int, Any]:
    tx = Transformer(_Nowhere())
    one = dumper(list, tx).upgrade(values, PyFormat.TEXT)
    return one.oid, one.dump(values)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", LISTS)
def test_what_is_sent_in_a_list_comes_back(kind: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT given FROM unnest(%s::{kind}[]) WITH ORDINALITY AS one (given, place) ORDER BY place", [LISTS[kind]])

        assert [given for (given,) in cursor.fetchall()] == LISTS[kind]


@pytest.mark.parametrize("values", [*LISTS.values(), [], [None], [1, None, 70_000], [[UUID(int=1)], [UUID(int=2)]]])
def test_the_type_is_the_one_psycopg_gives(values: list[Any]) -> None:
    assert _written(PlainListDumper, values)[0] == _written(ListDumper, values)[0]


@given(st.lists(st.none() | st.integers(-(2**40), 2**40)))
def test_what_is_not_plain_is_written_by_psycopg(values: list[int | None]) -> None:
    assert _written(PlainListDumper, values) == _written(ListDumper, values)


def test_a_zero_byte_is_refused() -> None:
    with pytest.raises(psycopg.DataError):
        _written(PlainListDumper, ["零\0"])
