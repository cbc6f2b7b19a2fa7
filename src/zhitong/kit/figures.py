"""Figures and days as people write them into cells: one value, or the reason why it is none. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

_TIMES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_UNITS = "元户家人个项台套亩吨度千瓦时%％次件天"
_ABOUT = re.compile(r"^(约|大约|大概|近|超过|超|不到|逾|左右)|(左右|以上|以下|余|多|\+)$")
_RANGE = re.compile(r"\d\s*(?:[-~～—至到]+)\s*\d")
_NONE = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "空", "n/a", "na", "null"})
_FIGURE = re.compile(rf"([+-]?)((?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|\.\d+)(万亿|百万|千万|亿|万|千)?([{_UNITS}]*)")
_SIGNS = str.maketrans({"−": "-", "–": "-", "。": ".", "，": ",", "’": "", "'": "", "￥": "", "¥": "", "$": ""})
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?|月?)")
_SHORT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""1954 to 2119: a bare number in a column of days is a day that Excel has counted."""


class NoFigure(ValueError):
    """The text is no single figure; the message says why and what to write instead."""


class NoDay(ValueError):
    """The text is no single day; the message says how to write one."""


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, 无."""
    return narrow(text).lower() in _NONE


def narrow(text: str) -> str:
    """Full-width digits and signs as half-width ones, blanks gone."""
    if text.isascii():  # most is: its signs are half-width already
        return "".join(text.translate(_SIGNS).split())
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS))


def number_in(text: str, unit: int = 1) -> Decimal | None:
    """The number a cell says, in base units; None for nothing (—, 无).

    `unit` is that of the column (10 000 for 万元) and counts where the cell names none: in a column of 万元 "12" and
    "12万" are both 120 000. Percents come as written: "12.5%" → 12.5.
    Raises NoFigure: about, a range, words, a formula without a result.
    """
    said = narrow(text)
    if said.lower() in _NONE:
        return None
    if said.startswith("#"):
        raise NoFigure(f"“{text}”是Excel的错误值或没有结果的公式，请在表里改成数字")
    if _RANGE.search(said):
        raise NoFigure(f"“{text}”是一个范围，请填一个确定的数")
    if _ABOUT.search(said):
        raise NoFigure(f"“{text}”不是确定的数，请核实后只填数字")
    found = _FIGURE.fullmatch(said)
    if found is None:
        raise NoFigure(f"“{text}”读不成一个数，请只填数字，例如1234.5")
    sign, digits, times, words = found.groups()
    number = Decimal(digits.replace(",", "")) * (-1 if sign == "-" else 1)
    if times:
        return number * _TIMES[times]
    return number if words.startswith("元") else number * unit


def whole_in(text: str, unit: int = 1) -> int | None:
    """As `number_in`, of what is counted whole (yuan, heads). Raises NoFigure: there is a rest."""
    number = number_in(text, unit)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise NoFigure(f"“{text}”不是整数，请四舍五入后再填" if unit == 1 else f"“{text}”位数太多，请精确到元后再填")
    return int(number)


def day_in(text: str) -> date | None:
    """The day a cell says; None for nothing. A month alone is its first day.

    Understands 2018-4-27, 2018/4/27, 2018.4.27, 2018年4月27日, 20180427, moments of such days, and Excel's serials.
    Raises NoDay: it cannot be read as one day.
    """
    said = narrow(text)
    if said.lower() in _NONE:
        return None
    if said.isascii() and said.isdigit() and int(said) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(said))
    found = _SHORT.fullmatch(said) or _DAY.match(said)
    if found is None or not _is_moment(said[found.end() :]):
        raise NoDay(f"“{text}”读不出日期，请写成2018-04-27")
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDay(f"“{text}”没有这一天，请写成2018-04-27") from None


def whole_day(day: date) -> str:
    """A day as people write it in full: 2018年4月27日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _is_moment(rest: str) -> bool:
    return not rest or re.fullmatch(r"T?\d{1,2}[:时]\d{1,2}([:分]\d{1,2}(\.\d+)?)?[分秒]?|[上下]午.*", rest) is not None

