"""The acts on a common problem: established, joined, taken out of, answered, measured, closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, writes
from zhitong.api.v1.commons import CommonNumber, Numbers
from zhitong.api.v1.problem import Number
from zhitong.api.words import Code, LongText, OneOf, Said, Shape, ShortText, unit_id_coded
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.commons.actions import answering, closing, establishing
from zhitong.domain.commons.actions.answering import ToAll
from zhitong.domain.commons.actions.establishing import Joining, Named, Plan, Turn
from zhitong.domain.commons.rules.kinds import CommonAct, Treatment
from zhitong.domain.commons.rules.way import MOVES
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing
from zhitong.kit.refusals import NotFound

router = Router()


class NotTaken(Shape):
    """A problem that stayed out or was not moved, and why."""

    number: str
    reason: str


class CommonDone(Shape):
    """What came of an act: how many joined, were moved, completed, offered to others; and who was not, by name."""

    number: str
    joined: int = 0
    moved: int = 0
    completed: int = 0
    offered: int = 0
    left_out: list[NotTaken] = []
    unmoved: list[NotTaken] = []


class Establishing(Said):
    """确立共性问题."""

    title: ShortText = Field(description="名称，最多120字，企业会看到")
    category: Code = Field(description="问题类别代码，见 GET /categories")
    lead: Code = Field(description="牵头单位代码，须是本级的单位")
    asked: LongText = Field(description="研究事项，企业看不到")
    workdays: int = Field(ge=1, le=establishing.WORKDAYS_MOST, description="办理时限，工作日")
    treatment: OneOf[Treatment] = Field(description="归口办理 gather，统一答复 answer")
    problems: Numbers


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


@writes(router, "/commons", answer=CommonDone, summary="确立共性问题", status=HTTPStatus.CREATED)
def establish_common(request: Request, said: Establishing) -> CommonDone:
    """Make a common problem of problems of the office's territory."""
    scope.require(request.viewer, Permission.DISPATCH)
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    plan = Plan(
        campaign=campaign.code, title=said.title, category=said.category, lead_id=unit_id_coded(said.lead, "lead"),
        asked=said.asked, workdays=said.workdays, treatment=said.treatment,
        problem_ids=tuple(problem_id_of(request.viewer, number) for number in said.problems),
    )
    return _joined(establishing.establish(plan, _turn(request)))


def _join(number: str, said: Any, turn: Turn) -> CommonDone:
    ids = [problem_id_of(turn.viewer, one) for one in said.problems]
    return _joined(establishing.join(number, ids, turn))


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
        return do(number, said, _turn(request))

    act.__doc__ = MOVES[offered].words
    act.__annotations__ = {"request": Request, "number": CommonNumber, "said": asks, "return": CommonDone}
    writes(
        router, f"/commons/{{number}}/acts/{offered}", answer=CommonDone, summary=offered.label,
        operation_id=f"common_{offered}",
    )(act)


for _offer in OFFERS:
    _open(*_offer)


def _turn(request: Request) -> Turn:
    return Turn(viewer=request.viewer, via="api", now=request.now, request_id=request.request_id)


def _joined(done: Joining) -> CommonDone:
    return CommonDone(
        number=done.number, joined=done.joined, moved=done.moved, left_out=left_out_told(done.left_out), unmoved=left_out_told(done.unmoved)
    )


def left_out_told(named: tuple[Named, ...]) -> list[NotTaken]:
    return [NotTaken(number=one.number, reason=one.reason) for one in named]
