"""Where things stand in a form: its tables with their heads and rows, the gaps in its texts. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: where it is, and what its heads say from above to below, each part once."""

    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a sheet; lines count from 1, ends included.

    `first` to `last` are the rows to be filled. `printed` are names already standing in such rows, in `key_column`;
    `examples` rows that only show how; `total` the row of sums, None where there is none. `scale` is what the sheet says of
    all its money ("单位：万元" → 10 000).
    """

    sheet: str
    top: int
    bottom: int
    first: int
    last: int
    heads: tuple[Head, ...]
    key_column: int | None = None
    printed: Mapping[int, str] = field(default_factory=dict)
    examples: frozenset[int] = frozenset()
    total: int | None = None
    scale: int | None = None

    @property
    def left(self) -> int:
        """The first column."""
        return self.heads[0].column

    @property
    def right(self) -> int:
        """The last column."""
        return self.heads[-1].column

    def holds(self, place: Place) -> bool:
        """Whether a cell belongs to the heads or the rows of the table."""
        return self.top <= place[0] <= max(self.last, self.total or 0) and self.left <= place[1] <= self.right


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in the text of a cell, from `start` before `end`: what stands before and behind it; `label` is unique in a form."""

    sheet: str
    place: Place
    start: int
    end: int
    before: str
    after: str
    label: str


@dataclass(frozen=True, slots=True)
class Form:
    """What was found in a form, and what people should know of it."""

    tables: tuple[Table, ...]
    gaps: tuple[Gap, ...]
    said: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What tells forms apart: the heads of their tables, or the labels of their gaps where there is none."""
        heads = [[head.text for head in table.heads] for table in self.tables]
        words = heads or [[gap.label for gap in self.gaps]]
        return hashlib.sha256(repr(words).encode()).hexdigest()
