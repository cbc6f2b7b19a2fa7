"""The states of a report and how it counts, its facts, the origins and quality of a figure, and what a gate has found."""

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


UNSENT = frozenset({ReportState.OWED, ReportState.WAITING_BELOW, ReportState.RETURNED})
"""The unit can still write in it."""
COUNTS = frozenset({ReportState.APPROVED, ReportState.ACCEPTED})
"""What a joiner's report says counts."""


class Mark(Word):
    """How a report counts in the meter."""

    MISSING = "missing", "未报"
    WAITING = "waiting", "等待下级"
    RETURNED = "returned", "退回未重报"
    ON_TIME = "on_time", "按时报送"
    LATE = "late", "迟报"


class ReportFact(Word):
    """What is recorded of reports, corrections and sources."""

    OPENED = "report.opened", "开放报送"
    IMPORTED = "report.imported", "表格导入"
    SUBMITTED = "report.submitted", "报送"
    LET_THROUGH = "report.let_through", "准予先行报送"
    APPROVED = "report.approved", "本级审核通过"
    ACCEPTED = "report.accepted", "上级接受"
    RETURNED = "report.returned", "退回"
    MOVED = "report.moved", "改由承接单位报送"
    REMINDED = "report.reminded", "提醒报送"
    CORRECTION_ASKED = "report.correction_asked", "申请更正"
    CORRECTION_ALLOWED = "report.correction_allowed", "同意更正"
    CORRECTION_REFUSED = "report.correction_refused", "不同意更正"
    SOURCE_REGISTERED = "source.registered", "登记源系统"
    SOURCE_SENT = "source.sent", "源系统送数"


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
