"""A plan changed after it was issued: how far an amendment has come and what it can change."""

from __future__ import annotations

from zhitong.kit.choices import Word


class AmendmentState(Word):
    """How far an amendment has come."""

    DRAFT = "draft", "拟定中"
    SUBMITTED = "submitted", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"


class Changed(Word):
    """What one line of an amendment changes."""

    VALUE = "value", "目标值"
    DEADLINE = "deadline", "完成时限"
    ASPIRATION = "aspiration", "力争值"
    UNITS = "units", "责任单位"
    CONTENT = "content", "任务内容"
    CANCELLED = "cancelled", "取消"
