"""The cut-off time of a paper (统计截止时间): which may be asked for, and how it is said. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.refusals import BadInput


class CutOff(Word):
    """The cut-off times an office asks for most."""

    NOW = "now", "现在"
    DAY = "day", "昨日24时"
    WEEK = "week", "上周末"
    MONTH = "month", "上月末"
    OWN = "own", "自选时间"


def cut_off_of(chosen: CutOff, now: datetime, own: datetime | None = None) -> datetime:
    """The moment that a choice means: of a period that is over its last second, of the present the second that has begun."""
    if chosen is CutOff.OWN and own is not None:
        return own
    if chosen in (CutOff.NOW, CutOff.OWN):
        return now.replace(microsecond=0)
    today = day_of(now)
    first = {
        CutOff.DAY: today, CutOff.WEEK: today - timedelta(days=today.weekday()), CutOff.MONTH: today.replace(day=1),
    }[chosen]
    return datetime.combine(first, time(), SHANGHAI) - timedelta(seconds=1)


def judge_cut_off(at: datetime, now: datetime, year: int | None) -> None:
    """Hold a cut-off to what can be told; `year` is that of the campaign in force.

    Raises BadInput: it is still to come, or lies before the campaign.
    """
    trouble = ""
    if at > now:
        trouble = "统计截止时间不能晚于现在，请重新选择。"
    elif year is not None and at < datetime.combine(date(year, 1, 1), time(), SHANGHAI):
        trouble = f"活动从{year}年1月1日开始，统计截止时间不能早于这一天，请重新选择。"
    if trouble:
        raise BadInput(trouble, {"at": trouble})
