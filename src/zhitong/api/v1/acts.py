"""The acts on a problem: each an address of its own, with the words that it needs, called by the same functions as a page.

What a schema asks for is what the step of the act holds; units are named by their codes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, writes
from zhitong.api.v1.problem import Number
from zhitong.api.words import (
    Code,
    Empty,
    Labelled,
    LongText,
    Name,
    Named,
    Note,
    OneOf,
    Said,
    Shape,
    ShortText,
    labelled,
    maybe_labelled,
    unit_id_coded,
    unit_named,
)
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions import climbing, closing, handling, receiving
from zhitong.domain.problems.actions.running import Step
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.problems.rules.kinds import DeclineReason, Outcome, PowerMissing, Rating, State
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import MOVES, Act

router = Router()


class Moved(Shape):
    """How the problem stands after the act."""

    number: str
    state: Labelled
    unit: Named | None
    stage: Labelled | None
    stage_due_at: datetime | None
    outcome: Labelled | None


class Asking(Said):
    """请补正."""

    question: ShortText = Field(description="请企业补充什么")


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


class Proposing(Said):
    """提出上报."""

    tried: ShortText = Field(description="本级已做的工作")
    power_missing: OneOf[PowerMissing]
    asked_for: ShortText = Field(description="请上级协调什么")


class Reasoning(Said):
    """An act that needs a reason."""

    reason: ShortText = Field(description="理由")


class Escalating(Said):
    """提请上级协调."""

    consent_by: Name = Field(description="同意的领导")
    consent_on: date = Field(description="同意的日期")


class PassingDown(Said):
    """向下级传答复."""

    note: Note = Field("", description="给下级的话")


class Confirming(Said):
    """确认."""

    rating: OneOf[Rating]
    words: Note = Field("", description="评价")


class Rejecting(Said):
    """不满意."""

    words: ShortText = Field(description="不满意的原因")


class Ending(Said):
    """终结."""

    rule: ShortText = Field(description="依据")


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as the API offers it: what is asked, the step it fills, and the function that does it."""

    act: Act
    asks: type[Said]
    step: type[Step]
    do: Callable[[Sequence[Any]], list[Standing]]

    NAMES_UNIT: ClassVar[str] = "unit"

    def values(self, said: Said) -> dict[str, Any]:
        """What was said as the step wants it; a unit is named by its code.

        Raises BadInput: there is no such unit.
        """
        values = {name: getattr(said, name) for name in type(said).model_fields}
        if self.NAMES_UNIT in values:
            values["unit_id"] = unit_id_coded(values.pop(self.NAMES_UNIT), self.NAMES_UNIT)
        return values


OFFERS = (
    Offer(Act.ACCEPT, Empty, receiving.Accept, receiving.accept),
    Offer(Act.ASK_MORE, Asking, receiving.AskMore, receiving.ask_more),
    Offer(Act.SUPPLY, Supplying, receiving.Supply, receiving.supply),
    Offer(Act.DECLINE, Declining, receiving.Decline, receiving.decline),
    Offer(Act.DISPATCH, Handing, receiving.Dispatch, receiving.dispatch),
    Offer(Act.REASSIGN, Handing, receiving.Dispatch, receiving.reassign),
    Offer(Act.ACKNOWLEDGE, Contacting, handling.Acknowledge, handling.acknowledge),
    Offer(Act.REPLY, Replying, handling.Reply, handling.reply),
    Offer(Act.SEND_BACK, SendingBack, handling.SendBack, handling.send_back),
    Offer(Act.COMPLETE, Completing, handling.Complete, handling.complete),
    Offer(Act.PROPOSE, Proposing, climbing.Propose, climbing.propose),
    Offer(Act.KEEP, Reasoning, climbing.Keep, climbing.keep),
    Offer(Act.ESCALATE, Escalating, climbing.Escalate, climbing.escalate),
    Offer(Act.ASK_LOWER, Reasoning, climbing.Rule, climbing.ask_lower),
    Offer(Act.RULE_OWN_LEVEL, Reasoning, climbing.Rule, climbing.rule_own_level),
    Offer(Act.PASS_DOWN, PassingDown, climbing.PassDown, climbing.pass_down),
    Offer(Act.CONFIRM, Confirming, closing.Confirm, closing.confirm),
    Offer(Act.REJECT, Rejecting, closing.Reject, closing.reject),
    Offer(Act.HANDLE_ANEW, Handing, closing.HandleAnew, closing.handle_anew),
    Offer(Act.UPHOLD, Reasoning, closing.Uphold, closing.uphold),
    Offer(Act.END, Ending, closing.End, closing.end),
    Offer(Act.CLOSE_OFF, Empty, closing.CloseOff, closing.close_off),
)


def moved(standing: Standing) -> Moved:
    """A standing as the API tells it."""
    return Moved(
        number=standing.number, state=labelled(standing.state),
        unit=unit_named(standing.accountable_unit_id, directory()), stage=maybe_labelled(standing.stage),
        stage_due_at=standing.stage_due_at, outcome=maybe_labelled(standing.outcome),
    )


def _open(offer: Offer) -> None:
    """Give an act its address."""
    move = MOVES[offer.act]

    def act(request: Request, number: Number, said: Said) -> Moved:
        problem_id = problem_id_of(request.viewer, number)
        step = offer.step(
            problem_id=problem_id, actor=actor_of(request), now=request.now, **offer.values(said)
        )
        return moved(offer.do([step])[0])

    since = "、".join(state.label for state in State if state in move.since)
    act.__doc__ = f"由{move.whose.label}办理：{since} → {move.outcome}。{move.words}"
    act.__annotations__ = {"request": Request, "number": Number, "said": offer.asks, "return": Moved}
    writes(
        router, f"/problems/{{number}}/acts/{offer.act}", answer=Moved, summary=offer.act.label,
        operation_id=f"act_{offer.act}",
    )(act)


for _offer in OFFERS:
    _open(_offer)
