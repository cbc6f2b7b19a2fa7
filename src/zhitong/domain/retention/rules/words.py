"""The words of retention: what is kept, what is done with it, what a hold keeps, and the facts acts leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class KeptKind(Word):
    """Rows that hold something of a person and whose time comes to an end."""

    CONTACTS = "contacts", "退出活动的企业的联系人"
    REPORTERS = "reporters", "办结问题的填写人"
    HOTLINE = "hotline", "热线工单原件中的来电人"
    LEFT = "left", "离任人员的电话和登录资料"
    SITTINGS = "sittings", "登录记录"
    MESSAGES = "messages", "外发消息"
    UNMASKINGS = "unmaskings", "查看完整联系方式的登记"
    DRAFTS = "drafts", "没有提交的卡片草稿"
    UPLOADS = "uploads", "导入表格的原始行"
    CODES = "codes", "短信验证码"


class Treatment(Word):
    """What is done with rows whose time is over."""

    ERASED = "erased", "整条删除"
    BLANKED = "blanked", "清空个人信息，其余保留"


class HoldKind(Word):
    """Whose rows a hold keeps."""

    SUBJECT = "subject", "服务对象"
    PERSON = "person", "人员"


class RetentionFact(Word):
    """What is recorded of terms, runs, holds and erasing; never a name."""

    CHANGED = "retention.changed", "调整保存期限"
    RUN = "retention.run", "按期限清理"
    HELD = "retention.held", "设定保留"
    RELEASED = "retention.released", "解除保留"
    ASKED = "retention.asked", "受理删除个人信息"
    ERASED = "retention.erased", "已删除个人信息"
