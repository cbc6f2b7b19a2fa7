"""督办: papers from each side, one paper, drafting one and the acts on it."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.problem import Number
from zhitong.api.v1.urgings import UrgingTold, urging_told
from zhitong.api.words import Empty, Labelled, LongText, Name, Note, OneOf, Said, Shape, ShortText, Words, labelled
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.supervision.actions import supervising
from zhitong.domain.supervision.actions.supervising import CASES_MOST, WORKDAYS_MOST, Drafting
from zhitong.domain.supervision.queries.papers import (
    PaperFilters,
    PaperOrder,
    PaperRow,
    paper_page,
    papers_for,
    sides_of,
)
from zhitong.domain.supervision.rules.kinds import Grade, Side, SupervisionState
from zhitong.kit.refusals import NotFound

router = Router()


class SupervisionInList(Shape):
    """A supervision as a list shows it: of `cases` problems the unit moved `acted` within two working days."""

    id: UUID
    number: str
    grade: Labelled
    state: Labelled
    by_unit: str
    unit: str
    demand: str
    cases: int
    acted: int
    issued_at: datetime | None
    due_at: datetime | None
    light: Labelled
    answered_at: datetime | None


class Supervisions(Shape):
    """One page; `next` is the cursor of the page after it."""

    side: Labelled
    rows: list[SupervisionInList]
    next: str | None


class CaseTold(Shape):
    """A problem that a paper is on."""

    number: str
    subject: str
    state: Labelled


class SupervisionTold(SupervisionInList):
    """One supervision in full."""

    workdays: int
    due_words: str
    signed_by: str
    signed_on: date | None
    answer: str
    return_reason: str
    opinion: str
    accepted_at: datetime | None
    problems: list[CaseTold]
    urgings: list[UrgingTold]


class SupervisionsAsked(Shape):
    """Which papers: a side, filters, an order, a page."""

    side: OneOf[Side] | None = Field(None, description="从哪一方看；不填为该岗位最常用的一个")
    state: list[OneOf[SupervisionState]] = Field([], description="状态，可多选")
    grade: OneOf[Grade] | None = Field(None, description="督办等级")
    light: OneOf[Light] | None = Field(None, description="时限状态")
    words: Words = Field("", description="在编号和要求中查找")
    order: OneOf[PaperOrder] = Field(PaperOrder.NEWEST, description="排序")
    cursor: CursorText = ""
    limit: Limit = 50


class DraftingSaid(Said):
    """起草督办单."""

    problems: list[Number] = Field(min_length=1, max_length=CASES_MOST, description="问题编号，须由同一个单位承办")
    grade: OneOf[Grade] = Field(description="督办等级")
    demand: LongText = Field(description="督办要求")
    workdays: int = Field(ge=1, le=WORKDAYS_MOST, description="反馈期限，工作日")


class IssuingSaid(Said):
    """签发."""

    signed_by: Name = Field(description="签发人姓名和职务")
    signed_on: date = Field(description="签发日期")


class AnsweringSaid(Said):
    """反馈."""

    text: LongText = Field(description="办理情况反馈")


class ReturningSaid(Said):
    """退回重报."""

    reason: ShortText = Field(description="还差什么、按什么要求重报")


class AcceptingSaid(Said):
    """办结."""

    opinion: Note = Field("", description="审核意见")


class Discarded(Shape):
    """That a draft is gone."""

    id: UUID


@reads(router, "/supervisions", answer=Supervisions, summary="督办单列表：按下发、收到、辖区分页")
def list_supervisions(request: Request, asked: Annotated[SupervisionsAsked, Query()]) -> Supervisions:
    """One page of papers."""
    side = asked.side or next(iter(sides_of(request.viewer)), None)
    if side is None:
        raise NotFound
    filters = PaperFilters(states=tuple(asked.state), grade=asked.grade, light=asked.light, words=asked.words)
    listing = f"supervisions.{side}.{asked.order}"
    key = opened(listing, asked.cursor)
    after = (key[0] or None, key[1]) if key else None
    found = papers_for(
        request.viewer, side, filters, now=request.now, order=asked.order, after=after, limit=asked.limit + 1
    )
    last = found[asked.limit - 1] if len(found) > asked.limit else None
    place = ((last.due_at or "") if asked.order is PaperOrder.DUE else "", last.id) if last else None
    rows = [SupervisionInList(**_listed(row)) for row in found[: asked.limit]]
    return Supervisions(side=labelled(side), rows=rows, next=sealed(listing, place))


@reads(router, "/supervisions/{supervision_id}", answer=SupervisionTold, summary="一份督办单")
def one(request: Request, supervision_id: UUID) -> SupervisionTold:
    """One paper."""
    return _told(request, supervision_id)


@writes(router, "/supervisions", answer=SupervisionTold, summary="起草督办单", status=HTTPStatus.CREATED)
def draft(request: Request, said: DraftingSaid) -> SupervisionTold:
    """Draft a paper; it has no number before it is signed."""
    numbers = list(dict.fromkeys(said.problems))
    ids = {head.standing.number: id_ for id_, head in heads_for(request.viewer, numbers=numbers).items()}
    if len(ids) < len(numbers):
        raise NotFound
    paper = supervising.draft(Drafting(
        problem_ids=tuple(ids[number] for number in numbers), grade=said.grade, demand=said.demand,
        workdays=said.workdays, actor=actor_of(request), now=request.now,
    ))
    return _told(request, paper)


@writes(router, "/supervisions/{supervision_id}/issue", answer=SupervisionTold, summary="签发督办单，取号并开始计时")
def issue(request: Request, supervision_id: UUID, said: IssuingSaid) -> SupervisionTold:
    """Sign a paper."""
    supervising.issue(
        supervision_id=supervision_id, signed_by=said.signed_by, signed_on=said.signed_on, actor=actor_of(request),
        now=request.now,
    )
    return _told(request, supervision_id)


@writes(router, "/supervisions/{supervision_id}/discard", answer=Discarded, summary="作废草稿，不占用编号")
def discard(request: Request, supervision_id: UUID, said: Empty) -> Discarded:
    """Throw a draft away."""
    supervising.discard(supervision_id=supervision_id, actor=actor_of(request), now=request.now)
    return Discarded(id=supervision_id)


@writes(router, "/supervisions/{supervision_id}/answer", answer=SupervisionTold, summary="被督办单位反馈")
def answer(request: Request, supervision_id: UUID, said: AnsweringSaid) -> SupervisionTold:
    """Answer a paper."""
    supervising.answer(supervision_id=supervision_id, text=said.text, actor=actor_of(request), now=request.now)
    return _told(request, supervision_id)


@writes(router, "/supervisions/{supervision_id}/return", answer=SupervisionTold, summary="退回反馈重报，只能一次")
def return_answer(request: Request, supervision_id: UUID, said: ReturningSaid) -> SupervisionTold:
    """Return an answer once."""
    supervising.return_answer(
        supervision_id=supervision_id, reason=said.reason, actor=actor_of(request), now=request.now
    )
    return _told(request, supervision_id)


@writes(router, "/supervisions/{supervision_id}/accept", answer=SupervisionTold, summary="督办办结")
def accept(request: Request, supervision_id: UUID, said: AcceptingSaid) -> SupervisionTold:
    """Take an answer as done."""
    supervising.accept(supervision_id=supervision_id, opinion=said.opinion, actor=actor_of(request), now=request.now)
    return _told(request, supervision_id)


def _listed(row: PaperRow) -> dict[str, object]:
    return {
        "id": row.id, "number": row.number, "grade": labelled(row.grade), "state": labelled(row.state),
        "by_unit": row.by_unit, "unit": row.unit, "demand": row.demand, "cases": row.cases, "acted": row.acted,
        "issued_at": row.issued_at, "due_at": row.due_at, "light": labelled(row.light), "answered_at": row.answered_at,
    }


def _told(request: Request, supervision_id: UUID) -> SupervisionTold:
    page = paper_page(request.viewer, supervision_id, now=request.now)
    return SupervisionTold(
        **_listed(page.row), workdays=page.workdays, due_words=page.due_words, signed_by=page.signed_by,
        signed_on=page.signed_on, answer=page.answer, return_reason=page.return_reason, opinion=page.opinion,
        accepted_at=page.accepted_at,
        problems=[
            CaseTold(number=head.standing.number, subject=head.subject_name, state=labelled(head.standing.state))
            for head in page.cases
        ],
        urgings=[urging_told(urging) for urging in page.urgings],
    )
