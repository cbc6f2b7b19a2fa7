"""A target divided among the regions below: by what, how far it has come, and what each region says of its share."""

from __future__ import annotations

from zhitong.kit.choices import Word


class DivisionMethod(Word):
    """By what the shares were set."""

    HAND = "hand", "逐个填写"
    EQUAL = "equal", "平均"
    WEIGHT = "weight", "按权数"
    SAME = "same", "各地相同"
    SHEET = "sheet", "按表导入"


class DivisionState(Word):
    """How far a division has come."""

    DRAFT = "draft", "拟定中"
    ISSUED = "issued", "已下达"
    SUPERSEDED = "superseded", "已被新的分解取代"


class ShareState(Word):
    """What has been said of a region's share."""

    DRAFT = "draft", "拟定"
    ISSUED = "issued", "待接收"
    ACCEPTED = "accepted", "已接收"
    ASKED = "asked", "请求调整"
    CHANGED = "changed", "已按请求调整"
    KEPT = "kept", "维持原值"
