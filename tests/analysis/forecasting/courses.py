"""Courses to carry forward: a target told month by month, as parts of its goal."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from zhitong.domain.analysis.rules.forecasting.courses import DAYS_A_MONTH, Course, Family, Point, When

BEGIN = date(2018, 1, 1)


def end_of(month: int) -> date:
    """The last day of a month of 2018."""
    return date(2018, month, monthrange(2018, month)[1])


def when(month: int, due: float | None = None) -> When:
    """The end of a month; due evenly unless said otherwise."""
    return When(end_of(month), (end_of(month) - BEGIN).days / DAYS_A_MONTH, month / 12 if due is None else due)


def course(values: Sequence[float], *, first: int = 1, family: Family = Family.RISING, falling: bool = False) -> Course:
    """A course told from a month on."""
    points = tuple(Point(when(month), value) for month, value in enumerate(values, first))
    return Course(points, family, is_falling=falling)


def steadily(pace: float, months: int) -> Course:
    """A course that goes evenly, so many twelfths of the goal a month."""
    return course([pace * month / 12 for month in range(1, months + 1)])
