"""At the handler's desk: acknowledge, reply, send back, complete."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from zhitong.api.v1.acts.offering import Offer
from zhitong.api.words import LongText, OneOf, Said, ShortText
from zhitong.domain.problems.actions import handling
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing
from zhitong.domain.problems.rules.way import Act


class Contacting(Said):
    """签收并联系."""

    contact: ShortText = Field(description="如何联系了企业")


class Replying(Said):
    """阶段性答复."""

    text: LongText = Field(description="进展，企业会看到")


class SendingBack(Said):
    """退回."""

    rule: ShortText = Field(description="依据")
    whose: ShortText = Field(description="应由谁办")


class Completing(Said):
    """办结."""

    outcome: OneOf[Outcome]
    text: LongText = Field(description="答复，企业会看到")
    planned_on: date | None = Field(None, description="列入计划的完成日期；结果为 planned 时必填")
    power_missing: OneOf[PowerMissing] | None = Field(None, description="缺少的权限或条件；结果为 cannot 时必填")


OFFERS = (
    Offer(Act.ACKNOWLEDGE, Contacting, handling.Acknowledge, handling.acknowledge),
    Offer(Act.REPLY, Replying, handling.Reply, handling.reply),
    Offer(Act.SEND_BACK, SendingBack, handling.SendBack, handling.send_back),
    Offer(Act.COMPLETE, Completing, handling.Complete, handling.complete),
)
