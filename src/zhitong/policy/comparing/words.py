"""The words of a comparison as a person reads them: relations, what differs, and verdicts."""

from __future__ import annotations

from zhitong.kit.choices import Word


class TaskRelation(Word):
    """What became of a task of the upper paper, or where one of the lower comes from."""

    SAME = "same", "照用"
    ADAPTED = "adapted", "调整"
    SPLIT = "split", "拆分"
    MERGED = "merged", "合并"
    MISSING = "missing", "缺失"
    LOCAL_ONLY = "local_only", "本级新增"


class DifferenceOf(Word):
    """In what two papers differ."""

    TARGET = "target", "目标"
    TITLE = "title", "标题"
    UNITS = "units", "单位"
    SCOPE = "scope", "范围"
    DEADLINE = "deadline", "期限"
    TEXT = "text", "表述"
    COVERAGE = "coverage", "承接"


class DifferenceVerdict(Word):
    """What a difference comes to; `ask` is left to a person."""

    RAISED = "raised", "提高"
    LOWERED = "lowered", "降低"
    SCALED = "scaled", "按本地规模"
    REDEFINED = "redefined", "口径改变"
    DROPPED = "dropped", "未承接"
    ADDED = "added", "新增"
    CHANGED = "changed", "改变"
    LOCALISED = "localised", "落到本级"
    NO_LEAD = "no_lead", "未写牵头"
    EARLIER = "earlier", "提前"
    LATER = "later", "推后"
    FORMULA = "formula", "概括承接"
    ASK = "ask", "请确认"
