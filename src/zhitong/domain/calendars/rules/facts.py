"""The kinds of facts that calendars leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class CalendarFact(Word):
    """What is recorded of calendars; the thing is the unit or region whose calendar it is, or the year."""

    HOURS_SET = "calendar.hours_set", "调整办公时间"
    DAY_ENTERED = "calendar.day_entered", "录入特殊日期"
    YEAR_ENTERED = "calendar.year_entered", "录入全年放假安排"
