"""Rows as CSV for people's tables and programs: UTF-8 with its mark so that Excel reads Chinese, no cell a formula.

A text that begins like a formula (= + - @, a tab, a line end) gets an apostrophe before it, as Excel itself writes words
that look like one; figures stay figures. Moments are written in the zone given, to the second.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

MARK = "\ufeff"
"""What tells Excel that the file is UTF-8."""
_LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(heads: Sequence[str], batches: Iterable[Sequence[Sequence[Any]]], zone: ZoneInfo) -> Iterator[bytes]:
    """The heads and the rows as pieces of one file, a piece for each batch; memory holds one batch."""
    yield _lines([list(heads)], MARK)
    for rows in batches:
        yield _lines([[written(value, zone) for value in row] for row in rows])


def written(value: Any, zone: ZoneInfo) -> str:
    """One value as a cell says it; nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str) and value.startswith(_LIKE_FORMULAS):
        return f"'{value}"
    return str(value)


def _lines(rows: Sequence[Sequence[str]], before: str = "") -> bytes:
    text = io.StringIO()
    text.write(before)
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
