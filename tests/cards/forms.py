"""The card that these tests fill in: small, but with every kind of field."""

from __future__ import annotations

from typing import Any

from zhitong.domain.cards.rules.templates import Template, template_of

CATEGORIES = [
    {"code": "land", "label": "用地需求"},
    {"code": "funds", "label": "资金需求"},
    {"code": "other", "label": "其他需要政府协调解决的问题"},
]
DIAGNOSES = [
    {"code": "profitable", "label": "盈利"},
    {"code": "thin_margin", "label": "微利"},
    {"code": "in_difficulty", "label": "困难"},
]


def definition(*, version: int = 1, kind: str = "industry") -> dict[str, Any]:
    """A definition as a package gives it, categories written in."""
    return {
        "code": kind, "version": version, "kind": kind, "name": "企业综合情况及问题反馈卡", "period": "month",
        "sections": [
            {"code": "standing", "title": "企业基本情况", "prefill": "standing", "fields": [
                {"code": "credit_code", "label": "统一社会信用代码", "type": "code", "fact": "credit_code"},
                {"code": "contact_name", "label": "联系人", "type": "text", "longest": 40, "required": True,
                 "fact": "contact_name"},
                {"code": "contact_phone", "label": "联系人电话", "type": "phone", "required": True,
                 "fact": "contact_phone"},
                {"code": "national", "label": "已通过国家认定", "type": "yes_no"},
            ]},
            {"code": "situation", "title": "本期情况", "prefill": "never", "fields": [
                {"code": "revenue", "label": "主营业务收入", "type": "money", "least": 0, "required": True},
                {"code": "profit", "label": "利润总额", "type": "money", "required": True},
                {"code": "employees", "label": "从业人数", "type": "count", "least": 0, "most": 1000000,
                 "stock": True},
                {"code": "electricity", "label": "用电量", "type": "number", "least": 0},
                {"code": "export_share", "label": "出口占比", "type": "percent", "least": 0, "most": 100},
                {"code": "diagnosis", "label": "盈亏情况", "type": "choice", "required": True, "options": DIAGNOSES},
                {"code": "remarks", "label": "情况说明", "type": "long_text", "longest": 100},
            ]},
        ],
        "checks": [
            {"left": "revenue", "must": "<=", "number": 20000000, "severity": "warning", "say": "请核对单位。"},
            {"left": "profit", "must": "<=", "right": "revenue", "severity": "error", "say": "利润大于收入。"},
            {"left": "profit", "must": ">", "number": 0, "when": {"field": "diagnosis", "is": "profitable"},
             "severity": "warning", "say": "选了盈利，利润却不是正数。"},
        ],
        "against_last": [
            {"fields": ["revenue"], "times": 10, "say": "请核对单位。"},
            {"fields": ["employees"], "times": 5, "say": "请核对人数。"},
        ],
        "problems": {"title": "需要协调解决的问题", "most": 3, "fields": [
            {"code": "category", "label": "问题类别", "type": "choice", "required": True, "options": CATEGORIES},
            {"code": "text", "label": "问题内容", "type": "long_text", "longest": 5000, "required": True},
            {"code": "known_to_head", "label": "单位负责人已知晓", "type": "yes_no", "required": True},
            {"code": "confidential", "label": "企业要求保密", "type": "yes_no"},
            {"code": "reporter_name", "label": "填报人", "type": "text", "longest": 40, "required": True,
             "fact": "contact_name"},
            {"code": "reporter_phone", "label": "填报人手机", "type": "phone", "required": True,
             "fact": "contact_phone"},
        ]},
    }


def template() -> Template:
    """The same, as the rules read it."""
    return template_of(definition())


def filled(**changes: object) -> dict[str, object]:
    """Everything a card of this template must have."""
    return {
        "contact_name": "王会计", "contact_phone": "13800000000", "revenue": "1200.5", "profit": "-30",
        "diagnosis": "in_difficulty", **changes,
    }


def row(text: str = "厂区二期缺用地指标", **changes: object) -> dict[str, object]:
    """One problem as its reporter writes it."""
    return {"category": "land", "text": text, "known_to_head": True, **changes}
