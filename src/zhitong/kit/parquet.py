"""Rows as Parquet, the column file of data tools: written by pyarrow in pieces, one group of rows after the other."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

DIGITS, PLACES = 24, 6
"""A figure has so many digits in all, so many of them behind the point."""
_SMALLEST = Decimal(1).scaleb(-PLACES)


class Kind(Enum):
    """What a column holds: words, a whole number, a figure with decimals, yes or no, a day, a moment."""

    TEXT = "text"
    WHOLE = "whole"
    FIGURE = "figure"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Head:
    """A column by name and kind."""

    name: str
    kind: Kind


def parquet_of(
    heads: Sequence[Head], batches: Iterable[Sequence[Sequence[Any]]], said: Mapping[str, str] | None = None
) -> Iterator[bytes]:
    """The rows as pieces of one file, a group of rows for each batch; memory holds one batch.

    Values are str, int, Decimal, bool, date or an aware datetime by the kind of their column; None where nothing is known.
    `said` stands as keys and values in the foot of the file.
    """
    import pyarrow as arrow  # a third of a second, for those alone who ask for a file
    from pyarrow.parquet import ParquetWriter

    types = {
        Kind.TEXT: arrow.string(), Kind.WHOLE: arrow.int64(), Kind.FIGURE: arrow.decimal128(DIGITS, PLACES),
        Kind.YES_NO: arrow.bool_(), Kind.DAY: arrow.date32(), Kind.MOMENT: arrow.timestamp("us", tz="UTC"),
    }
    schema = arrow.schema([arrow.field(head.name, types[head.kind]) for head in heads], metadata=said or None)
    pieces = _Pieces()
    with ParquetWriter(pieces, schema, compression="snappy") as writer:
        for rows in batches:
            if rows:
                columns = zip(heads, zip(*rows, strict=True), strict=True)
                arrays = [arrow.array(_values(head, column), types[head.kind]) for head, column in columns]
                writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
                yield pieces.taken()
    yield pieces.taken()


def _values(head: Head, column: Sequence[Any]) -> Sequence[Any]:
    if head.kind is Kind.TEXT:
        return [None if one is None else str(one) for one in column]
    if head.kind is Kind.FIGURE:
        return [None if one is None else Decimal(one).quantize(_SMALLEST) for one in column]
    return column


class _Pieces(io.RawIOBase):
    """A file that is written at its end and taken away piece by piece."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """How much was written in all."""
        return self._at

    def write(self, content: Any) -> int:
        """Keep what is written until it is taken."""
        self._parts.append(bytes(content))
        self._at += len(self._parts[-1])
        return len(self._parts[-1])

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
