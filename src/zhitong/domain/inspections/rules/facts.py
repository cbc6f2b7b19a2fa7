"""The kinds of facts that inspections leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class InspectionFact(Word):
    """kind = stored word; label = what the timeline says."""

    DRAFTED = "inspection.drafted", "起草督查方案"
    SUBMITTED = "inspection.submitted", "报批督查方案"
    APPROVED = "inspection.approved", "批准督查方案"
    REFUSED = "inspection.refused", "未批准督查方案"
    DRAWN = "inspection.drawn", "抽取样本"
    ENDED = "inspection.ended", "结束督查"
    FOUND = "finding.found", "发现问题，要求整改"
    ANSWERED = "finding.answered", "报告整改情况"
    RETURNED = "finding.returned", "退回整改"
    CLOSED = "finding.closed", "核查后销号"
    SAID = "readiness.said", "自查五到位"
    SEEN = "readiness.seen", "督查五到位"
