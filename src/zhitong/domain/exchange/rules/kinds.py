"""What can come in, how an upload stands, what a row is found to be, and what is recorded."""

from __future__ import annotations

from zhitong.kit.choices import Word


class UploadKind(Word):
    """What the rows of an upload are."""

    SUBJECTS = "subjects", "服务对象"
    CARE = "care", "分包帮扶"
    CARDS = "cards", "填报卡片"
    LEDGER = "ledger", "历史台账"
    UNITS = "units", "单位名单"
    PEOPLE = "people", "单位人员"


class UploadState(Word):
    """How an upload stands."""

    STAGED = "staged", "待导入"
    ORDERED = "ordered", "正在导入"
    COMMITTED = "committed", "已导入"
    UNDONE = "undone", "已撤销"
    DROPPED = "dropped", "已放弃"


class Verdict(Word):
    """What a row is, held against what is kept."""

    NEW = "new", "新增"
    CHANGED = "changed", "变更"
    UNCHANGED = "unchanged", "无变化"
    SKIPPED = "skipped", "不导入"
    WRONG = "wrong", "有误"


class LedgerState(Word):
    """What a state of an old ledger means here."""

    SETTLED = "settled", "已办结"
    OPEN = "open", "未办结，继续办理"
    SKIP = "skip", "不导入"


class UploadFact(Word):
    """What is recorded of uploads."""

    COMMITTED = "upload.committed", "导入表格"
    UNDONE = "upload.undone", "撤销导入"
