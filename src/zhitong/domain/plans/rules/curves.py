"""The curve of expected progress: which days ask for which part of the way, by shape or month by month. Pure.

A curve is a row of points (day, share), the share from 0 to 1; between two points progress is expected to come evenly in
working days. Source: 冀发〔2018〕7号 一（四） (序时进度; 10月份力争各专项活动任务完成80%左右).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, pairwise

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.plans.rules.plan import Aggregation, IndicatorKind
from zhitong.domain.plans.rules.targets import CurveShape
from zhitong.kit.figures import whole_day

Point = tuple[date, Decimal]
Points = tuple[Point, ...]
NOTHING, ALL = Decimal(0), Decimal(1)
FINE = Decimal("0.000001")
"""Shares are kept to a millionth."""

_HELD = frozenset({IndicatorKind.GROWTH_RATE, IndicatorKind.RATE, IndicatorKind.STANDARD, IndicatorKind.FREQUENCY})


def default_shape(kind: IndicatorKind, aggregation: Aggregation) -> CurveShape:
    """The shape that holds where no curve was accepted: what adds up comes evenly, rates and standards hold all year,
    a deadline is met on its day."""
    if kind is IndicatorKind.DEADLINE:
        return CurveShape.STEP
    is_held = kind in _HELD and aggregation is not Aggregation.SUM
    return CurveShape.LEVEL if is_held else CurveShape.LINEAR


def points_for(
    shape: CurveShape, begin: date, deadline: date, calendar: Calendar, given: Sequence[Decimal] = (),
) -> Points:
    """The points of a shape from the day counting begins to the deadline; the last one is (deadline, 1).

    `given` has one number per month touched: what is to be reached by its end (MONTHLY, rising to 1), or the part of the
    way that falls into it (SEASONAL, adding up to 1). Check it with `given_trouble` first.
    Raises ValueError: `given` does not fit the months.
    """
    if begin >= deadline:
        return ((deadline, ALL),)
    match shape:
        case CurveShape.LEVEL:
            return (begin, ALL), (deadline, ALL)
        case CurveShape.STEP:
            eve = deadline - timedelta(days=1)
            return (*dict.fromkeys([(begin, NOTHING), (eve, NOTHING)]), (deadline, ALL))
        case CurveShape.S_CURVE:
            return tuple(_s_curve(begin, deadline, calendar))
        case CurveShape.MONTHLY:
            return _by_months(begin, deadline, given)
        case CurveShape.SEASONAL:
            return _by_months(begin, deadline, list(accumulate(given)))
    return (begin, NOTHING), (deadline, ALL)


def share_on(points: Points, day: date, calendar: Calendar) -> Decimal:
    """The part of the way that is due by the end of a day: evenly in working days between two points.

    Before the first point its share holds, after the last one that of the last. It counts days, up to a year of them:
    whoever asks for many targets asks once per distinct `points` (`queries.targets.shares_on` does).
    """
    if day <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if day < right:
            return (low + (high - low) * _part(left, day, right, calendar)).quantize(FINE)
    return points[-1][1]


def floored(share: Decimal, day: date, gates: Iterable[Point]) -> Decimal:
    """A share with the campaign's gates beneath it: from a gate's day on no curve asks for less than the gate."""
    return max([share, *(least for on, least in gates if on <= day)])


def month_ends(begin: date, deadline: date) -> list[date]:
    """The last day of every month from begin to deadline, the deadline itself for the last."""
    ends = []
    day = begin
    while day <= deadline:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        ends.append(min(following - timedelta(days=1), deadline))
        day = following
    return ends


def earliest_day(begin: date, today: date) -> date:
    """The first day a curve agreed today can speak for: the beginning while the first month runs, else next month's."""
    month = (max(begin, today).replace(day=1) + timedelta(days=32)).replace(day=1)
    return begin if today <= begin or (today.year, today.month) == (begin.year, begin.month) else month


def given_trouble(shape: CurveShape, given: Sequence[Decimal], months: int) -> str:
    """Why the numbers of a monthly or seasonal plan make no curve; empty when they do."""
    if shape not in (CurveShape.MONTHLY, CurveShape.SEASONAL):
        return ""
    if len(given) != months:
        return f"要逐月填写{months}个数，现在是{len(given)}个。"
    if any(number < 0 for number in given):
        return "每个月的数都不能是负数。"
    if shape is CurveShape.SEASONAL:
        total = sum(given, NOTHING)
        return "" if total == ALL else f"各月所占比重相加应为100%，现在是{in_percent(total)}。"
    if any(after < before for before, after in pairwise(given)):
        return "各月累计进度只能持平或增加，不能比上个月低。"
    return "" if given[-1] == ALL else f"最后一个月的累计进度应为100%，现在是{in_percent(given[-1])}。"


def points_trouble(points: Points) -> str:
    """Why points make no curve: they come by day, never fall, and end at the whole; empty when they do."""
    if not points:
        return "进度曲线至少要有一个点。"
    for (before, low), (after, high) in pairwise(points):
        if after <= before:
            return "进度曲线的各点要按日期先后排列。"
        if high < low:
            return f"进度曲线不能下降：{whole_day(after)}比{whole_day(before)}低。"
    if points[0][1] < NOTHING or points[-1][1] != ALL:
        return "进度曲线要从0到100%，最后一点应为100%。"
    return ""


def stretched(points: Points, since: date, deadline: date, calendar: Calendar) -> Points:
    """The points with what lies after `since` spread anew up to another deadline; what was due by then stays due."""
    done = [point for point in points if point[0] < since]
    left, right = since, points[-1][0]
    if deadline <= since or right <= since:
        return (*done, (max(deadline, since), ALL))
    here = (since, share_on(points, since, calendar))
    days, wanted = (right - left).days, (deadline - left).days
    later = [(left + timedelta(days=(day - left).days * wanted // days), share) for day, share in points if day > since]
    return (*done, *sorted(dict([here, *later]).items()))


def written(points: Points) -> list[list[str]]:
    """The points as they are kept: [[day, share], …] in words of JSON."""
    return [[day.isoformat(), str(share)] for day, share in points]


def read(kept: Iterable[Sequence[str]]) -> Points:
    """The points from how they are kept."""
    return tuple((date.fromisoformat(day), Decimal(share)) for day, share in kept)


def in_percent(share: Decimal) -> str:
    """62.5%."""
    number = (share * 100).quantize(Decimal("0.01")).normalize()
    return f"{format(number, 'f')}%"


def _s_curve(begin: date, deadline: date, calendar: Calendar) -> Iterator[Point]:
    """Slow, fast, slow: at each month's end 3t² − 2t³ of the way, t being the part of the working days gone."""
    yield begin, NOTHING
    for day in month_ends(begin, deadline)[:-1]:
        if day > begin:
            gone = _part(begin, day, deadline, calendar)
            yield day, (3 * gone**2 - 2 * gone**3).quantize(FINE)
    yield deadline, ALL


def _by_months(begin: date, deadline: date, reached: Sequence[Decimal]) -> Points:
    ends = month_ends(begin, deadline)
    later = [(day, share) for day, share in zip(ends, reached, strict=True) if day > begin]
    return ((begin, NOTHING), *later)


def _part(left: date, day: date, right: date, calendar: Calendar) -> Decimal:
    """How much of the working days after `left` up to `right` have gone by the end of `day`; calendar days if none."""
    whole = _worked(left, right, calendar)
    if not whole:
        return Decimal((day - left).days) / Decimal((right - left).days)
    return Decimal(_worked(left, day, calendar)) / Decimal(whole)


def _worked(after: date, up_to: date, calendar: Calendar) -> int:
    return sum(calendar.works_on(after + timedelta(days=step)) for step in range(1, (up_to - after).days + 1))
