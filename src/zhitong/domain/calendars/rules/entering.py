"""What may be entered into a calendar, and why not. A running limit keeps its due time: only days ahead change. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from zhitong.domain.calendars.rules.days import Sessions

YEARS_AHEAD = 1
"""How far ahead anybody can know: to the end of next year."""
LONGEST_NAME, LONGEST_SOURCE = 60, 200
_WEEKDAYS = "一二三四五六日"


def day_trouble(day: date, today: date) -> str:
    """Why a day cannot be entered today; empty when it can."""
    if day <= today:
        return "只能录入明天及以后的日期：已经过去和正在进行的一天不再改动。"
    if day.year > today.year + YEARS_AHEAD:
        return f"最远录到 {today.year + YEARS_AHEAD} 年年底。"
    return ""


def hours_trouble(sessions: Sessions) -> str:
    """Why these are no office hours; empty when they are. No sessions at all mean those of the level above."""
    moments = [moment for session in sessions for moment in session]
    if all(before < after for before, after in pairwise(moments)):
        return ""
    return "时间须依次从早到晚：上午上班、上午下班、下午上班、下午下班。"


def year_troubles(
    year: int, special: Mapping[date, bool], kept: Mapping[date, bool], today: date, *, is_published: bool,
) -> dict[str, str]:
    """Why a year cannot be entered so: field → sentence. `kept` are the special days now, of the days in question.

    A year that is not published yet is entered whole; of one that is, only days ahead may change.
    """
    if not today.year <= year <= today.year + YEARS_AHEAD:
        return {"year": f"只能录入 {today.year} 年和 {today.year + YEARS_AHEAD} 年。"}
    if not any(not works for day, works in special.items() if day.year == year):
        return {"notice": "没有读到放假的日期。请照抄通知，例如：春节：2月4日至10日放假调休。2月2日、2月3日上班。"}
    for day, works in sorted(special.items()):
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            return {"notice": f"{in_words(day)}不在 {year} 年的安排之内（上年12月的除外），请核对年份。"}
        if works == (day.weekday() < 5):
            return {"notice": f"{in_words(day)}是星期{_WEEKDAYS[day.weekday()]}，本来就{'上班' if works else '休息'}，请核对日期。"}
    settled = [
        day for day in sorted(special.keys() | kept.keys())
        if special.get(day) != kept.get(day) and day <= today and (is_published or day.year != year)
    ]
    if settled:
        return {"notice": f"{in_words(settled[0])}已经过去，不能再改；只能调整明天及以后的日期。"}
    return {}


def in_words(day: date) -> str:
    """2018年4月27日."""
    return f"{day.year}年{day.month}月{day.day}日"
