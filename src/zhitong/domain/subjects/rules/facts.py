"""The kinds of facts that the registry leaves."""

from __future__ import annotations

from zhitong.kit.choices import Word


class SubjectFact(Word):
    """What is recorded of the served."""

    REGISTERED = "subject.registered", "登记服务对象"
    CHANGED = "subject.changed", "修改登记情况"
    RELOCATED = "subject.relocated", "变更属地"
    NOTED = "subject.noted", "记录数据"
    MARKED = "subject.marked", "登记资质"
    ELEMENTS = "subject.elements", "更新要件清单"
    ENDED = "subject.ended", "不再服务"
    RESUMED = "subject.resumed", "恢复服务"
    MERGED = "subject.merged", "合并登记"
    SPLIT = "subject.split", "拆分登记"
    ENLISTED = "subject.enlisted", "列入帮扶名单"
    REMOVAL_ASKED = "subject.removal_asked", "申请移出名单"
    REMOVED = "subject.removed", "移出帮扶名单"
    REMOVAL_REFUSED = "subject.removal_refused", "不同意移出名单"
    CARED_FOR = "subject.cared_for", "落实分包帮扶"
    CARE_HANDED_OVER = "subject.care_handed_over", "交接分包帮扶"
    CARE_ENDED = "subject.care_ended", "结束分包帮扶"
    WITHDRAWN = "subject.withdrawn", "撤回登记"
    TIERED = "subject.tiered", "调整帮扶级别"
