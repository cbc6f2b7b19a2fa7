"""Tables of figures: a row names what is measured, a column says for which year; each cell to come is a target."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from zhitong.policy.measures.comparators import comparator_of, lead_of, tail_of
from zhitong.policy.measures.counting import Quantity
from zhitong.policy.measures.deadlines import DateMark, Grain
from zhitong.policy.measures.figures import FACTORS
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.kinds import kind_of
from zhitong.policy.measures.units import Unit, unit_at

COLUMN = re.compile(r"(?:到|至)?(?:(?P<year>20\d\d)年?底?)?(?P<aim>目标值?|指标值?|计划|规划|预期)?(?:\([^()]{1,8}\))?")
MEASURED = re.compile(r"(?:计量)?单位")
VALUE = re.compile(
    r"(?:≥|≤|>|<|不低于|不少于|不超过|达到|控制在)?(?P<low>\d[\d,]*(?:\.\d+)?)(?:[-—~](?P<high>\d[\d,]*(?:\.\d+)?))?"
    r"(?P<printed>[十百千万亿]*[^\d\[\](),以左]{0,8}?)(?:以上|以下|以内|左右)?(?:\[[^\[\]]{1,8}\])?"
)
IN_BRACKETS = re.compile(r"\((?P<unit>[^()]{1,10})\)$")
MYRIADS = re.compile(r"[十百千万亿]*")
HAN = re.compile(r"[一-鿿]{2}")


@dataclass(frozen=True)
class Row:
    """A line of cells: where each begins and what it says."""

    start: int
    end: int
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Head:
    """Which columns hold aims, for which day, and which one the unit."""

    aims: dict[int, DateMark | None]
    unit_at: int | None


def tables_in(ground: Ground) -> tuple[list[Found], list[Row]]:
    """Every aim that stands in a table, and the rows that were read as such."""
    aims: list[Found] = []
    rows: list[Row] = []
    head: Head | None = None
    before = -1
    for row in _rows(ground.text):
        opened = _head(ground, row)
        head = opened or (head if row.start == before + 1 else None)
        before = row.end
        found = list(_aims(ground, head, row)) if head and not opened else []
        aims += found
        if found or opened:
            rows.append(row)
    return aims, rows


def is_in(place: int, rows: Sequence[Row]) -> bool:
    """Whether a place stands in one of the rows."""
    at = bisect_right(rows, place, key=_begins) - 1
    return at >= 0 and place < rows[at].end


def _rows(text: str) -> Iterator[Row]:
    start = 0
    for line in text.split("\n"):
        if "\t" in line:
            words = line.split("\t")
            places = accumulate(words, lambda place, cell: place + len(cell) + 1, initial=start)
            yield Row(start, start + len(line), tuple(zip(places, words, strict=False)))
        start += len(line) + 1


def _begins(row: Row) -> int:
    return row.start


def _head(ground: Ground, row: Row) -> Head | None:
    """The head of a table, if the row is one: some column is a year or an aim, the first is neither."""
    aims: dict[int, DateMark | None] = {}
    unit: int | None = None
    for column, (start, words) in enumerate(row.cells):
        said = COLUMN.fullmatch(words)
        if MEASURED.fullmatch(words):
            unit = column
        elif said and (said["year"] or said["aim"]) and column:
            year = int(said["year"]) if said["year"] else None
            if year is None or ground.year is None or year >= ground.year:
                aims[column] = _mark(start, words, year)
    return Head(aims, unit) if aims and HAN.search("".join(words for _, words in row.cells[:2])) else None


def _mark(start: int, words: str, year: int | None) -> DateMark | None:
    return DateMark(start, start + len(words), words, Grain.YEAR, f"{year}-12-31", None, year) if year else None


def _aims(ground: Ground, head: Head, row: Row) -> Iterator[Found]:
    name = next((words for _, words in row.cells if HAN.search(words)), "")
    told = IN_BRACKETS.search(name)
    unit = told["unit"] if told else ""
    if head.unit_at is not None and head.unit_at < len(row.cells):
        unit = unit or row.cells[head.unit_at][1]
    for column, mark in head.aims.items():
        start, words = row.cells[column] if column < len(row.cells) else (0, "")
        value = VALUE.fullmatch(words)
        if value and name and name != words:
            yield _found(ground, start, value, (name[: told.start()] if told else name), unit, mark)


def _found(ground: Ground, start: int, said: re.Match[str], name: str, unit: str, mark: DateMark | None) -> Found:
    low, high = _scaled(said["low"], said["printed"] or unit), _scaled(said["high"], said["printed"] or unit)
    word = MYRIADS.sub("", said["printed"] or unit, count=1)
    place = start + said.start("low")
    known: Unit | None = unit_at(word, 0)
    sign, lead = lead_of(ground.text, place, start)
    behind, tail = tail_of(ground.text, start + said.end("printed"))
    compared = "range" if high is not None else comparator_of(sign, behind)
    quantity = Quantity(place, tail, lead, tail, low or Decimal(0), known, compared, high)
    return Found(
        place=place, start=start, end=start + len(said[0]), value_end=tail, name=name, value=low, upper=high,
        unit=known.word if known else None, comparator=compared, kind=kind_of(quantity, name, ""), class_="target",
        belongs=ground.belonging(place), mark=mark,
    )  # fmt: skip


def _scaled(printed: str | None, unit: str) -> Decimal | None:
    if printed is None:
        return None
    value = Decimal(printed.replace(",", ""))
    for sign in (MYRIADS.match(unit) or [""])[0]:
        value *= FACTORS[sign]
    return value
