"""Sorting at the office's desk: correct, merge, split; and the objection to a decline."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhitong.api.v1.acts.climbing import Reasoning
from zhitong.api.v1.acts.offering import Offer
from zhitong.api.words import Code, LongText, Name, OneOf, Said, ShortText
from zhitong.domain.problems.actions import sorting
from zhitong.domain.problems.rules.kinds import Nature, Urgency
from zhitong.domain.problems.rules.sorting import PARTS_AT_MOST
from zhitong.domain.problems.rules.way import Act


class Correcting(Said):
    """更正登记."""

    nature: OneOf[Nature]
    category: Code = Field(description="类别代码，须适用于这类服务对象")
    urgency: OneOf[Urgency]
    reason: ShortText = Field(description="更正理由，企业会看到")


class Merging(Said):
    """并案."""

    into: Name = Field(description="先反映的那一件的编号")
    reason: ShortText = Field(description="并案理由，企业会看到")


class PartSaid(Said):
    """分出的一个事项."""

    category: Code = Field(description="类别代码")
    text: LongText = Field(description="事项内容")


class Splitting(Said):
    """拆分."""

    remains: LongText = Field(description="本件继续办理的事项")
    parts: list[PartSaid] = Field(min_length=1, max_length=PARTS_AT_MOST - 1, description="分出的各个事项")


class Objecting(Said):
    """提出异议."""

    words: ShortText = Field(description="为什么应当受理")


class SplitOffer(Offer):
    """An offer whose parts become those of the step."""

    def values(self, said: Said) -> dict[str, Any]:
        """What was said as the step wants it."""
        values = Offer.values(self, said)
        return values | {"parts": tuple(sorting.Part(one.category, one.text) for one in values["parts"])}


OFFERS = (
    Offer(Act.CORRECT, Correcting, sorting.Correct, sorting.correct),
    Offer(Act.MERGE, Merging, sorting.Merge, sorting.merge),
    SplitOffer(Act.SPLIT, Splitting, sorting.Split, sorting.split),
    Offer(Act.OBJECT, Objecting, sorting.Object, sorting.object_to_decline),
    Offer(Act.OVERRULE, Reasoning, sorting.Judge, sorting.overrule),
    Offer(Act.UPHOLD_DECLINE, Reasoning, sorting.Judge, sorting.uphold_decline),
)
