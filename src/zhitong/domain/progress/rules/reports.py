"""The states of a report, the origins and quality of a figure, and what a gate has found."""

from __future__ import annotations

from zhitong.kit.choices import Word


class ReportState(Word):
    """Where a report stands on its way up."""

    OWED = "owed", "待报"
    WAITING_BELOW = "waiting_below", "等待下级报送"
    SUBMITTED = "submitted", "待本级审核"
    RETURNED = "returned", "退回修改"
    APPROVED = "approved", "待上级接受"
    ACCEPTED = "accepted", "上级已接受"


class FigureOrigin(Word):
    """How a figure came in."""

    ENTERED = "entered", "填报"
    IMPORTED = "imported", "表格导入"
    FETCHED = "fetched", "源系统"
    SUMMED = "summed", "下级汇总"


class Quality(Word):
    """What is said of a figure by who gives it."""

    FINAL = "final", "核定数"
    PROVISIONAL = "provisional", "快报数"
    ESTIMATED = "estimated", "预计数"


class GateResult(Word):
    """What a gate has found for a target in a region."""

    REACHED = "reached", "达到"
    SHORT = "short", "未达到"
    MISSING = "missing", "无数据"
    NOT_ASKED = "not_asked", "不适用"
