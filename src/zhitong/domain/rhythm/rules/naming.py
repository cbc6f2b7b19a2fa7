"""What a cycle is called, and on which day a habit means it to meet. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from zhitong.domain.calendars.rules import Calendar, Period, PeriodKind, period_before
from zhitong.domain.calendars.rules.periods import period_holding
from zhitong.domain.rhythm.rules.kinds import PERIOD_OF, CycleKind

_NAMES = {
    CycleKind.MONTHLY_MEETING: "推进会", CycleKind.MONTHLY_SUPERVISION: "督查会", CycleKind.QUARTERLY: "调度会",
    CycleKind.MID_YEAR: "会商会", CycleKind.ANNUAL: "度考核会",
}
LATEST_DAY = {PeriodKind.MONTH: 31, PeriodKind.QUARTER: 100, PeriodKind.HALF_YEAR: 200, PeriodKind.YEAR: 400}
"""The last day, counted from the first of its period, on which a cycle may be meant to meet: the next period's first weeks."""


def title_of(kind: CycleKind, period: Period, region: str) -> str:
    """The name of a cycle: 演示市2018年9月推进会, 演示市2018年三季度调度会, 演示市2018年度考核会."""
    return f"{region}{period.words}{_NAMES[kind]}"


def is_period_of(kind: CycleKind, period: Period) -> bool:
    """Whether a period is as long as this kind's is."""
    return PERIOD_OF[kind] is period.kind


def meeting_day(period: Period, day: int, calendar: Calendar) -> date:
    """The working day on or after the `day`th of a period."""
    found = period.first + timedelta(days=day - 1)
    while not calendar.works_on(found):
        found += timedelta(days=1)
    return found


def due_to_open(kind: CycleKind, day: int, ahead_days: int, today: date, calendar: Calendar) -> tuple[Period, date] | None:
    """The period whose preparation begins by now and the day it meets on; None while there is none.

    It begins `ahead_days` before the meeting and is not begun any more once its day is past.
    """
    ahead = period_holding(today + timedelta(days=ahead_days), PERIOD_OF[kind])
    for period in (period_before(ahead), ahead):
        meets_on = meeting_day(period, day, calendar)
        if meets_on - timedelta(days=ahead_days) <= today <= meets_on:
            return period, meets_on
    return None
