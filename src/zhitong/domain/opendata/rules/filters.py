"""What rows are asked for, as a tree over the columns of a set: written by a door, bound by the room, never SQL. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.opendata.rules.columns import Column
from zhitong.kit.choices import Word

Value = str | int | Decimal | bool | date | datetime | UUID


class Comparison(Word):
    """How a column is held against a value; a missing value is never greater nor less than anything."""

    EQUAL = "eq", "等于"
    UNEQUAL = "ne", "不等于"
    MORE = "gt", "大于"
    AT_LEAST = "ge", "不小于"
    LESS = "lt", "小于"
    AT_MOST = "le", "不大于"


class Place(Word):
    """Where in a text some words stand."""

    ANYWHERE = "contains", "包含"
    FIRST = "startswith", "开头是"
    LAST = "endswith", "结尾是"


@dataclass(frozen=True, slots=True)
class Compared:
    """A column held against a value; None is what is not known."""

    column: Column
    how: Comparison
    value: Value | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A column whose value is one of several; None among them is what is not known."""

    column: Column
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """A text that has some words at a place."""

    column: Column
    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Every:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


Node = Compared | Listed | Worded | Every | Either | Not
