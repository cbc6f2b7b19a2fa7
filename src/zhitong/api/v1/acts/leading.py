"""From above: advise, coordinate, take over; the reporter's asking a level above to look in; opening again what had ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from zhitong.api.v1.acts.climbing import Reasoning
from zhitong.api.v1.acts.offering import Offer
from zhitong.api.words import Code, Name, Said, ShortText, unit_id_coded
from zhitong.domain.problems.actions import climbing, leading
from zhitong.domain.problems.rules.leading import SHARES_AT_MOST
from zhitong.domain.problems.rules.way import Act


class ShareSaid(Said):
    """分给一个单位的任务."""

    unit: Code = Field(description="单位代码，须在本级或下级")
    text: ShortText = Field(description="任务")
    workdays: int | None = Field(None, ge=1, description="几个工作日内反馈；不填的按协办反馈时限")


class Coordinating(Said):
    """统筹协调."""

    held_on: date = Field(description="协调日期")
    chaired_by: Name = Field(description="主持人")
    decided: ShortText = Field(description="议定事项，企业会看到")
    shares: list[ShareSaid] = Field(min_length=1, max_length=SHARES_AT_MOST, description="分工")


class LookingIn(Said):
    """请上级过问."""

    words: ShortText = Field(description="请上级过问什么")


class AnsweringLookIn(Said):
    """答复过问."""

    text: ShortText = Field(description="过问结果，企业会看到")


class Reopening(Said):
    """重新受理."""

    new_facts: ShortText = Field(description="新的事实")


class CoordinateOffer(Offer):
    """An offer whose shares become those of the step; units are named by their codes."""

    def values(self, said: Said) -> dict[str, Any]:
        """What was said as the step wants it.

        Raises BadInput: there is no such unit.
        """
        values = Offer.values(self, said)
        shares = tuple(leading.Share(unit_id_coded(one.unit, "unit"), one.text, one.workdays) for one in values["shares"])
        return values | {"shares": shares}


OFFERS = (
    Offer(Act.ADVISE, Reasoning, climbing.Rule, leading.advise),
    CoordinateOffer(Act.COORDINATE, Coordinating, leading.Coordinate, leading.coordinate),
    Offer(Act.TAKE_OVER, Reasoning, leading.TakeOver, leading.take_over),
    Offer(Act.LOOK_IN, LookingIn, leading.LookIn, leading.look_in),
    Offer(Act.ANSWER_LOOK_IN, AnsweringLookIn, leading.AnswerLookIn, leading.answer_look_in),
    Offer(Act.REOPEN, Reopening, leading.Reopen, leading.reopen),
)
