"""Lists of plain values written as PostgreSQL reads them, each kind by one expression instead of value by value.

What psycopg spends on asking every single value how it is written was a sixth of the processor time of a sent card, and
half of that of a batch. Whatever is not plain (nested lists, values of several kinds, numbers of unknown width) it still
writes itself, and the types that go with the arrays are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.adapt import PyFormat
from psycopg.types.array import ListDumper


def _of_ids(values: list[Any]) -> Iterator[str]:
    return ("NULL" if one is None else f"{one.int:032x}" for one in values)


def _of_moments(values: list[Any]) -> Iterator[str]:
    return ("NULL" if one is None else f'"{one}"' for one in values)


def _of_texts(values: list[Any]) -> Iterator[str]:
    return ("NULL" if one is None else '"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in values)


def _of_answers(values: list[Any]) -> Iterator[str]:
    return ("NULL" if one is None else "t" if one else "f" for one in values)


WRITTEN: dict[type, Callable[[list[Any]], Iterator[str]]] = {
    UUID: _of_ids, datetime: _of_moments, date: _of_moments, str: _of_texts, bool: _of_answers,
}
_NONE = type(None)


class PlainListDumper(ListDumper):
    """Writes a list of one plain kind, empty places among them, in one go."""

    def _find_list_element(self, L: list[Any], format: PyFormat) -> Any:
        if _kind(L) is None:
            return super()._find_list_element(L, format)
        return next(one for one in L if one is not None)

    def dump(self, obj: list[Any]) -> Any:
        """The list as text; raises DataError where a text holds a zero byte, as psycopg does."""
        kind = _kind(obj)
        if kind is None or self.sub_dumper is None:
            return super().dump(obj)
        text = "{" + ",".join(WRITTEN[kind](obj)) + "}"
        if "\0" in text:
            raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        return text.encode()


def _kind(values: list[Any]) -> type | None:
    """The one plain kind of the values that are there; None when there is none, or are several."""
    kinds = set(map(type, values))
    kinds.discard(_NONE)
    if len(kinds) != 1:
        return None
    [kind] = kinds
    return kind if kind in WRITTEN else None


def write_plainly() -> None:
    """Let every connection made from now on write lists this way."""
    psycopg.adapters.register_dumper(list, PlainListDumper)
