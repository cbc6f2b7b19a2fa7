"""Days that cannot be: before the paper was issued, or not in any calendar."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Finding, Span

DAY = re.compile(r"(?<![\d.])(?:(\d{4})年)?(\d{1,2})月(?!龄)(?:(\d{1,2})日)?(?!\d)")
LEAP_YEAR = 2020
LOOKS_BACK = re.compile("召开的|日至|已经?|截至|以来|上年|去年|印发|下发|发布|施行|通过|来源|日期")


def dates(ground: Ground) -> Iterator[Finding]:
    """Deadlines before the day of issue, then days no calendar has."""
    yield from _before_issue(ground)
    for found in DAY.finditer(ground.text):
        if not _is_a_day(found):
            span = found.span()
            yield Finding("impossible_date", "high", f"{ground.said(*span)}，没有这样的日期，请核对。", (span,))


def _before_issue(ground: Ground) -> Iterator[Finding]:
    issued = ground.plan.document.date_issued
    if not issued:
        return
    told: list[Span] = []
    for start, end, due in sorted(_due_days(ground)):
        if (
            due >= issued
            or any(old[0] < end and start < old[1] for old in told)
            or _is_told_of_the_past(ground, start, end)
        ):
            continue
        told.append((start, end))
        message = f"{ground.said(start, end)}，期限{_spoken(due)}早于成文日期{_spoken(issued)}，请核定期限。"
        yield Finding("deadline_before_issue", "high", message, ((start, end),))


def _due_days(ground: Ground) -> Iterator[tuple[int, int, str]]:
    """Start, end and last day of everything that has one; a month counts to its last day."""
    for one in ground.plan.indicators:
        if one.deadline and len(one.deadline) == len("2018-01-01"):
            yield one.start, one.end, one.deadline
    for moment in ground.plan.timeline:
        if moment.when:
            yield moment.start, moment.start + len(moment.text), _last_day(moment.when)


def _last_day(when: str) -> str:
    parts = [int(part) for part in when.split("-")]
    if len(parts) == 1:
        return f"{parts[0]:04}-12-31"
    if len(parts) == 2:
        return f"{parts[0]:04}-{parts[1]:02}-{calendar.monthrange(*parts)[1]:02}"
    return when


def _is_told_of_the_past(ground: Ground, start: int, end: int) -> bool:
    """截至3月底已完成: a fact, not a deadline."""
    before = max(ground.text.rfind(stop, 0, start) for stop in "，,。；;\n") + 1
    return bool(LOOKS_BACK.search(ground.text[before:end]))


def _is_a_day(found: re.Match[str]) -> bool:
    year, month, day = int(found[1] or LEAP_YEAR), int(found[2]), int(found[3] or 1)
    return 1 <= month <= 12 and year >= 1 and 1 <= day <= calendar.monthrange(year, month)[1]


def _spoken(day: str) -> str:
    read = date.fromisoformat(day)
    return f"{read.year}年{read.month}月{read.day}日"
