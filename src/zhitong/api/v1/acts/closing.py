"""The end of the way: the reporter's word, review, close-off."""

from __future__ import annotations

from pydantic import Field

from zhitong.api.v1.acts.climbing import Reasoning
from zhitong.api.v1.acts.offering import Offer
from zhitong.api.v1.acts.receiving import Handing
from zhitong.api.words import Empty, Note, OneOf, Said, ShortText
from zhitong.domain.problems.actions import closing, rating
from zhitong.domain.problems.rules.kinds import Rating
from zhitong.domain.problems.rules.way import Act


class Confirming(Said):
    """确认、负责人评价."""

    rating: OneOf[Rating]
    reply_rating: OneOf[Rating] | None = Field(None, description="对办理态度和速度的评价")
    words: Note = Field("", description="评价")


class Rejecting(Said):
    """不满意."""

    words: ShortText = Field(description="不满意的原因")
    reply_rating: OneOf[Rating] | None = Field(None, description="对办理态度和速度的评价")


class Ending(Said):
    """终结."""

    rule: ShortText = Field(description="依据")


OFFERS = (
    Offer(Act.CONFIRM, Confirming, closing.Confirm, closing.confirm),
    Offer(Act.REJECT, Rejecting, closing.Reject, closing.reject),
    Offer(Act.RATE, Confirming, rating.Rate, rating.rate),
    Offer(Act.HANDLE_ANEW, Handing, closing.HandleAnew, closing.handle_anew),
    Offer(Act.UPHOLD, Reasoning, closing.Uphold, closing.uphold),
    Offer(Act.END, Ending, closing.End, closing.end),
    Offer(Act.CLOSE_OFF, Empty, closing.CloseOff, closing.close_off),
)
