"""走访计划: visits to come, joined or called off; the one-page paper before one; who wants to be left in peace."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.v1.visits import PromiseTold, VisitInList, listed, promise_told
from zhitong.api.words import Empty, Labelled, Note, Said, Shape, ShortText, labelled
from zhitong.domain.visits.actions.planning import NewPlan, ask_quiet, call_off, end_quiet, join_visit, plan_visit
from zhitong.domain.visits.queries.lists import plans_for
from zhitong.domain.visits.queries.outlook import PlanView, outlook
from zhitong.domain.visits.queries.paper import visit_paper
from zhitong.kit.clock import day_of

router = Router()


class PlanTold(Shape):
    """A planned visit; plans with the same `together` are one joint visit."""

    id: UUID
    subject: UUID
    name: str
    unit: str
    planned_on: date
    who: str
    purpose: str
    together: UUID


class PlansTold(Shape):
    """Visits to come, the next first."""

    rows: list[PlanTold]


class OutlookTold(Shape):
    """A firm's month before one plans a visit."""

    done: int
    plans: list[PlanTold]
    goes_together: bool = Field(description="建议联合走访")
    words: str
    is_quiet: bool = Field(description="无事不扰")


class FigureTold(Shape):
    """A figure of the last card."""

    label: str
    told: str
    unit: str


class PaperProblem(Shape):
    """An open problem."""

    number: str
    category: str
    state: Labelled
    unit: str
    due_at: datetime | None


class PaperTold(Shape):
    """走访一页纸."""

    name: str
    code: str
    tier: Labelled | None
    outlook: OutlookTold
    last_visit: VisitInList | None
    promises: list[PromiseTold]
    problems: list[PaperProblem]
    card_round: str
    figures: list[FigureTold]


class PlanningVisit(Said):
    """安排走访."""

    subject: UUID
    planned_on: date
    who: ShortText
    purpose: Note = ""
    despite_quiet: Note = Field("", description="企业登记无事不扰时，必须走访的理由")


class JoiningVisit(Said):
    """参加联合走访."""

    who: ShortText


class CallingOffVisit(Said):
    """取消计划."""

    reason: ShortText


class QuietSaid(Said):
    """无事不扰."""

    words: Note = ""


@reads(router, "/visits/plans", answer=PlansTold, summary="走访计划：今天起和本单位、所分包企业、本辖区有关的")
def plans(request: Request) -> PlansTold:
    """So that units do not come one after the other."""
    return PlansTold(rows=[_plan(one) for one in plans_for(request.viewer, today=day_of(request.now))])


@reads(router, "/subjects/{subject_id}/visit-paper", answer=PaperTold, summary="走访一页纸")
def paper(request: Request, subject_id: UUID) -> PaperTold:
    """What one reads before going there."""
    found = visit_paper(request.viewer, subject_id, now=request.now)
    return PaperTold(
        name=found.subject.name, code=found.subject.code, tier=labelled(found.subject.tier) if found.subject.tier else None,
        outlook=_outlook(request, subject_id), last_visit=listed(found.last_visit) if found.last_visit else None,
        promises=[promise_told(one) for one in found.promises], card_round=found.card_round,
        problems=[
            PaperProblem(number=one.number, category=one.category_label, state=labelled(one.state), unit=one.unit, due_at=one.due_at)
            for one in found.problems
        ],
        figures=[FigureTold(label=one.label, told=one.told, unit=one.unit) for one in found.figures],
    )


@writes(router, "/visits/plans", answer=OutlookTold, summary="安排走访", status=HTTPStatus.CREATED)
def plan(request: Request, said: PlanningVisit) -> OutlookTold:
    """别的单位看得到；答复里有这个月已去几次、还有谁要去。"""
    plan_visit(request.viewer, NewPlan(
        subject_id=said.subject, planned_on=said.planned_on, who=said.who, purpose=said.purpose,
        despite_quiet=said.despite_quiet, actor=actor_of(request), now=request.now,
    ))
    return _outlook(request, said.subject, said.planned_on)


@writes(router, "/visits/plans/{plan_id}/join", answer=PlansTold, summary="参加联合走访", status=HTTPStatus.CREATED)
def join(request: Request, plan_id: UUID, said: JoiningVisit) -> PlansTold:
    """按对方的日期一起去。"""
    join_visit(request.viewer, plan_id, said.who, actor=actor_of(request), now=request.now)
    return plans(request)


@writes(router, "/visits/plans/{plan_id}/call-off", answer=PlansTold, summary="取消走访计划")
def leave(request: Request, plan_id: UUID, said: CallingOffVisit) -> PlansTold:
    """本单位的计划。"""
    call_off(request.viewer, plan_id, said.reason, actor=actor_of(request), now=request.now)
    return plans(request)


@writes(router, "/subjects/{subject_id}/quiet", answer=OutlookTold, summary="登记无事不扰")
def quiet(request: Request, subject_id: UUID, said: QuietSaid) -> OutlookTold:
    """企业自己，或者工作人员代为登记。"""
    ask_quiet(request.viewer, subject_id, said.words, actor=actor_of(request), now=request.now)
    return _outlook(request, subject_id)


@writes(router, "/subjects/{subject_id}/quiet/end", answer=OutlookTold, summary="取消无事不扰")
def unquiet(request: Request, subject_id: UUID, said: Empty) -> OutlookTold:
    """此后可以照常安排走访。"""
    end_quiet(request.viewer, subject_id, actor=actor_of(request), now=request.now)
    return _outlook(request, subject_id)


def _outlook(request: Request, subject_id: UUID, day: date | None = None) -> OutlookTold:
    found = outlook(request.viewer, subject_id, day or day_of(request.now))
    return OutlookTold(
        done=found.done, plans=[_plan(one) for one in found.plans], goes_together=found.goes_together, words=found.words,
        is_quiet=found.quiet is not None,
    )


def _plan(one: PlanView) -> PlanTold:
    return PlanTold(
        id=one.id, subject=one.subject_id, name=one.subject, unit=one.unit, planned_on=one.planned_on, who=one.who,
        purpose=one.purpose, together=one.together,
    )
