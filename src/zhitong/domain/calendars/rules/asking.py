"""A limit that somebody asks about: from when, how long, and why that cannot be counted. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.calendars.rules.days import Calendar
from zhitong.domain.calendars.rules.limits import Due, LimitUnit, due_after
from zhitong.domain.calendars.rules.saying import HOUR, arithmetic
from zhitong.kit.clock import SHANGHAI, day_of

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_WORKDAYS, MOST_HOURS = 2000, 16000
"""The longest limits that are counted: some eight years."""
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Question:
    """A limit from a moment on: so many working days, or so many hours inside office hours."""

    start: datetime
    amount: int
    unit: LimitUnit


@dataclass(frozen=True, slots=True)
class Answer:
    """When it falls due: the sum, the moment in words, and what that rests on where a year is not published."""

    due: Due
    arithmetic: str
    moment: str
    reservation: str


def workdays_from(start: datetime, workdays: int) -> Question:
    """So many working days from a moment on."""
    return Question(start, workdays, LimitUnit.WORKDAYS)


def hours_from(start: datetime, hours: int) -> Question:
    """So many working hours from a moment on."""
    return Question(start, hours * HOUR, LimitUnit.MINUTES)


def answer(question: Question, calendar: Calendar) -> Answer:
    """Count the limit by a calendar."""
    start, amount, unit = question.start, question.amount, question.unit
    due = due_after(start, amount, unit, calendar)
    return Answer(due, arithmetic(start, due, amount, unit, calendar), _moment(due), _reservation(start, due, calendar))


def start_trouble(start: datetime) -> str:
    """Why nothing can be counted from a moment on; empty when it can."""
    if FIRST_YEAR <= start.year <= LAST_YEAR:
        return ""
    return f"起算时间须在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间。"


def amount_trouble(text: str, unit: LimitUnit) -> str:
    """Why a text is no number of working days or hours that can be counted; empty when it is."""
    name, most = ("工作日数", MOST_WORKDAYS) if unit is LimitUnit.WORKDAYS else ("工作小时数", MOST_HOURS)
    if text.isdecimal() and 1 <= int(text) <= most:
        return ""
    return f"{name}应为 1 至 {most} 的整数，现在是“{text}”。"


def _moment(due: Due) -> str:
    ends = due.at.astimezone(SHANGHAI)
    return f"{ends.year}年{ends.month}月{ends.day}日（周{_WEEKDAYS[ends.weekday()]}）{ends:%H:%M}"


def _reservation(start: datetime, due: Due, calendar: Calendar) -> str:
    years = range(day_of(start).year, day_of(due.at).year + 1)
    missing = "、".join(str(year) for year in years if year not in calendar.published_years)
    return f"{missing} 年的放假安排尚未公布，其间按周一至周五上班推算，结果为暂定。" if missing else ""
