"""Reading the State Council's yearly notice as it is printed: 春节：2月4日至10日放假调休，共7天。2月2日（星期六）上班。 Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from zhitong.domain.calendars.rules.published import SpecialDate

_DAY = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
_SPAN = rf"{_DAY}(?:(?:至|到|—|-)(?:(?:\d{{4}}年)?\d{{1,2}}月)?\d{{1,2}}日)?"
_SAID = re.compile(rf"({_SPAN}(?:[、,和及]{_SPAN})*)(放假|休息|上班)")
_PARTS = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
    r"(?:(?:至|到|—|-)(?:(?:(?P<to_year>\d{4})年)?(?P<to_month>\d{1,2})月)?(?P<to_day>\d{1,2})日)?"
)
_NUMBERING = re.compile(r"^[一二三四五六七八九十0-9()]+[、.)]?")
LONGEST_SPAN_DAYS = 31
WEEKEND = 5


class Unreadable(ValueError):
    """A date in the notice is none; the text is a sentence for people."""


def read_notice(text: str, year: int) -> list[SpecialDate]:
    """The days of a notice that are not as the week says, in order; weekend days within a holiday stay the week's own.

    A worked weekday is kept as it was said, so that whoever checks can point at it.

    Raises Unreadable: a date does not exist, or a span is turned about or longer than a month.
    """
    found: dict[date, SpecialDate] = {}
    for line in text.splitlines():
        plain = re.sub(r"\([^)]*\)|\s", "", unicodedata.normalize("NFKC", line))
        name = _NUMBERING.sub("", plain.split(":")[0]) if ":" in plain else ""
        for said, verb in _SAID.findall(plain):
            for day in _days(said, year):
                works = verb == "上班"
                if works or day.weekday() < WEEKEND:
                    found[day] = SpecialDate(day, works, name)
    return [found[day] for day in sorted(found)]


def _days(said: str, year: int) -> Iterator[date]:
    for span in _PARTS.finditer(said):
        parts = {name: int(number) for name, number in span.groupdict().items() if number}
        first = _date(parts.get("year", year), parts["month"], parts["day"], span[0])
        last = first
        if "to_day" in parts:
            last = _date(parts.get("to_year", first.year), parts.get("to_month", first.month), parts["to_day"], span[0])
        length = (last - first).days
        if not 0 <= length < LONGEST_SPAN_DAYS:
            raise Unreadable(f"“{span[0]}”的起止日期不对，请核对。")
        yield from (first + timedelta(days=n) for n in range(length + 1))


def _date(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"“{said}”里有不存在的日期，请核对。") from None
