"""What somebody asks of a set: which columns of which rows, in which order, of which region and period. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhitong.domain.opendata.rules.columns import Column, DataSet
from zhitong.domain.opendata.rules.filters import Node

MOST_SKIPPED = 5_000
"""So many rows may be skipped by number; beyond, a page is found by its key."""
LONGEST_PAGE, USUAL_PAGE = 5_000, 1_000
SECONDS = 20
"""So long a statement may take before it is stopped."""

Cell = str | int | Decimal | bool | date | datetime | UUID | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a set; without columns all of them, without `by` in the order of its key.

    `region_id` narrows to a region and all below it, `since` and `until` (both included) the period of its rows.
    """

    data: DataSet
    columns: tuple[Column, ...] = ()
    where: Node | None = None
    by: str = ""
    descending: bool = False
    region_id: UUID | None = None
    since: date | None = None
    until: date | None = None

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns to be read."""
        return self.columns or self.data.columns

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that order the rows, together unique."""
        key = self.data.key
        return key if self.by in ("", key[0]) else (self.by, *key)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with one value for each column read, and the key after which the next page begins; None at the end."""

    rows: list[Row] = field(default_factory=list)
    next_key: tuple[Any, ...] | None = None
