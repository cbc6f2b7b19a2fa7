"""The words of a comparison as the reader prints them, and how much of the upper paper is covered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


_SETTLED = frozenset({TaskRelation.MISSING, TaskRelation.LOCAL_ONLY})


@dataclass(frozen=True, slots=True)
class Covered:
    """How many tasks of the upper paper the lower one carries out, of how many."""

    covered: int
    total: int


def covered_of(found: Mapping[str, Any]) -> Covered:
    """The coverage that the reader tells; else counted from the lines with an upper task."""
    told = found.get("coverage")
    if told:
        return Covered(told["covered"], told["total"])
    upper = [line for line in found["tasks"] if line["upper"]]
    return Covered(sum(TaskRelation(line["relation"]) not in _SETTLED for line in upper), len(upper))


def label_of(word: str, words: type[Word]) -> str:
    """The Chinese of a word; one that is not known yet is left to a person."""
    return next((one.label for one in words if one.value == word), DifferenceVerdict.ASK.label)
