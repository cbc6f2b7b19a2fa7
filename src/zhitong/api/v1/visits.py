"""走访: visits written down, confirmed by the firm, their promises settled."""

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
from zhitong.domain.visits.actions.recording import (
    MOST_MATTERS,
    MOST_PROMISES,
    NewMatter,
    NewPromise,
    NewVisit,
    record_visit,
)
from zhitong.domain.visits.queries.lists import Filters, VisitRow, visits_for
from zhitong.domain.visits.queries.one import PromiseView, visit_seen
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


class ConfirmingVisit(Said):
    """企业确认."""

    came: bool = Field(description="false 为没有来过")
    words: Note = ""


class SettlingPromise(Said):
    """登记兑现情况."""

    kept: bool
    note: Note = Field("", description="没有兑现的写明原因")


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
    return VisitsTold(lens=labelled(lens), rows=[listed(one) for one in shown], next=sealed(listing, (shown[-1].id,) if more else None))


@reads(router, "/visits/{visit_id}", answer=VisitTold, summary="一次走访：承诺、提出的问题、企业确认")
def visit(request: Request, visit_id: UUID) -> VisitTold:
    """For who went, who looks after the firm, the offices above it, and the firm itself."""
    return _whole(request, visit_id)


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


@writes(router, "/visits/{visit_id}/confirmation", answer=VisitTold, summary="企业确认走访，或说没有来过")
def confirm(request: Request, visit_id: UUID, said: ConfirmingVisit) -> VisitTold:
    """只有被走访的企业能确认，只能一次。"""
    confirm_visit(request.viewer, visit_id, came=said.came, words=said.words, actor=actor_of(request), now=request.now)
    return _whole(request, visit_id)


@writes(router, "/visits/promises/{promise_id}/settlement", answer=VisitTold, summary="登记承诺兑现情况")
def settle(request: Request, promise_id: UUID, said: SettlingPromise) -> VisitTold:
    """作出承诺的单位或责任单位登记。"""
    visit_id = settle_promise(
        request.viewer, promise_id, kept=said.kept, note=said.note, actor=actor_of(request), now=request.now
    )
    return _whole(request, visit_id)


def _whole(request: Request, visit_id: UUID) -> VisitTold:
    found = visit_seen(request.viewer, visit_id, today=day_of(request.now))
    return VisitTold(
        visit=listed(found.row), words=found.words, said=found.said, confirmed_at=found.confirmed_at,
        promises=[promise_told(one) for one in found.promises], files=[attached(file) for file in found.files],
        problems=[
            ProblemOfVisit(number=one.number, excerpt=one.excerpt, state=labelled(one.state), answer=one.answer)
            for one in found.problems if one is not None
        ],
    )


def listed(one: VisitRow) -> VisitInList:
    """A visit as lists tell it."""
    return VisitInList(
        id=one.id, subject=one.subject_id, name=one.subject, region=one.region, unit=one.unit, kind=labelled(one.kind),
        happened_on=one.happened_on, lead_official=one.lead_official, by_liaison=one.by_liaison, went=one.went,
        excerpt=one.excerpt, confirmation=labelled(one.confirmation), open_promises=one.open_promises, problems=one.problems,
    )


def promise_told(one: PromiseView) -> PromiseTold:
    """A promise with how it stands."""
    return PromiseTold(
        id=one.id, what=one.what, unit=one.unit, due_on=one.due_on, state=labelled(one.state), is_overdue=one.is_overdue,
        note=one.note,
    )
