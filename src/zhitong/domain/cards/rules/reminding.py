"""When who is reminded of a missing card: firm, person in charge, caring unit, office, each after its own grace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from zhitong.domain.cards.rules.rounds import ReminderLevel

USUAL_GRACE: Mapping[str, int] = {"firm": 0, "person": 1, "unit": 2, "office": 3}
"""Working days after the due day where the campaign's package says nothing."""
LONGEST_GRACE = 20


def remind_day(due_on: date, workdays: int, works_on: Callable[[date], bool]) -> date:
    """The Nth working day after the due day; the due day itself for none."""
    day, left = due_on, workdays
    while left:
        day += timedelta(days=1)
        left -= works_on(day)
    return day


def levels_due(due_on: date, grace: Mapping[str, int], today: date, works_on: Callable[[date], bool]) -> list[ReminderLevel]:
    """Who should have been reminded by today, the firm first."""
    return [
        level for level in ReminderLevel if remind_day(due_on, _grace(grace, level), works_on) <= today
    ]


def next_day(due_on: date, grace: Mapping[str, int], today: date, works_on: Callable[[date], bool]) -> date | None:
    """The next day after today on which somebody is to be reminded; None when all have been."""
    days = (remind_day(due_on, _grace(grace, level), works_on) for level in ReminderLevel)
    return min((day for day in days if day > today), default=None)


def grace_trouble(grace: Mapping[str, int]) -> str:
    """What is wrong with the working days given to each level; empty when nothing is."""
    days = [_grace(grace, level) for level in ReminderLevel]
    if any(day < 0 or day > LONGEST_GRACE for day in days):
        return f"提醒的宽限须在0到{LONGEST_GRACE}个工作日之间。"
    return "" if days == sorted(days) else "提醒须由下而上：上一级的宽限不能短于下一级。"


def _grace(grace: Mapping[str, int], level: ReminderLevel) -> int:
    return grace.get(str(level), USUAL_GRACE[str(level)])
