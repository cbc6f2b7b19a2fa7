"""A light worked out a second way, in exact fractions and without the rules that keep it: what verify holds it against.

Deliberately not shared with `plans.rules.lights` and `plans.rules.curves`: two ways that agree are worth something. Pure.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from zhitong.domain.calendars.rules import Calendar

MILLION = 1_000_000
_HELD = ("growth_rate", "rate", "standard", "frequency")


@dataclass(frozen=True, slots=True)
class Rule:
    """A campaign's thresholds."""

    green_from: Fraction
    amber_from: Fraction
    overdue: str
    mended: str
    stages: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a row comes to."""

    light: str
    actual: Fraction | None
    share: Fraction | None
    expected: Fraction | None
    expected_share: Fraction
    is_reached: bool = False
    is_mended: bool = False


@dataclass(slots=True)
class Days:
    """Working days counted along one list, year by year as they are asked for."""

    calendar: Calendar
    _worked: list[date] = field(default_factory=list)
    _years: set[int] = field(default_factory=set)
    _known: dict[Any, Fraction] = field(default_factory=dict)

    def between(self, after: date, until: date) -> int:
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

    def share_on(self, points: Sequence[tuple[date, Fraction]], day: date) -> Fraction:
        """Where a curve stands by the end of a day, to a millionth."""
        key = (tuple(points), day)
        if key not in self._known:
            self._known[key] = Fraction(round(self._exact(points, day) * MILLION), MILLION)
        return self._known[key]

    def _exact(self, points: Sequence[tuple[date, Fraction]], day: date) -> Fraction:
        at = bisect_right([point for point, _share in points], day)
        if at == 0 or (at == 1 and day == points[0][0]):
            return points[0][1]
        if at == len(points):
            return points[-1][1]
        (left, low), (right, high) = points[at - 1], points[at]
        whole, gone = self.between(left, right), self.between(left, day)
        part = Fraction(gone, whole) if whole else Fraction((day - left).days, (right - left).days)
        return low + (high - low) * part


def judged(row: Mapping[str, Any], days: Days, rule: Rule, *, now: datetime, was_red: bool) -> Seen | None:
    """The light that a row should have; None where it should have none."""
    is_due = bool(row["counts"]) or (row["due_at"] is not None and row["due_at"] <= now)
    if not row["is_opened"] or row["term_id"] is None or row["is_cancelled"] or not is_due:
        return None
    seen = recomputed_share(row, days, rule, floor=None)
    if seen.share is None:
        return seen
    light = _light(row, seen, rule)
    if was_red and light == "green":
        return replace(seen, light=rule.mended, is_mended=True)
    return replace(seen, light=light)


def recomputed_share(row: Mapping[str, Any], days: Days, rule: Rule, *, floor: Any) -> Seen:
    """How far a row is and how far it should be; `floor` is a gate's share beside the curve."""
    expected_share = max(_expected_share(row, days), _fraction(floor) or Fraction(0))
    goal = _goal(row)
    expected = _expected(row, goal, expected_share)
    if row["form"] == "milestone":
        share = Fraction(row["done"]) / Fraction(row["whole"]) if row["whole"] else None
        return Seen("none", None, share, None, expected_share, is_reached=share is not None and share >= 1)
    if row["form"] == "qualitative":
        share = rule.stages[row["stage"]] if row["stage"] else None
        return Seen("none", None, share, None, expected_share, is_reached=share is not None and share >= 1)
    actual = _fraction(row["value"])
    if actual is None or (row["form"] == "formula" and row["of_value"] is None):
        return Seen("none", None, None, expected, expected_share)
    return Seen("none", actual, _share(row, goal, actual), expected, expected_share, is_reached=_is_reached(row, goal, actual))


def result_of(seen: Seen) -> str:
    """What a gate finds of it."""
    if seen.share is None:
        return "missing"
    if seen.expected_share <= 0:
        return "not_asked"
    return "reached" if seen.is_reached or seen.share >= seen.expected_share else "short"


def _light(row: Mapping[str, Any], seen: Seen, rule: Rule) -> str:
    assert seen.share is not None, "asked only of what is known"
    is_over = row["day"] >= row["deadline"]
    if seen.is_reached:
        return "done" if is_over or _shape(row) != "level" else "green"
    if is_over:
        return rule.overdue
    if seen.expected_share <= 0 or seen.share / seen.expected_share >= rule.green_from:
        return "green"
    return "amber" if seen.share / seen.expected_share >= rule.amber_from else "red"


def _shape(row: Mapping[str, Any]) -> str:
    if row["shape"]:
        return str(row["shape"])
    if row["kind"] == "deadline":
        return "step"
    return "level" if row["kind"] in _HELD and row["aggregation"] != "sum" else "linear"


def _expected_share(row: Mapping[str, Any], days: Days) -> Fraction:
    if row["form"] == "milestone" and row["curve_id"] is None and row["whole"]:
        return Fraction(row["due"]) / Fraction(row["whole"])
    curve = days.share_on(_points(row), row["day"])
    return max(curve, _fraction(row["floor"]) or Fraction(0))


def _points(row: Mapping[str, Any]) -> list[tuple[date, Fraction]]:
    if row["curve_id"] is not None:
        kept = json.loads(row["points"]) if isinstance(row["points"], str) else row["points"]
        return [(date.fromisoformat(day), Fraction(share)) for day, share in kept]
    begin, end = row["begins_on"], row["deadline"]
    if begin >= end:
        return [(end, Fraction(1))]
    first = {"level": Fraction(1), "linear": Fraction(0), "step": Fraction(0)}[_shape(row)]
    eve = [(end - timedelta(days=1), Fraction(0))] if _shape(row) == "step" else []
    return [(begin, first), *eve, (end, Fraction(1))]


def _goal(row: Mapping[str, Any]) -> Fraction:
    if row["form"] == "formula" and row["of_value"] is not None:
        return Fraction(row["factor"]) * Fraction(row["of_value"])
    near = row["upper"] if row["comparator"] == "range" and row["direction"] == "down" else row["goal"]
    return Fraction(near)


def _is_reached(row: Mapping[str, Any], goal: Fraction, actual: Fraction) -> bool:
    signs = {">": actual > goal, "<": actual < goal, ">=": actual >= goal, "<=": actual <= goal}
    return signs.get(row["comparator"], actual <= goal if row["direction"] == "down" else actual >= goal)


def _share(row: Mapping[str, Any], goal: Fraction, actual: Fraction) -> Fraction:
    base = _fraction(row["base"])
    if base is not None and base != goal:
        return (actual - base) / (goal - base)
    if goal == 0:
        return Fraction(int(_is_reached(row, goal, actual)))
    is_inverse = (goal > 0) if row["direction"] == "down" else (goal < 0)
    if is_inverse:
        return goal / actual if actual * goal > 0 else Fraction(int(_is_reached(row, goal, actual)))
    return max(Fraction(0), actual / goal)


def _expected(row: Mapping[str, Any], goal: Fraction, share: Fraction) -> Fraction | None:
    if row["form"] in ("milestone", "qualitative"):
        return None
    base = _fraction(row["base"])
    if base is not None:
        return base + (goal - base) * share
    if (goal > 0) if row["direction"] == "down" else (goal < 0):
        return goal / share if share > 0 else None
    return goal * share


def _fraction(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)
