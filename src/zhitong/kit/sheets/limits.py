"""How much of a table is read, what was read of it, and the refusal of what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

MEBIBYTE = 1024 * 1024
MOST_BYTES = 20 * MEBIBYTE
MOST_COLUMNS = 256
MOST_LINES = 100_000
EMPTY_ENDS = 10_000
"""So many empty rows one after another end a sheet: Excel keeps a million of them where somebody coloured a column."""

Cells = list[str]


class UnreadableTable(ValueError):
    """The bytes are no table that is read; the message is a sentence with the reason and the way on."""


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet of a workbook, and whether its reader in Excel would see it."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells joined into one; lines count from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """An opened sheet. `rows` gives (line, texts of its cells) once, only rows that hold something; `said` grows as it
    is read and tells people what was seen on the way."""

    name: str
    others: tuple[SheetName, ...]
    rows: Iterator[tuple[int, Cells]]
    merges: tuple[Merge, ...] = ()
    said: list[str] = field(default_factory=list)


def column_letters(column: int) -> str:
    """The letters that Excel gives a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
