"""How lengths of time and their findings are said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.timing.timing import StateTime, Timing
from zhitong.domain.analysis.rules.spans import Span
from zhitong.domain.analysis.rules.timing.activities import Activity
from zhitong.domain.analysis.rules.timing.figures import Length
from zhitong.domain.calendars.queries import calendar
from zhitong.domain.calendars.rules.worked import minutes_of_a_day
from zhitong.web.shell.words import NOTHING, figure_in_words, whole_moment

HOUR = 60
LEAST_TOLD = 5
"""A title names the slowest state only among those gone through so often."""


def spent_in_words(minutes: int | None) -> str:
    """35 分钟, 3.5 小时, 2.4 个工作日: office time, a working day being as long as offices are usually open."""
    if minutes is None:
        return NOTHING
    day = minutes_of_a_day(calendar())
    if minutes >= day:
        return _("%s 个工作日") % figure_in_words(_tenths(minutes, day))
    return _("%s 小时") % figure_in_words(_tenths(minutes, HOUR)) if minutes >= HOUR else _("%d 分钟") % minutes


def sum_in_words(minutes: int | None) -> str:
    """The sum behind it: 1,080 分钟办公时间 ÷ 每个工作日 450 分钟; empty where minutes say it already."""
    if minutes is None or minutes < HOUR:
        return ""
    return _("%(all)s 分钟办公时间，每个工作日 %(day)s 分钟") % {
        "all": figure_in_words(minutes), "day": minutes_of_a_day(calendar()),
    }


def percent(share: float | None) -> str:
    """A share in whole percent; never 100% while something is missing, never 0% while something is there."""
    if share is None:
        return NOTHING
    whole = round(share * 100)
    if whole == 100 and share < 1:
        return "99%"
    return "1%" if whole == 0 and share > 0 else f"{whole}%"


def change_in_words(now: int | None, last: int | None) -> str:
    """How a middle length changed: 比上期慢 1.2 小时, 比上期快 20 分钟, 与上期持平; empty where one is missing."""
    if now is None or last is None:
        return ""
    if now == last:
        return _("与上期持平")
    said = _("慢 %s") if now > last else _("快 %s")
    return said % spent_in_words(abs(now - last))


def finding_of(found: Timing) -> str:
    """The title of the page: how much of the time was waiting, and where one usually waits the longest."""
    place, period = found.seen.region.name, found.span.period.words
    if not found.minutes:
        return _("%(place)s%(period)s还没有走完的环节") % {"place": place, "period": period}
    waiting = percent(found.activities[Activity.WAITING].total / found.minutes)
    said = _("%(place)s%(period)s所花办公时间中，等待占 %(share)s") % {"place": place, "period": period, "share": waiting}
    slowest = _slowest(found.states)
    if slowest is None:
        return said
    return said + _("；最费时的是“%(state)s”，一般 %(time)s") % {
        "state": slowest.state.label, "time": spent_in_words(slowest.length.median),
    }


def _slowest(states: Sequence[StateTime]) -> StateTime | None:
    told = [one for one in states if one.length.times >= LEAST_TOLD and one.length.median]
    return max(told, key=lambda one: (one.length.median or 0, one.length.times), default=None)


def flow_finding(found: Timing) -> str:
    """The title of the flow: how many steps were gone, and how many of them back."""
    gone, back = sum(one.length.times for one in found.flows), sum(one.length.times for one in found.loops if one.act)
    if not back:
        return _("走了 %s 步，没有回头路") % figure_in_words(gone)
    return _("走了 %(gone)s 步，其中 %(back)s 步是回头路") % {"gone": figure_in_words(gone), "back": figure_in_words(back)}


def source_of(found: Timing) -> str:
    """Where the figures come from, as of when, what is held against what, and what is not in them."""
    parts = [
        _("来源：问题台账的环节记录；统计截止 %s。") % whole_moment(found.span.until),
        _("对照%s。") % against(found.span), _("时间只计承办单位日历里的办公时间；不含补录的和企业要求保密的问题。"),
    ]
    if found.seen.lines is not None:
        parts.append(_("只含本单位所管条线。"))
    if found.unmeasured:
        parts.append(_("有 %s 次刚刚结束，时间正在计算，未计入时长。") % figure_in_words(found.unmeasured))
    return "".join(parts)


def against(span: Span) -> str:
    """What a span is held against: 2018年8月, or as much of it as has passed of this one."""
    return span.before.words if span.is_over else _("%s同样长的时间") % span.before.words


def flow_words(since: str, to: str, length: Length) -> str:
    """A flow in a sentence: 待签收 → 办理中 120 次，一般 3.5 小时，超时限 12%."""
    said = _("%(since)s → %(to)s %(times)s 次，一般 %(median)s") % {
        "since": since, "to": to, "times": figure_in_words(length.times), "median": spent_in_words(length.median),
    }
    return said + _("，超时限 %s") % percent(length.late_share) if length.judged else said


def _tenths(minutes: int, unit: int) -> Decimal:
    return (Decimal(minutes) / unit).quantize(Decimal("0.1"), ROUND_HALF_UP)
