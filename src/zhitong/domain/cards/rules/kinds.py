"""The states of a card, the kinds of its fields, and the facts its acts leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class CardState(Word):
    """How far a card has come."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "已报送"
    PASSED = "passed", "待上级审核"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已通过"


class ObligationState(Word):
    """How an obligation stands: nothing yet, or as far as its card."""

    MISSING = "missing", "未填报"
    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "已报送"
    PASSED = "passed", "待上级审核"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已通过"


class FieldKind(Word):
    """What a field takes; money is written in 万元 and kept in whole yuan."""

    TEXT = "text", "文字"
    LONG_TEXT = "long_text", "长文字"
    CODE = "code", "统一社会信用代码"
    PHONE = "phone", "电话"
    MONEY = "money", "金额（万元）"
    COUNT = "count", "整数"
    NUMBER = "number", "数"
    PERCENT = "percent", "百分数"
    DATE = "date", "日期"
    CHOICE = "choice", "单选"
    MULTI_CHOICE = "multi_choice", "多选"
    YES_NO = "yes_no", "是或否"
    FILE = "file", "文件"
    PHOTO = "photo", "照片"


FIGURES = frozenset({FieldKind.MONEY, FieldKind.COUNT, FieldKind.NUMBER, FieldKind.PERCENT})
WORDS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
CHOICES = frozenset({FieldKind.CHOICE, FieldKind.MULTI_CHOICE})
FILES = frozenset({FieldKind.FILE, FieldKind.PHOTO})
SEVERAL = FILES | {FieldKind.MULTI_CHOICE}
"""What takes several answers; `most` bounds their number."""


class Prefill(Word):
    """What stands in a section before anybody writes: the standing facts of the subject, or nothing."""

    STANDING = "standing", "带出已有信息"
    NEVER = "never", "每期重新填写"


class Period(Word):
    """How often a template is asked for."""

    MONTH = "month", "月报"
    QUARTER = "quarter", "季报"
    AD_HOC = "ad_hoc", "专项填报"


class TemplateStanding(Word):
    """How a version of a template stands."""

    IN_FORCE = "in_force", "现行"
    REPLACED = "replaced", "已有新版"
    RETIRED = "retired", "已停用"


class Weight(Word):
    """What a comparison of two fields does when it does not hold: stop the sending, or ask for a yes."""

    ERROR = "error", "不能报送"
    WARNING = "warning", "请核对"


class CardFact(Word):
    """What is recorded of cards and their templates; the drafts of cards are nobody's testimony and leave no fact."""

    TEMPLATE_BEGUN = "card.template_begun", "起草表式"
    TEMPLATE_CHANGED = "card.template_changed", "修改表式草稿"
    TEMPLATE_DROPPED = "card.template_dropped", "放弃表式草稿"
    TEMPLATE_PUBLISHED = "card.template_published", "发布卡片式样"
    TEMPLATE_RETIRED = "card.template_retired", "停用表式"
    ROUND_OPENED = "round.opened", "开放填报期"
    SUBMITTED = "card.submitted", "报送卡片"
    RETURNED = "card.returned", "退回卡片"
    PASSED_BACK = "card.passed_back", "退回下级办公室核对"
    PASSED = "card.passed", "本级审核通过，报上级审核"
    ACCEPTED = "card.accepted", "审核通过卡片"
    CONFIRMED = "card.confirmed", "企业确认代填内容"
    DISPUTED = "card.disputed", "企业对代填内容有异议"
    CORRECTION_ASKED = "card.correction_asked", "申请更正卡片"
    CORRECTION_GRANTED = "card.correction_granted", "同意更正卡片"
    CORRECTION_DECLINED = "card.correction_declined", "不同意更正卡片"
    FLAG_ANSWERED = "card.flag_answered", "回答卡片疑问"
    EXCUSE_ASKED = "excuse.asked", "登记未报原因"
    EXCUSE_GRANTED = "excuse.granted", "同意未报原因"
    EXCUSE_DECLINED = "excuse.declined", "不同意未报原因"
    REMINDED = "round.reminded", "提醒填报"


class CardDuty(Word):
    """What somebody must do about a card now."""

    FILL_IN = "fill_in", "填报"
    CORRECT = "correct", "更正重报"
    REVIEW = "review", "审核"
