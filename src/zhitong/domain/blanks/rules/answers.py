"""What the house knows for a form: rows with values by field, and figures of the whole. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Value = str | int | Decimal | date | bool | None
"""None says that there is nothing; a field that a row does not have is not known."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one thing: the names it goes by, values by the code of the field."""

    names: tuple[str, ...]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows for a table in their order, and the row of sums where the grain has one.

    `also` are rows that are written only where their name is printed already; `elsewhere` are names that stand in such
    tables and are other offices' to fill: left alone, not marked.
    """

    rows: tuple[Row, ...] = ()
    total: Mapping[str, Value] | None = None
    elsewhere: frozenset[str] = frozenset()
    also: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything for a form: an answer for each table, values for the gaps, sentences on where they come from."""

    tables: tuple[Answer, ...] = ()
    gaps: Mapping[str, Value] = field(default_factory=dict)
    said: tuple[str, ...] = ()


Handwritten = Mapping[str, Mapping[str, str]]
"""What people filled in themselves: by what a row is known again by, and its head."""
