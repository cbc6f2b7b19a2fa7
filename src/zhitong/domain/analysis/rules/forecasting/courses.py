"""A target's course as forecasts see it: points in time with what was due and what was told, all as parts of the goal. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.plans.rules.curves import Points
from zhitong.kit.choices import Word

DAYS_A_MONTH = 365.25 / 12
SLIP = 0.02
"""A figure is taken for a slip of the pen from this part of the goal on; our own setting (本系统设定)."""


class Family(Word):
    """How the figures of a target come about."""

    RISING = "rising", "逐步累计"
    HELD = "held", "始终保持"


@dataclass(frozen=True, slots=True)
class When:
    """A day of a course: months since counting began, and the part of the way (0 to 1) that the curve asks for by then."""

    day: date
    gone: float
    due: float


@dataclass(frozen=True, slots=True)
class Point:
    """What was told by a day: `value` counts in goals, so that regions of any size stand beside each other."""

    when: When
    value: float


@dataclass(frozen=True, slots=True)
class Course:
    """The points told so far, the oldest first; `goal` is 1 (or -1 where the goal lies below nought).

    `is_falling` where less is better.
    """

    points: tuple[Point, ...]
    family: Family
    goal: float = 1.0
    is_falling: bool = False

    @property
    def last(self) -> Point:
        """The newest point."""
        return self.points[-1]

    @property
    def never_fell(self) -> bool:
        """Whether no point lies below the one before."""
        return all(after.value >= before.value for before, after in pairwise(self.points))

    def until(self, number: int) -> Course:
        """The course as it was known with so many points."""
        return Course(self.points[:number], self.family, self.goal, self.is_falling)


@dataclass(frozen=True, slots=True)
class Scale:
    """From figures to parts of the goal and back: value = origin + part × size."""

    origin: Decimal
    size: Decimal

    def part(self, value: Decimal) -> float:
        """A figure as a part of the goal."""
        return float((value - self.origin) / self.size)

    def figure(self, part: float) -> Decimal:
        """A part of the goal as a figure, to six places."""
        return (self.origin + Decimal(repr(part)) * self.size).quantize(Decimal("0.000001"))


def scale_of(goal: Decimal, base: Decimal | None) -> Scale:
    """Parts are counted from the base, where there is one, to the goal; a goal at its base counts in plain units."""
    origin = base if base is not None else Decimal(0)
    return Scale(origin, abs(goal - origin) or Decimal(1))


def rates(points: Sequence[Point]) -> list[float]:
    """The increase per month between each two points that follow each other."""
    return [
        (after.value - before.value) / max(after.when.gone - before.when.gone, 1 / DAYS_A_MONTH)
        for before, after in pairwise(points)
    ]


def best_rate(points: Sequence[Point]) -> float | None:
    """The best month so far: the largest increase per month, from the beginning of counting on; None without a point."""
    if not points:
        return None
    first = points[0]
    from_beginning = first.value / first.when.gone if first.when.gone > 0 else 0.0
    return max([from_beginning, *rates(points)])


def without_outlier(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points but for the one that stands farthest outside its two neighbours, where that is far: a slip of the pen.

    The first and the newest point always stay.
    """
    outside = [_outside(a, b, c) for a, b, c in zip(points, points[1:], points[2:], strict=False)]
    worst = max(range(len(outside)), key=lambda place: outside[place], default=None)
    if worst is None or outside[worst] <= SLIP:
        return tuple(points)
    return (*points[: worst + 1], *points[worst + 2 :])


def _outside(before: Point, here: Point, after: Point) -> float:
    """How far a point stands outside its neighbours, beyond half of what lies between them."""
    low, high = sorted((before.value, after.value))
    return max(low - here.value, here.value - high) - (high - low) / 2


@dataclass(slots=True)
class Roads:
    """Curves read at many days quickly: working days are counted along one list, each reading is remembered."""

    calendar: Calendar
    _worked: list[date] = field(default_factory=list)
    _years: set[int] = field(default_factory=set)
    _read: dict[tuple[int, date], float] = field(default_factory=dict)
    _kept: dict[int, Points] = field(default_factory=dict)

    def when(self, points: Points, day: date, begin: date) -> When:
        """A day of a course that began on a day."""
        return When(day, (day - begin).days / DAYS_A_MONTH, self.due(points, day))

    def due(self, points: Points, day: date) -> float:
        """The part of the way due by the end of a day; the same as `plans.rules.curves.share_on`, only quicker."""
        key = (id(points), day)
        if key not in self._read:
            self._kept[id(points)] = points
            self._read[key] = self._due(points, day)
        return self._read[key]

    def _due(self, points: Points, day: date) -> float:
        at = bisect_right([one for one, _share in points], day)
        if at == 0:
            return float(points[0][1])
        if at == len(points):
            return float(points[-1][1])
        (left, low), (right, high) = points[at - 1], points[at]
        whole, gone = self._between(left, right), self._between(left, day)
        part = gone / whole if whole else (day - left).days / (right - left).days
        return round(float(low) + float(high - low) * part, 6)

    def _between(self, after: date, until: date) -> int:
        """Working days after one day up to and with another."""
        for year in range(after.year, until.year + 1):
            self._learn(year)
        return bisect_right(self._worked, until) - bisect_right(self._worked, after)

    def _learn(self, year: int) -> None:
        if year in self._years:
            return
        first = date(year, 1, 1)
        every = (first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days))
        self._worked = sorted([*self._worked, *(day for day in every if self.calendar.works_on(day))])
        self._years.add(year)
