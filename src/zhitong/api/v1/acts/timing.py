"""Time and taking back: ask for more time, a stop, parking, withdrawal; grant or refuse; go on."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from zhitong.api.v1.acts.offering import Offer
from zhitong.api.words import Note, OneOf, Said, ShortText
from zhitong.domain.problems.actions import deciding, requesting, resuming
from zhitong.domain.problems.rules.kinds import PauseReason
from zhitong.domain.problems.rules.timing import MOST_WORKDAYS
from zhitong.domain.problems.rules.way import Act


class AskingExtension(Said):
    """申请延期."""

    workdays: int = Field(ge=1, le=MOST_WORKDAYS, description="延期几个工作日，从现行时限起顺延")
    reason: ShortText = Field(description="理由，同意后企业会看到")


class AskingPause(Said):
    """申请暂停."""

    pause_reason: OneOf[PauseReason]
    until: date = Field(description="预计恢复日期，到时自动恢复")
    reason: ShortText = Field(description="具体情况，同意后企业会看到")


class AskingPark(Said):
    """申请挂账."""

    until: date = Field(description="恢复办理日期，最远一年")
    reason: ShortText = Field(description="理由，同意后企业会看到")


class AskingWithdrawal(Said):
    """申请撤回."""

    reason: ShortText = Field(description="为什么撤回")
    urged: Note = Field("", description="是否有人要求撤回：是谁、怎么说的；只有活动办公室会看到")


class Granting(Said):
    """同意申请."""

    words: Note = Field("", description="审批意见")


class Refusing(Said):
    """不同意申请."""

    words: ShortText = Field(description="不同意的理由")


class Resuming(Said):
    """恢复办理."""

    text: ShortText = Field(description="现在可以怎样办，企业会看到")


OFFERS = (
    Offer(Act.ASK_EXTENSION, AskingExtension, requesting.AskExtension, requesting.ask_extension),
    Offer(Act.ASK_PAUSE, AskingPause, requesting.AskPause, requesting.ask_pause),
    Offer(Act.ASK_PARK, AskingPark, requesting.AskPark, requesting.ask_park),
    Offer(Act.ASK_WITHDRAWAL, AskingWithdrawal, requesting.AskWithdrawal, requesting.ask_withdrawal),
    Offer(Act.GRANT_EXTENSION, Granting, deciding.Grant, deciding.grant_extension),
    Offer(Act.GRANT_PAUSE, Granting, deciding.Grant, deciding.grant_pause),
    Offer(Act.GRANT_PARK, Granting, deciding.Grant, deciding.grant_park),
    Offer(Act.GRANT_WITHDRAWAL, Granting, deciding.Grant, deciding.grant_withdrawal),
    Offer(Act.REFUSE_REQUEST, Refusing, deciding.Refuse, deciding.refuse_request),
    Offer(Act.RESUME, Resuming, resuming.Resume, resuming.resume),
)
