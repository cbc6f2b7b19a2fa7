"""At the office's desk: accept, ask more, decline, dispatch, reassign; and the reporter's supplement."""

from __future__ import annotations

from pydantic import Field

from zhitong.api.v1.acts.offering import Offer
from zhitong.api.words import Code, Empty, LongText, OneOf, Said, ShortText
from zhitong.domain.problems.actions import prechecking, receiving
from zhitong.domain.problems.rules.kinds import DeclineReason, PrecheckFinding
from zhitong.domain.problems.rules.way import Act


class Asking(Said):
    """请补正."""

    question: ShortText = Field(description="请企业补充什么")


class Prechecking(Said):
    """乡镇初核."""

    finding: OneOf[PrecheckFinding]
    text: ShortText = Field(description="核实的情况；已就地解决的是给企业的答复，退回补正的是要补充什么")


class Supplying(Said):
    """补正."""

    text: LongText = Field(description="补充的情况")


class Declining(Said):
    """不予受理."""

    reason: OneOf[DeclineReason]
    rule: ShortText = Field(description="依据")
    channel: ShortText = Field(description="正确的渠道")


class Handing(Said):
    """交办、改派."""

    unit: Code = Field(description="承办单位代码，须在本辖区内")
    reason: ShortText = Field(description="为什么交给这个单位")


OFFERS = (
    Offer(Act.ACCEPT, Empty, receiving.Accept, receiving.accept),
    Offer(Act.PRECHECK, Prechecking, prechecking.Precheck, prechecking.precheck),
    Offer(Act.ASK_MORE, Asking, receiving.AskMore, receiving.ask_more),
    Offer(Act.SUPPLY, Supplying, receiving.Supply, receiving.supply),
    Offer(Act.DECLINE, Declining, receiving.Decline, receiving.decline),
    Offer(Act.DISPATCH, Handing, receiving.Dispatch, receiving.dispatch),
    Offer(Act.REASSIGN, Handing, receiving.Dispatch, receiving.reassign),
)
