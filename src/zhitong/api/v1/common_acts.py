"""The acts on a common problem that stands: joined, taken out of, answered, measured, closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, writes
from zhitong.api.v1.common_done import CommonDone, joined_told, left_out_told, turn_of
from zhitong.api.v1.commons import CommonNumber, Numbers
from zhitong.api.v1.problem import Number
from zhitong.api.words import LongText, OneOf, Said, ShortText
from zhitong.domain.commons.actions import answering, closing, establishing
from zhitong.domain.commons.actions.answering import ToAll
from zhitong.domain.commons.actions.establishing import Turn
from zhitong.domain.commons.rules.kinds import CommonAct
from zhitong.domain.commons.rules.way import MOVES
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing

router = Router()


class JoiningCommon(Said):
    """纳入问题."""

    problems: Numbers


class TakingOut(Said):
    """移出问题."""

    problem: Number
    reason: ShortText


class AnsweringAll(Said):
    """统一答复."""

    outcome: OneOf[Outcome]
    text: LongText
    planned_on: date | None = Field(None, description="列入计划时必填")
    power_missing: OneOf[PowerMissing] | None = Field(None, description="无法解决时必填")


class Measuring(Said):
    """登记制度性措施."""

    measures: LongText


class ClosingCommon(Said):
    """办结共性问题."""

    words: ShortText


def _join(number: str, said: Any, turn: Turn) -> CommonDone:
    ids = [problem_id_of(turn.viewer, one) for one in said.problems]
    return joined_told(establishing.join(number, ids, turn))


def _take_out(number: str, said: Any, turn: Turn) -> CommonDone:
    closing.take_out(number, problem_id_of(turn.viewer, said.problem), said.reason, turn)
    return CommonDone(number=number)


def _answer_all(number: str, said: Any, turn: Turn) -> CommonDone:
    to_all = ToAll(outcome=said.outcome, text=said.text, planned_on=said.planned_on, power_missing=said.power_missing)
    done = answering.answer(number, to_all, turn)
    return CommonDone(number=done.number, completed=done.completed, offered=done.offered, left_out=left_out_told(done.left))


def _measure(number: str, said: Any, turn: Turn) -> CommonDone:
    return CommonDone(number=closing.measure(number, said.measures, turn).number)


def _close(number: str, said: Any, turn: Turn) -> CommonDone:
    return CommonDone(number=closing.close(number, said.words, turn).number)


OFFERS: tuple[tuple[CommonAct, type[Said], Callable[[str, Any, Turn], CommonDone]], ...] = (
    (CommonAct.JOIN, JoiningCommon, _join),
    (CommonAct.TAKE_OUT, TakingOut, _take_out),
    (CommonAct.ANSWER, AnsweringAll, _answer_all),
    (CommonAct.MEASURE, Measuring, _measure),
    (CommonAct.CLOSE, ClosingCommon, _close),
)


def _open(offered: CommonAct, asks: type[Said], do: Callable[[str, Any, Turn], CommonDone]) -> None:
    """Give an act its address."""

    def act(request: Request, number: CommonNumber, said: Said) -> CommonDone:
        return do(number, said, turn_of(request))

    act.__doc__ = MOVES[offered].words
    act.__annotations__ = {"request": Request, "number": CommonNumber, "said": asks, "return": CommonDone}
    writes(
        router, f"/commons/{{number}}/acts/{offered}", answer=CommonDone, summary=offered.label,
        operation_id=f"common_{offered}",
    )(act)


for _offer in OFFERS:
    _open(*_offer)
