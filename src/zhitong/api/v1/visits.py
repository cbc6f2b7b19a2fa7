"""走访: planned, joined, written down, confirmed; promises settled; the one-page paper; who wants to be left in peace."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.words import (
    Code,
    Empty,
    Labelled,
    LongNote,
    LongText,
    Name,
    Note,
    OneOf,
    Said,
    Shape,
    ShortText,
    Words,
    labelled,
    unit_id_coded,
)
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.files.rules.kinds import MOST_FILES
from zhitong.domain.problems.rules.kinds import UNDECIDED
from zhitong.domain.visits.actions.confirming import confirm_visit, settle_promise
from zhitong.domain.visits.actions.planning import NewPlan, ask_quiet, call_off, end_quiet, join_visit, plan_visit
from zhitong.domain.visits.actions.recording import (
    MOST_MATTERS,
    MOST_PROMISES,
    NewMatter,
    NewPromise,
    NewVisit,
    record_visit,
)
from zhitong.domain.visits.queries.lists import Filters, VisitRow, plans_for, visits_for
from zhitong.domain.visits.queries.one import PromiseView, visit_seen
from zhitong.domain.visits.queries.outlook import PlanView, outlook
from zhitong.domain.visits.queries.paper import visit_paper
from zhitong.domain.visits.rules.kinds import ConfirmationState, VisitKind
from zhitong.domain.visits.rules.lenses import Lens, lenses_of
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

router = Router()


class VisitInList(Shape):
    """A visit as a list shows it."""

    id: UUID
    subject: UUID
    name: str
    region: str
    unit: str
    kind: Labelled
    happened_on: date
    lead_official: str
    by_liaison: bool = Field(description="由联络员代办，领导没有到场")
    went: str
    excerpt: str
    confirmation: Labelled
    open_promises: int
    problems: int


class VisitsTold(Shape):
    """One page of visits, the newest record first."""

    lens: Labelled
    rows: list[VisitInList]
    next: str | None


class VisitsWanted(Shape):
    """Which visits."""

    lens: OneOf[Lens] | None = Field(None, description="视角；不填为该岗位第一个")
    kind: OneOf[VisitKind] | None = Field(None, description="方式")
    confirmation: OneOf[ConfirmationState] | None = Field(None, description="企业确认情况")
    since: date | None = None
    until: date | None = None
    subject: UUID | None = None
    open_promises: bool = Field(False, description="只看有未兑现承诺的")
    words: Words = Field("", description="在企业名称和走访领导中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class PromiseTold(Shape):
    """A promise and how it stands."""

    id: UUID
    what: str
    unit: str
    due_on: date
    state: Labelled
    is_overdue: bool
    note: str


class ProblemOfVisit(Shape):
    """A problem raised in place, as it stands."""

    number: str
    excerpt: str
    state: Labelled
    answer: str


class VisitTold(Shape):
    """A visit in full; problems that are not the caller's to see are left out."""

    visit: VisitInList
    words: str
    said: str = Field(description="企业确认时说的")
    confirmed_at: datetime | None
    promises: list[PromiseTold]
    problems: list[ProblemOfVisit]
    files: list[Attached]


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


class PromiseSaid(Said):
    """A promise."""

    what: ShortText
    due_on: date
    unit: Code | None = Field(None, description="责任单位代码，不填为本单位")


class MatterOfVisit(Said):
    """A problem raised in place."""

    text: LongText
    category: Code = UNDECIDED


class Visiting(Said):
    """登记走访."""

    subject: UUID
    plan: UUID | None = None
    kind: OneOf[VisitKind] = Field(VisitKind.VISIT, description="方式")
    happened_on: date
    lead_official: Name
    by_liaison: bool = Field(False, description="由联络员代办")
    went: Note = ""
    words: LongNote = ""
    promises: list[PromiseSaid] = Field([], max_length=MOST_PROMISES)
    problems: list[MatterOfVisit] = Field([], max_length=MOST_MATTERS)
    files: list[UUID] = Field([], max_length=MOST_FILES, description="录音或照片：POST /files 返回的 id")


class Planning(Said):
    """安排走访."""

    subject: UUID
    planned_on: date
    who: ShortText
    purpose: Note = ""
    despite_quiet: Note = Field("", description="企业登记无事不扰时，必须走访的理由")


class Joining(Said):
    """参加联合走访."""

    who: ShortText


class CallingOff(Said):
    """取消计划."""

    reason: ShortText


class Confirming(Said):
    """企业确认."""

    came: bool = Field(description="false 为没有来过")
    words: Note = ""


class Settling(Said):
    """登记兑现情况."""

    kept: bool
    note: Note = Field("", description="没有兑现的写明原因")


class QuietSaid(Said):
    """无事不扰."""

    words: Note = ""


@reads(router, "/visits", answer=VisitsTold, summary="走访记录")
def visits(request: Request, wanted: Annotated[VisitsWanted, Query()]) -> VisitsTold:
    """One page of a lens."""
    viewer = request.viewer
    lens = wanted.lens or lenses_of(viewer.unit_kind, viewer.reach)[0]
    filters = Filters(
        kind=wanted.kind, confirmation=wanted.confirmation, since=wanted.since, until=wanted.until, subject_id=wanted.subject,
        with_open_promises=wanted.open_promises, words=wanted.words,
    )
    listing = f"visits.{lens}"
    key = opened(listing, wanted.cursor)
    rows = visits_for(viewer, lens, filters, after=UUID(str(key[0])) if key else None, limit=wanted.limit + 1)
    more, shown = len(rows) > wanted.limit, rows[: wanted.limit]
    return VisitsTold(lens=labelled(lens), rows=[_listed(one) for one in shown], next=sealed(listing, (shown[-1].id,) if more else None))


@reads(router, "/visits/plans", answer=PlansTold, summary="走访计划：今天起和本单位、所分包企业、本辖区有关的")
def plans(request: Request) -> PlansTold:
    """So that units do not come one after the other."""
    return PlansTold(rows=[_plan(one) for one in plans_for(request.viewer, today=day_of(request.now))])


@reads(router, "/visits/{visit_id}", answer=VisitTold, summary="一次走访：承诺、提出的问题、企业确认")
def visit(request: Request, visit_id: UUID) -> VisitTold:
    """For who went, who looks after the firm, the offices above it, and the firm itself."""
    return _whole(request, visit_id)


@reads(router, "/subjects/{subject_id}/visit-paper", answer=PaperTold, summary="走访一页纸")
def paper(request: Request, subject_id: UUID) -> PaperTold:
    """What one reads before going there."""
    found = visit_paper(request.viewer, subject_id, now=request.now)
    return PaperTold(
        name=found.subject.name, code=found.subject.code, tier=labelled(found.subject.tier) if found.subject.tier else None,
        outlook=_outlook(request, subject_id), last_visit=_listed(found.last_visit) if found.last_visit else None,
        promises=[_promise(one) for one in found.promises], card_round=found.card_round,
        problems=[
            PaperProblem(number=one.number, category=one.category_label, state=labelled(one.state), unit=one.unit, due_at=one.due_at)
            for one in found.problems
        ],
        figures=[FigureTold(label=one.label, told=one.told, unit=one.unit) for one in found.figures],
    )


@writes(router, "/visits", answer=VisitTold, summary="登记走访", status=HTTPStatus.CREATED)
def record(request: Request, said: Visiting) -> VisitTold:
    """三句话或录音；提出的问题立案交办，企业收到消息后确认。"""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    promises = [
        NewPromise(one.what, one.due_on, unit_id_coded(one.unit, f"promises.{place}.unit") if one.unit else None)
        for place, one in enumerate(said.promises)
    ]
    found = record_visit(request.viewer, NewVisit(
        campaign=campaign.code, subject_id=said.subject, plan_id=said.plan, kind=said.kind, happened_on=said.happened_on,
        lead_official=said.lead_official, by_liaison=said.by_liaison, went=said.went, words=said.words, promises=promises,
        matters=[NewMatter(one.text, one.category) for one in said.problems], file_ids=tuple(said.files),
        actor=actor_of(request), now=request.now,
    ))
    return _whole(request, found)


@writes(router, "/visits/plans", answer=OutlookTold, summary="安排走访", status=HTTPStatus.CREATED)
def plan(request: Request, said: Planning) -> OutlookTold:
    """别的单位看得到；答复里有这个月已去几次、还有谁要去。"""
    plan_visit(request.viewer, NewPlan(
        subject_id=said.subject, planned_on=said.planned_on, who=said.who, purpose=said.purpose,
        despite_quiet=said.despite_quiet, actor=actor_of(request), now=request.now,
    ))
    return _outlook(request, said.subject, said.planned_on)


@writes(router, "/visits/plans/{plan_id}/join", answer=PlansTold, summary="参加联合走访", status=HTTPStatus.CREATED)
def join(request: Request, plan_id: UUID, said: Joining) -> PlansTold:
    """按对方的日期一起去。"""
    join_visit(request.viewer, plan_id, said.who, actor=actor_of(request), now=request.now)
    return plans(request)


@writes(router, "/visits/plans/{plan_id}/call-off", answer=PlansTold, summary="取消走访计划")
def leave(request: Request, plan_id: UUID, said: CallingOff) -> PlansTold:
    """本单位的计划。"""
    call_off(request.viewer, plan_id, said.reason, actor=actor_of(request), now=request.now)
    return plans(request)


@writes(router, "/visits/{visit_id}/confirmation", answer=VisitTold, summary="企业确认走访，或说没有来过")
def confirm(request: Request, visit_id: UUID, said: Confirming) -> VisitTold:
    """只有被走访的企业能确认，只能一次。"""
    confirm_visit(request.viewer, visit_id, came=said.came, words=said.words, actor=actor_of(request), now=request.now)
    return _whole(request, visit_id)


@writes(router, "/visits/promises/{promise_id}/settlement", answer=VisitTold, summary="登记承诺兑现情况")
def settle(request: Request, promise_id: UUID, said: Settling) -> VisitTold:
    """作出承诺的单位或责任单位登记。"""
    visit_id = settle_promise(
        request.viewer, promise_id, kept=said.kept, note=said.note, actor=actor_of(request), now=request.now
    )
    return _whole(request, visit_id)


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


def _whole(request: Request, visit_id: UUID) -> VisitTold:
    found = visit_seen(request.viewer, visit_id, today=day_of(request.now))
    return VisitTold(
        visit=_listed(found.row), words=found.words, said=found.said, confirmed_at=found.confirmed_at,
        promises=[_promise(one) for one in found.promises], files=[attached(file) for file in found.files],
        problems=[
            ProblemOfVisit(number=one.number, excerpt=one.excerpt, state=labelled(one.state), answer=one.answer)
            for one in found.problems if one is not None
        ],
    )


def _outlook(request: Request, subject_id: UUID, day: date | None = None) -> OutlookTold:
    found = outlook(request.viewer, subject_id, day or day_of(request.now))
    return OutlookTold(
        done=found.done, plans=[_plan(one) for one in found.plans], goes_together=found.goes_together, words=found.words,
        is_quiet=found.quiet is not None,
    )


def _listed(one: VisitRow) -> VisitInList:
    return VisitInList(
        id=one.id, subject=one.subject_id, name=one.subject, region=one.region, unit=one.unit, kind=labelled(one.kind),
        happened_on=one.happened_on, lead_official=one.lead_official, by_liaison=one.by_liaison, went=one.went,
        excerpt=one.excerpt, confirmation=labelled(one.confirmation), open_promises=one.open_promises, problems=one.problems,
    )


def _plan(one: PlanView) -> PlanTold:
    return PlanTold(
        id=one.id, subject=one.subject_id, name=one.subject, unit=one.unit, planned_on=one.planned_on, who=one.who,
        purpose=one.purpose, together=one.together,
    )


def _promise(one: PromiseView) -> PromiseTold:
    return PromiseTold(
        id=one.id, what=one.what, unit=one.unit, due_on=one.due_on, state=labelled(one.state), is_overdue=one.is_overdue,
        note=one.note,
    )
