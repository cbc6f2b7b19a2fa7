"""Testing methods on what has come: each course is cut off at every point, carried forward, and held against the rest. Pure.

An error counts in *steps*: its size over how far ahead it lay, so that what was missed two months ahead tells of six.
Errors of all regions of an indicator are pooled; where they are too few, those of the whole plan stand in for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from zhitong.domain.analysis.rules.forecasting.courses import Course, Family, Point, When
from zhitong.domain.analysis.rules.forecasting.methods import Method, carried, methods_for
from zhitong.kit.choices import Word

ENOUGH = 24
"""So many errors are needed before a pool speaks for itself; our own setting (本系统设定)."""
REACH = 0.75
"""How errors grow with the distance: as its power; found on invented courses of other seeds than those it is checked on."""
FEW = 0.6
"""How much less certain a course of few points is: its step is longer by this over the number of its points."""
EVENLY = 60
"""So many errors every pool gives to the interval."""
WIDER = 1.1
"""How much larger errors still to come are than those seen; found like REACH."""
USUAL: Mapping[Family, tuple[float, ...]] = {
    Family.RISING: tuple(place / 20 * 0.6 for place in range(-10, 11)),
    Family.HELD: tuple(place / 20 * 0.12 for place in range(-10, 11)),
}
"""Errors in steps where nothing could be tested yet: wide and evenly spread; our own setting (本系统设定)."""


class Tried(Word):
    """What a forecast's method was tested on."""

    INDICATOR = "indicator", "本指标各地已报各期"
    PLAN = "plan", "同类指标各地已报各期"
    NOTHING = "nothing", "期数太少，按通常误差"


@dataclass(slots=True)
class Errors:
    """What one method missed, by trial: in steps, and plainly as parts of the goal."""

    steps: list[float]
    plain: list[float]


Pool = Mapping[Method, Errors]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one method did: how far its errors spread, some of them in steps evenly from the smallest, the mean as a part of the goal."""

    spread: float
    steps: Sequence[float]
    mean_error: float
    trials: int


Results = Mapping[Method, Standing]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The method taken: its errors in steps from the smallest up, its mean error as a part of the goal, and what it was tried on."""

    method: Method
    steps: tuple[float, ...]
    mean_error: float | None
    tried: Tried
    trials: int

    def quantile(self, share: float) -> float:
        """The error below which a share of them lies; from few errors rather the wider."""
        place = share * (len(self.steps) + 1) - 1
        low = max(0, min(len(self.steps) - 1, floor(place)))
        high = max(0, min(len(self.steps) - 1, ceil(place)))
        return self.steps[low] + (self.steps[high] - self.steps[low]) * (place - floor(place))

    def share_from(self, least: float) -> float:
        """The chance that an error is at least this large; never quite nought or one."""
        above = len(self.steps) - bisect_left(self.steps, least)
        return (above + 0.5) / (len(self.steps) + 1)


def step(family: Family, last: Point, points: int, ahead: When) -> float:
    """How long a step it is from the newest point to a day ahead, by the number of points that were known."""
    months = max(ahead.gone - last.when.gone, 0.1)
    if family is Family.HELD:
        return sqrt(months)
    due = max(ahead.due - last.when.due, 0.0)
    return float((0.5 * due + 0.5 * months / 12) ** REACH * (1 + FEW / points))


def errors_of(courses: Iterable[Course]) -> Pool:
    """What every method of a family missed over some courses: from each point of the later half on, for all that came after."""
    pool: dict[Method, Errors] = {}
    for course in courses:
        for number in range(max(1, len(course.points) // 2), len(course.points)):
            _try(course, number, pool)
    return pool


def _try(course: Course, number: int, pool: dict[Method, Errors]) -> None:
    known = course.until(number)
    for method in methods_for(course.family):
        errors = pool.setdefault(method, Errors([], []))
        for after in course.points[number:]:
            missed = after.value - carried(method, known, after.when)
            errors.steps.append(missed / step(course.family, known.last, number, after.when))
            errors.plain.append(abs(missed))


def joined(pools: Iterable[Pool]) -> Pool:
    """Several pools as one."""
    whole: dict[Method, Errors] = {}
    for pool in pools:
        for method, errors in pool.items():
            own = whole.setdefault(method, Errors([], []))
            own.steps += errors.steps
            own.plain += errors.plain
    return whole


def results_of(pool: Pool) -> Results | None:
    """What a pool says of each method, worked out once; None where its trials are too few to say anything."""
    if not pool or len(next(iter(pool.values())).steps) < ENOUGH:
        return None
    return {
        method: Standing(_spread(errors.steps), _evenly(errors.steps), sum(errors.plain) / len(errors.plain), len(errors.steps))
        for method, errors in pool.items()
    }


def choose(family: Family, own: Results | None, others: Results | None) -> Chosen:
    """The method that missed least, on an indicator's own courses and on those of the whole plan together.

    Its errors on both make the interval, each with equal weight: an indicator's regions share their weather, and what
    may still befall them all shows only on other indicators. Methods are compared by how far their errors spread about
    their own middle: what a method misses everywhere by the same is made good in the forecast.
    """
    found = [one for one in (own, others) if one is not None]
    if not found:
        return Chosen(methods_for(family)[0], USUAL[family], None, Tried.NOTHING, 0)
    method = min(methods_for(family), key=lambda one: sum(each[one].spread for each in found))
    steps = sorted(one for each in found for one in each[method].steps)
    middle, first = steps[len(steps) // 2], found[0][method]
    return Chosen(
        method, tuple(middle + WIDER * (one - middle) for one in steps), first.mean_error,
        Tried.INDICATOR if own is not None else Tried.PLAN, first.trials,
    )


def _evenly(steps: Sequence[float]) -> list[float]:
    """So many of the errors as every pool gives, evenly from the smallest to the largest."""
    ordered = sorted(steps)
    return [ordered[int((place + 0.5) / EVENLY * len(ordered))] for place in range(EVENLY)]


def _spread(steps: Sequence[float]) -> float:
    """How far errors lie from their own middle, on the mean."""
    middle = sorted(steps)[len(steps) // 2]
    return sum(abs(one - middle) for one in steps) / len(steps)
