"""What a viewer's unit must do about reports now: to-dos are not stored, they follow from how reports stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.progress.queries.lists import Narrowing, ReportLens, count_for
from zhitong.domain.progress.queries.one import count_of_corrections
from zhitong.domain.progress.queries.sheets import periods_owed
from zhitong.kit.choices import Word

COUNTED_TO = 999


class ReportDuty(Word):
    """What is to be done."""

    REPORT = "report", "报送目标任务进展"
    APPROVE = "approve", "审核本级报告"
    ACCEPT = "accept", "接受下级报告"
    DECIDE = "decide", "决定更正申请"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do with reports: how many, of which period, by when, and what follows when it is not done."""

    kind: ReportDuty
    count: int
    period: str = ""
    period_words: str = ""
    due_at: datetime | None = None
    consequence: str = ""


def duties_for(viewer: Viewer, *, now: datetime) -> list[Duty]:
    """What waits for the viewer's unit; who handles nothing has none."""
    if not viewer.may(Permission.HANDLE):
        return []
    owed = [
        Duty(ReportDuty.REPORT, one.unsent, one.period.code, one.period.words, one.due_at, _consequence(one.due_at, one.lock_at, now))
        for one in periods_owed(viewer) if one.unsent and now < one.lock_at
    ]
    waiting = [
        (ReportDuty.APPROVE, count_for(viewer, ReportLens.APPROVE, Narrowing(), most=COUNTED_TO), "不审核，上级看不到本级的数"),
        (ReportDuty.ACCEPT, count_for(viewer, ReportLens.ACCEPT, Narrowing(), most=COUNTED_TO), "未接受的数标为“待上级接受”"),
        (ReportDuty.DECIDE, count_of_corrections(viewer), "同意后当月重新亮灯，原数留痕"),
    ]
    return [*owed, *(Duty(kind, count, consequence=words) for kind, count, words in waiting if count)]


def _consequence(due_at: datetime, lock_at: datetime, now: datetime) -> str:
    words = "已过截止时间，计为迟报" if now > due_at else "逾期计为迟报"
    return f"{words}；{lock_at.month}月{lock_at.day}日零时锁定"
