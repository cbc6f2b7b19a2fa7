"""What kinds of things are found, in the order in which they are told. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word


class FoundKind(Word):
    """What is found by words."""

    PROBLEM = "problem", "问题"
    SUBJECT = "subject", "服务对象"
    TASK = "task", "目标任务"
    INDICATOR = "indicator", "指标"
    PAPER = "paper", "政策文件"
    REGION = "region", "区划"
    UNIT = "unit", "单位"
