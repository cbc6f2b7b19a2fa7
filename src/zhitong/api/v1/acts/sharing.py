"""Between units: designate, offer, take, turn down; invite, consult, answer, register the letter that came back."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from zhitong.api.v1.acts.climbing import Reasoning
from zhitong.api.v1.acts.handling import Contacting
from zhitong.api.v1.acts.offering import Offer
from zhitong.api.v1.acts.receiving import Handing
from zhitong.api.words import Code, LongText, Note, Said, ShortText
from zhitong.domain.problems.actions import parts, sharing
from zhitong.domain.problems.rules.way import Act


class Designating(Handing):
    """指定承办."""

    duties: Note = Field("", description="职责核定意见：由谁核定、文件名称和日期")


class HandingOver(Said):
    """商议移交."""

    unit: Code = Field(description="对方单位代码，须是本级的其他单位")
    reason: ShortText = Field(description="移交理由")


class Inviting(Said):
    """请协办."""

    units: list[Code] = Field(description="协办单位代码，可以是几个", min_length=1, max_length=20)
    asked_for: ShortText = Field(description="请协办什么")


class Consulting(Said):
    """商请."""

    unit: Code = Field(description="被商请单位代码，本单位须是其对口联系单位")
    letter: ShortText = Field(description="商请函文号", max_length=60)
    asked_for: ShortText = Field(description="商请事项")


class AnsweringPart(Said):
    """反馈协办情况."""

    text: LongText = Field(description="办理和反馈情况")


class RegisteringReply(Said):
    """登记商请复函."""

    unit: Code = Field(description="答复单位代码")
    text: LongText = Field(description="复函内容")
    letter: Note = Field("", description="复函文号", max_length=60)
    replied_on: date = Field(description="复函日期")


OFFERS = (
    Offer(Act.DESIGNATE, Designating, sharing.Designate, sharing.designate),
    Offer(Act.OFFER, HandingOver, sharing.MakeOffer, sharing.offer),
    Offer(Act.TAKE, Contacting, sharing.Take, sharing.take),
    Offer(Act.TURN_DOWN, Reasoning, sharing.TurnDown, sharing.turn_down),
    Offer(Act.INVITE, Inviting, parts.Invite, parts.invite),
    Offer(Act.CONSULT, Consulting, parts.Consult, parts.consult),
    Offer(Act.ANSWER_PART, AnsweringPart, parts.AnswerPart, parts.answer_part),
    Offer(Act.REGISTER_REPLY, RegisteringReply, parts.RegisterReply, parts.register_reply),
)
