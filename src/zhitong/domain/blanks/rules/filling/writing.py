"""One value into one cell in the habit of the form: its unit of money, its way of percents and days; text is always text. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from zhitong.domain.blanks.rules.answers import Value
from zhitong.domain.blanks.rules.fields import Field, Shape
from zhitong.domain.blanks.rules.form.tables import SCALES
from zhitong.kit.sheets.table import plain

WAN = 10_000
_LONGEST_TEXT = 32_767
_GENERAL = ("General", "@")
_IN_BRACKETS = re.compile(r"(万亿|亿|千万|百万|万|千)?(元|件|户|个|家|人|项|吨|亩)")
_DAYS: tuple[tuple[str, Callable[[date], str]], ...] = (
    (r"\d{4}年\d{1,2}月\d{1,2}日|[年]", lambda day: f"{day.year}年{day.month}月{day.day}日"),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", lambda day: f"{day.year}.{day.month}.{day.day}"),
    (r"\d{4}/\d{1,2}/\d{1,2}", lambda day: f"{day.year}/{day.month}/{day.day}"),
    (r"\d{4}\d{2}\d{2}", lambda day: f"{day:%Y%m%d}"),
)
_TIMES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}


@dataclass(frozen=True, slots=True)
class Habit:
    """How a column wants its values: its head, what the sheet says of all money, a text that stood as an example."""

    head: str
    scale: int | None = None
    example: str = ""


def write(cell: Any, value: Value, one: Field, habit: Habit) -> None:
    """Put a value into a cell; nothing for None."""
    if value is None or value == "":
        cell.value = None
    elif one.shape is Shape.MONEY and isinstance(value, int | Decimal):
        _number(cell, Decimal(value) / money_scale(habit), 2)
    elif one.shape is Shape.WHOLE and isinstance(value, int | Decimal):
        _number(cell, Decimal(value) / _count_scale(habit.head), 4)
    elif one.shape is Shape.RATIO and isinstance(value, Decimal):
        _ratio(cell, value, habit)
    elif one.shape is Shape.DAY and isinstance(value, date):
        _day(cell, value, habit)
    elif isinstance(value, bool):
        write_text(cell, ("√" if value else "") if "√" in habit.head else "是" if value else "否")
    else:
        write_text(cell, str(value))


def write_text(cell: Any, text: str) -> None:
    """A text as a text, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT]
    cell.data_type = "s"


def money_scale(habit: Habit) -> int:
    """How many yuan the unit of a column is: as its head says, else as the sheet says, else 万元 as papers have it."""
    for word, scale in sorted(SCALES.items(), key=lambda pair: -len(pair[0])):
        if re.search(rf"[(（/:：，,]\s*(单位[:：])?{word}|{word}[)）]", habit.head):
            return scale
    return habit.scale or WAN


def says_money(habit: Habit) -> bool:
    """Whether the form itself says in which unit its money is."""
    return habit.scale is not None or bool(re.search("元", habit.head))


def told(value: Value, one: Field, habit: Habit) -> str:
    """A value as it stands within a text."""
    if value is None:
        return ""
    if one.shape is Shape.RATIO and isinstance(value, Decimal):
        return _plain(value * 100, 1) + ("" if re.match("[%％]", habit.example) else "%")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _number(cell: Any, number: Decimal, places: int) -> None:
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    is_whole = rounded == rounded.to_integral_value()
    cell.value = int(rounded) if is_whole else float(rounded)
    if cell.number_format in _GENERAL:
        cell.number_format = "0" if is_whole else "0." + "0" * min(places, 2)


def _ratio(cell: Any, value: Decimal, habit: Habit) -> None:
    if "%" in cell.number_format:
        cell.value = float(value)
    elif re.search("[%％]", habit.head):
        cell.value = float((value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))
    else:
        cell.value, cell.number_format = float(value), "0.0%"


def _day(cell: Any, day: date, habit: Habit) -> None:
    said = habit.example or habit.head
    for pattern, words in _DAYS[: 4 if said else 0]:
        if re.search(pattern, said) and (said != habit.head or re.search(r"\d{4}", said)):
            write_text(cell, words(day))
            return
    if cell.number_format == "@":
        write_text(cell, day.isoformat())
        return
    if not cell.is_date and not re.search("[yd]", cell.number_format, re.IGNORECASE):
        cell.number_format = "yyyy-mm-dd"
    cell.value = day


def _count_scale(head: str) -> int:
    inside = re.search(r"[(（](.*?)[)）]", plain(head))
    found = _IN_BRACKETS.fullmatch(inside[1]) if inside else None
    return _TIMES[found[1] or ""] if found and found[2] != "元" else 1


def _plain(number: Decimal, places: int) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded.normalize():f}"
