"""Thrift's compact protocol, as far as the headers of a Parquet file need it: values written, none read.

Source: thrift-compact-protocol.md of Apache Thrift.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Type(IntEnum):
    """How a value is told apart on the wire."""

    YES = 1
    WHOLE = 5
    LONG = 6
    BYTES = 8
    MANY = 9
    STRUCT = 12


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is written, with its type."""

    type: Type
    written: bytes


_SHORT_LIST, _LONG_LIST = 15, 0xF0


def number(value: int) -> bytes:
    """A whole number of no sign, seven bits to a byte, the lowest first."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def _zigzag(value: int) -> bytes:
    return number(value << 1 if value >= 0 else (-value << 1) - 1)


def whole(value: int) -> Value:
    """A number of 32 bits."""
    return Value(Type.WHOLE, _zigzag(value))


def long(value: int) -> Value:
    """A number of 64 bits."""
    return Value(Type.LONG, _zigzag(value))


def text(value: str) -> Value:
    """A text in UTF-8."""
    content = value.encode()
    return Value(Type.BYTES, number(len(content)) + content)


def yes() -> Value:
    """What is so."""
    return Value(Type.YES, b"")


def many(items: Sequence[Value]) -> Value:
    """A list of values, all of one type; of structures where there are none."""
    kind, size = items[0].type if items else Type.STRUCT, len(items)
    head = bytes([size << 4 | kind]) if size < _SHORT_LIST else bytes([_LONG_LIST | kind]) + number(size)
    return Value(Type.MANY, head + b"".join(item.written for item in items))


def struct(fields: dict[int, Value | None]) -> Value:
    """Fields by their number, in rising order; those that are None are left out."""
    found, last = bytearray(), 0
    for place, value in fields.items():
        if value is not None:
            found.append(place - last << 4 | value.type)
            found += value.written
            last = place
    found.append(0)
    return Value(Type.STRUCT, bytes(found))
