"""The columns of a list: what a cell holds and how it is said on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from zhitong.web.shell import words
from zhitong.web.shell.components import Text


class Kind(Enum):
    """How the cells of a column are shown and written."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"
    LIGHT = "light"
    CLOCK = "clock"
    ACT = "act"
    DO = "do"


def read(row: Any, name: str) -> Any:
    """A value of a row, be it a dict or a frozen thing."""
    return row[name] if isinstance(row, Mapping) else getattr(row, name)


@dataclass(frozen=True)
class Column:
    """One column. `value` makes the cell from the row (default: the row's value of this name); money comes in yuan and
    is shown in 万元. `sort_by` names the row's value that orders by this column, when an index serves it; `url` leads
    from the cell; `extra` columns are shown only when chosen."""

    name: str
    label: Text
    kind: Kind = Kind.TEXT
    unit: Text = ""
    sort_by: str = ""
    value: Callable[[Any], Any] | None = None
    url: Callable[[Any], str] | None = None
    extra: bool = False

    def of(self, row: Any) -> Any:
        """The value of the cell in a row."""
        return self.value(row) if self.value else read(row, self.name)

    @property
    def unit_in_head(self) -> Text:
        """What stands in brackets in the head."""
        return self.unit or (_("万元") if self.kind is Kind.MONEY else "")

    @property
    def is_figure(self) -> bool:
        """Whether the column stands to the right."""
        return self.kind in (Kind.NUMBER, Kind.MONEY, Kind.PERCENT)

    @property
    def is_named_in_blocks(self) -> bool:
        """Whether a cell needs its column's name beside it where rows become blocks: figures and days say nothing alone."""
        return self.is_figure or self.kind in (Kind.DAY, Kind.MOMENT)


@dataclass(frozen=True)
class Cell:
    """A cell as the template draws it; the first of a row that may be ticked carries its key."""

    column: Column
    value: Any
    text: Text
    url: str = ""
    key: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say here."""
        return self.value is None or self.value == ""


def cell_of(column: Column, row: Any) -> Cell:
    """The cell of a column in a row."""
    value = column.of(row)
    return Cell(column, value, _in_words(column, value), column.url(row) if column.url else "")


def _in_words(column: Column, value: Any) -> Text:
    if value is None or value == "":
        return words.NOTHING
    if column.kind is Kind.MONEY:
        return words.wan_in_words(value)
    if column.kind is Kind.PERCENT:
        return f"{value:.1%}"
    if column.kind is Kind.NUMBER:
        return words.figure_in_words(value)
    return str(value)
