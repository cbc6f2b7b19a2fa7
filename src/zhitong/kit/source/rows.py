"""What a reader of files hands out: rows that know their line, and findings that name one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any


class Severity(Enum):
    """How much a finding weighs: an error stops the load, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """Something wrong at a place of a file, said in Chinese with what to do about it."""

    file: str
    line: int
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行：{self.message}"


class Row(dict[str, Any]):
    """One mapping of a YAML file or one row of a table; knows its file, its line and the line of each key.

    The typed readers never raise: where the value is absent or of another kind they give the empty value,
    because the check of the fields has already said so.
    """

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def finding(self, message: str, key: str = "", severity: Severity = Severity.ERROR) -> Finding:
        """A finding about this row, at the line of `key` where that is known."""
        return Finding(self.file, self.lines.get(key, self.line), message, severity)

    def text(self, key: str, default: str = "") -> str:
        return as_text(self.get(key), default)

    def texts(self, key: str) -> list[str]:
        """The words of a list; one bare word counts as a list of one."""
        value = self.get(key)
        values = value if isinstance(value, list) else [value]
        return [text for text in map(as_text, values) if text]

    def number(self, key: str, default: int = 0) -> int:
        value: Any = self.get(key)
        return int(value) if is_whole(value) else default

    def decimal(self, key: str) -> Decimal | None:
        value = self.get(key)
        return Decimal(str(value)) if is_number(value) else None

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.get(key)
        return value if isinstance(value, bool) else default

    def day(self, key: str) -> date | None:
        value = self.get(key)
        return value if isinstance(value, date) else None

    def row(self, key: str) -> Row:
        value = self.get(key)
        return value if isinstance(value, Row) else Row(self.file, self.lines.get(key, self.line))

    def rows(self, key: str) -> list[Row]:
        value = self.get(key)
        return [item for item in value if isinstance(item, Row)] if isinstance(value, list) else []


def as_text(value: object, default: str = "") -> str:
    """A word as written; a whole number (a code such as 130973) is given back digit by digit."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else default


def is_whole(value: object) -> bool:
    """A whole number, or (as in the cells of a table) one written as text."""
    if isinstance(value, str):
        return re.fullmatch(r"-?[0-9]+", value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    """A number in decimal notation, as a number or as text."""
    if isinstance(value, str):
        return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)
