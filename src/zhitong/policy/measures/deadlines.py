"""When something is due: every notation of a day, month, quarter, half, year or plan period, and the last day it means."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum

from zhitong.policy.numerals import number_of


class Grain(IntEnum):
    """How fine a date is said; a finer one beats a coarser one in the same clause."""

    SPAN = 0
    YEAR = 1
    YEAR_END = 2
    HALF = 3
    MONTH = 4
    DAY = 5


@dataclass(frozen=True)
class DateMark:
    """A date where it is printed: `day` is its last day, None when no year can be told; `month` where the day is vague."""

    start: int
    end: int
    text: str
    grain: Grain
    day: str | None
    month: str | None = None
    year: int | None = None
    """The year it was read in, printed or inherited."""
    is_leading: bool = False
    """到2020年, or a date standing before a comma: it holds for what follows."""
    is_due: bool = True
    """Whether anything can be due on it; 比2015年 and 2018年度计划 are dates too."""


_YEAR = r"(?:(?P<year>\d{4}|[一二]{1}[〇零○一二三四五六七八九]{3})年|(?P<this>今年|本年度?)|(?P<next>明年|次年))?"
_NUM = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_BEFORE = r"(?:之?前|以前|内|之内|以内)?"
DATE = re.compile(
    rf"(?P<to>[到至])?(?:{_YEAR}(?:的)?(?:"
    rf"(?P<m>{_NUM})月(?:(?P<d>{_NUM})[日号](?:之?前|以前)?|(?:份)?(?P<part>底|末|初|上旬|中下旬|中上旬|"
    rf"中旬|下旬|上中旬|中)?{_BEFORE})"
    rf"|(?:(?P<m1>{_NUM})(?:月份?)?[-—–~～至到](?P<m2>{_NUM})月份?(?P<mpart>底|末)?{_BEFORE})"
    rf"|(?P<quarter>前?[一二三四1-4]|第[一二三四1-4]|前[一二三]个|[首])季度(?:末|底)?{_BEFORE}"
    rf"|(?P<half>上半年|下半年|年中){_BEFORE}"
    rf"|(?P<end>年底|年末|年终|岁末){_BEFORE}"
    rf"))"
)  # fmt: skip
YEARS = re.compile(
    r"(?P<to>[到至])?(?:"
    r"(?P<y1>\d{4})年?[-—–~～至到]{1,2}(?P<y2>\d{4})年度?(?P<rend>[底末])?"
    r"|(?P<year>\d{4}|[一二][〇零○一二三四五六七八九]{3})年(?:(?P<yend>年?[底末]|年终)(?:之?前|以前)?|"
    r"(?:以?前|之前|内|度内|全年|度)?)"
    r"|(?P<this>今年|本年度?|(?<![\d一二两三四五六七八九十半几多])年内|全年|"
    r"(?<!本)年度内)(?P<tend>年?底)?(?:之?内|前)?"
    r"|(?P<next>明年|次年)(?P<nend>年?底)?(?:前)?"
    r"|[“\"]?(?P<plan>十[一二三四五六]五)[”\"]?(?:规划|计划)?(?:期末|末期|末|期间|时期|期内)"
    r"|(?P<feast>元旦|[“\"]?五一[”\"]?|[“\"]?七一[”\"]?|[“\"]?十一[”\"]?|国庆)节?(?:之?前|以前)"
    r")"
)
NO_DEADLINE_BEFORE = re.compile(
    r"(?:较|比|与|同|以|自|从|根据|按照|参照|依据|[高低多少优小大]于|超过|基于|召开的|每年|每月|对照|截至|截止|截止到|\d)$"
)
SINCE = re.compile(
    r"以来|以后|之后|后(?!续|勤|备|期)|起(?!草|步)|开始|基础上|为基|同期|相比|水平|召开的?|印发的|修订|"
    r"发布的|版|届"
)
SEASON = re.compile(r"(?:的)?(?:春节|清明|端午|中秋|采暖|取暖|供暖|供热|汛期|入冬|入汛|冬季|夏季|秋季|春季|秋冬|开学|暑期|寒假)")
"""What comes behind a year whose day nobody can tell from it: 2021年采暖季前."""
OF_A_NAME = re.compile(
    r"(?:年度)?[^,。;、\d]{0,12}(?:计划|规划|方案|预算|目标任务|任务清单|工作要点|要点|政府工作报告|"
    r"项目库|清单)"
)
RANGE = re.compile(r"起?[-—–~～至到]{1,2}")
STATUS = re.compile(
    r"截至|截止(?!时间|日期)|近[一二两三四五六七八九十几\d]?年来|(?<![项题科条])目前|^现已|^(?:去年|上年|前年)|以来(?:,|$|[^,]{0,4}(?:已|共|"
    r"先后|累计))"
)
FEAST_EVES = {"元旦": (12, 31, -1), "五一": (4, 30, 0), "七一": (6, 30, 0), "十一": (9, 30, 0), "国庆": (9, 30, 0)}
PLAN_ENDS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
LEAP_YEAR = 2000
TEN_DAYS = {"初": 10, "上旬": 10, "中上旬": 20, "上中旬": 20, "中旬": 20, "中": 15}


def dates_in(text: str, year_of: Callable[[int], int | None]) -> list[DateMark]:
    """Every date printed, in order; `year_of` gives the year that holds at a place without one.

    A printed year holds for the dates behind it in the same paragraph.
    """
    found = sorted([*DATE.finditer(text), *YEARS.finditer(text)], key=lambda one: (one.start(), -one.end()))
    marks: list[DateMark] = []
    said: int | None = None
    last_end = 0
    for one in found:
        if one.start() < last_end:
            continue
        said = None if "\n" in text[last_end : one.start()] else said
        mark = _mark(one, said or year_of(one.start()))
        if mark is None:
            continue
        last_end = one.end()
        said = mark.year if _printed_year(one) else said
        if marks and _goes_on(text, marks[-1], mark):
            mark = replace(mark, start=marks.pop().start)
        marks.append(mark)
    return [_judged(text, mark) for mark in marks]


def last_day(year: int, month: int) -> str:
    """The last day of a month, YYYY-MM-DD."""
    return f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


def _printed_year(found: re.Match[str]) -> bool:
    return any(found.groupdict().get(name) for name in ("year", "y2"))


def _goes_on(text: str, mark: DateMark, later: DateMark) -> bool:
    """3月1日至5月31日, 2018年3月—12月: one date, and only its end is a deadline."""
    between = text[mark.end : later.start]
    if not between:
        return later.text[0] in "到至"
    return RANGE.fullmatch(between) is not None and mark.grain is not Grain.SPAN


def _judged(text: str, mark: DateMark) -> DateMark:
    behind = text[mark.end : mark.end + 1]
    is_leading = behind in {",", ":"} or (mark.text[0] in "到至" and mark.grain <= Grain.YEAR_END)
    return replace(mark, text=text[mark.start : mark.end], is_leading=is_leading, is_due=_is_due(text, mark))


def _is_due(text: str, mark: DateMark) -> bool:
    """比2015年, 2018年度计划, 自5月1日起: nothing is due on such dates."""
    if text[mark.start] not in "到至" and NO_DEADLINE_BEFORE.search(text[max(0, mark.start - 4) : mark.start]):
        return False
    if SINCE.match(text, mark.end) or (mark.grain is Grain.YEAR and SEASON.match(text, mark.end)):
        return False
    return not (mark.grain <= Grain.YEAR and text[mark.end - 1] in "年度" and OF_A_NAME.match(text, mark.end))


def _mark(found: re.Match[str], year: int | None) -> DateMark | None:
    """The mark of one match; None where the numbers are no date (13月)."""
    groups = found.groupdict()
    read = _read_date(groups, year) if "m" in groups else _read_years(groups, year)
    if read is None:
        return None
    grain, day, month, read_in = read
    return DateMark(found.start(), found.end(), found[0], grain, day, month, read_in)


Read = tuple[Grain, str | None, str | None, int | None]
"""Grain, last day, month where only that is said, year."""
QUARTERS = {"一": 3, "1": 3, "首": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}


def _read(grain: Grain, year: int | None, month: int, day: int | None = None, *, is_vague: bool = False) -> Read:
    """The last day of a month, or the day given; nothing but the grain where no year can be told."""
    if year is None:
        return grain, None, None, None
    on = f"{year:04d}-{month:02d}-{day:02d}" if day else last_day(year, month)
    return grain, on, f"{year:04d}-{month:02d}" if is_vague else None, year


def _year_in(groups: dict[str, str | None], year: int | None) -> int | None:
    if groups["year"]:
        return int(number_of(groups["year"]) or 0)
    return year + 1 if groups["next"] and year else year


def _read_date(groups: dict[str, str | None], year: int | None) -> Read | None:
    year = _year_in(groups, year)
    if groups["half"]:
        return _read(Grain.HALF, year, 12 if groups["half"] == "下半年" else 6, is_vague=groups["half"] == "年中")
    if groups["quarter"]:
        return _read(Grain.HALF, year, QUARTERS[groups["quarter"].strip("第前个")])
    if groups["end"]:
        return _read(Grain.YEAR_END, year, 12)
    return _read_month(groups, year)


def _read_month(groups: dict[str, str | None], year: int | None) -> Read | None:
    month = int(number_of(groups["m2"] or groups["m"] or "") or 0)
    if not 1 <= month <= 12:
        return None
    if groups["d"]:
        day = int(number_of(groups["d"]) or 0)
        if not 1 <= day <= monthrange(year or LEAP_YEAR, month)[1]:
            return None
        return _read(Grain.DAY, year, month, day)
    part = groups["part"] or groups["mpart"] or ""
    return _read(Grain.MONTH, year, month, TEN_DAYS.get(part), is_vague=part not in ("底", "末") and not groups["m2"])


def _read_years(groups: dict[str, str | None], year: int | None) -> Read | None:
    if groups["plan"]:
        return _read(Grain.YEAR_END, PLAN_ENDS[groups["plan"]], 12)
    if groups["feast"]:
        month, day, shift = FEAST_EVES[groups["feast"].strip('“”"')]
        return _read(Grain.DAY, year and year + shift, month, day)
    if groups["y2"]:
        return _read(Grain.YEAR_END if groups["rend"] else Grain.SPAN, int(groups["y2"]), 12)
    year = _year_in(groups, year)
    if groups["year"] and not (year and 1949 <= year <= 2100):
        return None
    return _read(Grain.YEAR_END if groups["yend"] or groups["tend"] or groups["nend"] else Grain.YEAR, year, 12)
