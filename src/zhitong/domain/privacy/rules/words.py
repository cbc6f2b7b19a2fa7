"""The words of privacy: kinds of personal values, why somebody looks at the whole, and the facts acts leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class PersonalKind(Word):
    """What is known of a person and is masked by setting."""

    CONTACT_NAME = "contact_name", "企业联系人姓名"
    CONTACT_PHONE = "contact_phone", "企业联系人电话"
    DUTY_PHONE = "duty_phone", "分包干部电话"


class Purpose(Word):
    """For what somebody looks at the whole value."""

    HELP = "help", "联系企业办理问题"
    VISIT = "visit", "走访服务"
    COLLECT = "collect", "核实填报内容"
    REGISTER = "register", "核对登记信息"
    INSPECT = "inspect", "督查、回访"
    OTHER = "other", "其他"


class PrivacyFact(Word):
    """What is recorded of looking at people's data and taking it out; the values themselves never are."""

    UNMASKED = "privacy.unmasked", "查看完整联系方式"
    ERASED = "privacy.erased", "删除个人信息"
    EXPORTED = "privacy.exported", "导出列表"
