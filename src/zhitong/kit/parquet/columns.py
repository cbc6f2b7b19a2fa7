"""The columns of a Parquet file: how values of each kind are told to a reader, and packed one after the other."""

from __future__ import annotations

import struct as packing
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from zhitong.kit.parquet.thrift import Value, struct, text, whole, yes

DIGITS, PLACES = 24, 6
"""A figure has so many digits in all, so many of them behind the point."""
_FIGURE_BYTES = 11
_EPOCH, _FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC), date(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_BOOLEAN, _INT32, _INT64, _BYTES, _FIXED_BYTES = 0, 1, 2, 6, 7
_UTF8, _DECIMAL, _DATE, _MICROS = 0, 5, 6, 10
_MAY_BE_EMPTY = 1


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


def _texts(values: Sequence[Any]) -> bytes:
    parts: list[bytes] = []
    for value in values:
        content = str(value).encode()
        parts += (len(content).to_bytes(4, "little"), content)
    return b"".join(parts)


def _wholes(values: Sequence[Any]) -> bytes:
    return packing.pack(f"<{len(values)}q", *values)


def _figures(values: Sequence[Any]) -> bytes:
    return b"".join(int(Decimal(one).scaleb(PLACES)).to_bytes(_FIGURE_BYTES, "big", signed=True) for one in values)


def _days(values: Sequence[Any]) -> bytes:
    return packing.pack(f"<{len(values)}i", *((one - _FIRST_DAY).days for one in values))


def _moments(values: Sequence[Any]) -> bytes:
    return packing.pack(f"<{len(values)}q", *((one - _EPOCH) // _MICROSECOND for one in values))


def bits(values: Sequence[Any]) -> bytes:
    """Yes and no, eight to a byte, the first the lowest."""
    signs = array("B", (bool(one) for one in values)).tobytes().translate(_AS_DIGITS)
    return int(signs[::-1] or b"0", 2).to_bytes(-(-len(values) // 8), "little")


_AS_DIGITS = bytes([ord("0"), ord("1"), *range(2, 256)])


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind stands in the file: its physical type, what a reader makes of it, and how values are packed."""

    physical: int
    pack: Callable[[Sequence[Any]], bytes]
    converted: int | None = None
    logical: Value | None = None


_EMPTY = struct({})
_FORMS = {
    Kind.TEXT: _Form(_BYTES, _texts, _UTF8, struct({1: _EMPTY})),
    Kind.WHOLE: _Form(_INT64, _wholes),
    Kind.FIGURE: _Form(_FIXED_BYTES, _figures, _DECIMAL, struct({5: struct({1: whole(PLACES), 2: whole(DIGITS)})})),
    Kind.YES_NO: _Form(_BOOLEAN, bits),
    Kind.DAY: _Form(_INT32, _days, _DATE, struct({6: _EMPTY})),
    Kind.MOMENT: _Form(_INT64, _moments, _MICROS, struct({8: struct({1: yes(), 2: struct({2: _EMPTY})})})),
}


def physical(head: Head) -> int:
    """The number of the physical type of a column."""
    return _FORMS[head.kind].physical


def packed(head: Head, values: Sequence[Any]) -> bytes:
    """Values of a column, none of them None, one after the other."""
    return _FORMS[head.kind].pack(values)


def told(head: Head) -> Value:
    """A column as the schema of the file tells it."""
    form = _FORMS[head.kind]
    is_figure = head.kind is Kind.FIGURE
    return struct({
        1: whole(form.physical),
        2: whole(_FIGURE_BYTES) if is_figure else None,
        3: whole(_MAY_BE_EMPTY),
        4: text(head.name),
        6: whole(form.converted) if form.converted is not None else None,
        7: whole(PLACES) if is_figure else None,
        8: whole(DIGITS) if is_figure else None,
        10: form.logical,
    })
