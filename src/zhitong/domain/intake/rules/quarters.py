"""Quarters: what one is called, and which days it has. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        """2018年三季度."""
        return f"{self.year}年{'一二三四'[self.number - 1]}季度"

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        last = self.number * 3
        return date(self.year, last - 2, 1), date(self.year, last, monthrange(self.year, last)[1])

    def before(self) -> Quarter:
        """The quarter that went before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day falls."""
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def quarter_read(text: str, today: date) -> Quarter:
    """The quarter a text names (2018Q3); the present one for anything else."""
    year, _q, number = text.partition("Q")
    if year.isdecimal() and len(year) == 4 and int(year) and number in ("1", "2", "3", "4"):
        return Quarter(int(year), int(number))
    return quarter_of(today)
