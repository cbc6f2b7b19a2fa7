"""Parquet files: what is written is what a reader reads, whatever is empty, however the batches fall."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow.parquet as reader
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.kit.parquet import Head, Kind, parquet_of

HEADS = [Head(kind.value, kind) for kind in Kind]
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.text(max_size=40), Kind.WHOLE: st.integers(-(2**63), 2**63 - 1),
    Kind.FIGURE: st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**18) + 1, max_value=10**18 - 1),
    Kind.YES_NO: st.booleans(), Kind.DAY: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    Kind.MOMENT: st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 the zone is given beside
}
ROWS = st.lists(st.tuples(*(st.none() | VALUES[kind] for kind in Kind)), max_size=20)


def read(batches: list[list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    content = b"".join(parquet_of(HEADS, batches))
    table = reader.read_table(io.BytesIO(content))
    assert table.column_names == [head.name for head in HEADS]
    return [tuple(row.values()) for row in table.to_pylist()]


@settings(max_examples=20, deadline=None)
@given(batches=st.lists(ROWS, max_size=3))
def test_a_reader_reads_every_value_as_it_was(batches: list[list[tuple[Any, ...]]]) -> None:
    assert read(batches) == [row for batch in batches for row in batch]


def test_a_file_without_rows_still_tells_its_columns() -> None:
    assert read([]) == []


def test_kinds_arrive_as_what_they_are() -> None:
    content = b"".join(parquet_of(HEADS, []))

    told = {field.name: str(field.type) for field in reader.read_schema(io.BytesIO(content))}
    assert told == {
        "text": "string", "whole": "int64", "figure": "decimal128(24, 6)", "yes_no": "bool", "day": "date32[day]",
        "moment": "timestamp[us, tz=UTC]",
    }


def test_many_rows_in_one_group_keep_their_gaps() -> None:
    rows = [(str(n) if n % 3 else None, n, Decimal(n), n % 2 == 0, date(2018, 1, 1), None) for n in range(5_000)]

    assert read([rows]) == rows
