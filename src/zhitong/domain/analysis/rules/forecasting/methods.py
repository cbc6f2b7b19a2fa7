"""How a course is carried forward: a few plain methods, each with the sentence that explains it to an official. Pure.

None is clever. Which one holds for an indicator is found by testing (`testing`), not by belief.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median

from zhitong.domain.analysis.rules.forecasting.courses import Course, Family, When, rates, without_outlier
from zhitong.kit.choices import Word

RECENT = 3
"""So many months are recent."""
LEVEL, SLOPE, DAMPING = 0.5, 0.3, 0.85
"""How quickly the damped trend learns and how quickly it tires, per month."""


class Method(Word):
    """How a course is carried forward."""

    MEAN_PACE = "mean_pace", "全程平均进度"
    RECENT_PACE = "recent_pace", "近期进度"
    IN_PROPORTION = "in_proportion", "按序时比例"
    SAME_GAP = "same_gap", "差距不变"
    DAMPED_TREND = "damped_trend", "阻尼趋势"
    LAST = "last", "保持最近值"
    RECENT_MEDIAN = "recent_median", "近三期中位数"
    HELD_TREND = "held_trend", "阻尼变动"
    TIMETABLE = "timetable", "按时间表推算"


SENTENCES: Mapping[Method, str] = {
    Method.MEAN_PACE: "从开始计数到现在平均每月完成多少，以后每月照样完成多少。",
    Method.RECENT_PACE: "取最近三个月每月完成量的中间值，以后每月照此完成；个别月份的停工或补报不影响它。",
    Method.IN_PROPORTION: "现在完成了应达进度的百分之几，以后也完成应达进度的百分之几；有旺季淡季的按曲线走。",
    Method.SAME_GAP: "以后按进度曲线完成，现在的差距既不扩大也不缩小。",
    Method.DAMPED_TREND: "按每月完成量的快慢变化往后推，变化逐月减弱。",
    Method.LAST: "以后保持最近一期的水平。",
    Method.RECENT_MEDIAN: "以后保持最近三期的中间水平；个别一期的偏高偏低不影响它。",
    Method.HELD_TREND: "按最近各期的升降往后推，升降逐月减弱。",
    Method.TIMETABLE: "按时间表里各节点最早可能完成的日子推算，再加上已完成节点通常晚多少天。",
}

Way = Callable[[Course, When], float]


def carried(method: Method, course: Course, ahead: When) -> float:
    """Where a method sees a course on a day ahead, as a part of the goal."""
    return _WAYS[method](course, ahead)


def methods_for(family: Family) -> tuple[Method, ...]:
    """The methods that are tried, the plainest first: it wins where two do equally well."""
    return _RISING if family is Family.RISING else _HELD


def _mean_pace(course: Course, ahead: When) -> float:
    last = course.last
    return last.value + last.value / max(last.when.gone, 0.5) * (ahead.gone - last.when.gone)


def _recent_pace(course: Course, ahead: When) -> float:
    known = rates(without_outlier(course.points))[-RECENT:]
    if not known:
        return _mean_pace(course, ahead)
    return course.last.value + median(known) * (ahead.gone - course.last.when.gone)


def _in_proportion(course: Course, ahead: When) -> float:
    last = course.last
    if last.when.due < 0.02:
        return _same_gap(course, ahead)
    return last.value * ahead.due / last.when.due


def _same_gap(course: Course, ahead: When) -> float:
    return course.last.value + course.goal * (ahead.due - course.last.when.due)


def _damped_trend(course: Course, ahead: When) -> float:
    """Holt's damped trend over the increase of each month."""
    known = rates(without_outlier(course.points))
    if len(known) < 2:
        return _recent_pace(course, ahead)
    level, slope = _learned(known)
    value, left = course.last.value, ahead.gone - course.last.when.gone
    power = bend = DAMPING
    while left > 0:
        value += max(level + slope * bend, 0.0) * min(left, 1.0)
        power *= DAMPING
        bend, left = bend + power, left - 1.0
    return value


def _last(course: Course, ahead: When) -> float:
    return course.last.value


def _recent_median(course: Course, ahead: When) -> float:
    return median(point.value for point in course.points[-RECENT:])


def _held_trend(course: Course, ahead: When) -> float:
    """Holt's damped trend over the values themselves."""
    if len(course.points) < RECENT:
        return _last(course, ahead)
    level, slope = _learned([point.value for point in without_outlier(course.points)])
    left = ahead.gone - course.last.when.gone
    faded: float = (1 - DAMPING**left) / (1 - DAMPING)
    return level + slope * DAMPING * faded


def _learned(values: list[float]) -> tuple[float, float]:
    level, slope = values[0], values[1] - values[0]
    for value in values[1:]:
        before = level
        level = LEVEL * value + (1 - LEVEL) * (level + DAMPING * slope)
        slope = SLOPE * (level - before) + (1 - SLOPE) * DAMPING * slope
    return level, slope


_RISING = (Method.IN_PROPORTION, Method.MEAN_PACE, Method.RECENT_PACE, Method.SAME_GAP, Method.DAMPED_TREND)
_HELD = (Method.LAST, Method.RECENT_MEDIAN, Method.HELD_TREND)
_WAYS: Mapping[Method, Way] = {
    Method.MEAN_PACE: _mean_pace, Method.RECENT_PACE: _recent_pace, Method.IN_PROPORTION: _in_proportion,
    Method.SAME_GAP: _same_gap, Method.DAMPED_TREND: _damped_trend, Method.LAST: _last,
    Method.RECENT_MEDIAN: _recent_median, Method.HELD_TREND: _held_trend,
}
