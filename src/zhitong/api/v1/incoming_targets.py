"""What came down to a region: targets to accept, another value asked for, and the answer of the level above."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, reads, writes
from zhitong.api.v1.divisions import (
    MOST_SHARES,
    CascadeDone,
    Value,
    campaign_asked,
    figure_text,
    region_asked,
    turn_of,
)
from zhitong.api.words import Code, Labelled, Named, Said, Shape, ShortText, labelled
from zhitong.domain.plans.actions.dividing.answering import accept, answer, ask
from zhitong.domain.plans.queries.dividing.incoming import IncomingShare, incoming_shares

router = Router()


class CameDown(Shape):
    """A share that came down to a region."""

    id: UUID
    target: Named
    goal_above: str
    value: str
    goal: str
    state: Labelled
    since: date
    issued_at: datetime
    asked_value: str | None
    asked_reason: str
    answer: str
    own: str | None
    is_beyond: bool
    target_id: UUID | None
    may_accept: bool
    may_ask: bool


class AllCameDown(Shape):
    """What came down to a region in the order of the plan."""

    rows: list[CameDown]


class Accepting(Said):
    """接收上级下达的目标."""

    shares: Annotated[list[UUID], Field(min_length=1, max_length=MOST_SHARES)]


class AskingOther(Said):
    """请求调整."""

    value: Value
    reason: ShortText


class AnsweringAsked(Said):
    """答复调整请求；不写 value 为维持原值."""

    value: Value | None = None
    words: ShortText


@reads(router, "/incoming-targets", answer=AllCameDown, summary="上级分解下达给一个地区的目标")
def came_down(request: Request, region: Code | None = None, campaign: Code | None = None) -> AllCameDown:
    """What came down to a region."""
    place = region_asked(request, region)
    return AllCameDown(rows=[_incoming(one) for one in incoming_shares(request.viewer, campaign_asked(campaign), place.id)])


@writes(router, "/incoming-targets/accept", answer=CascadeDone, summary="接收上级下达的目标，可以多个")
def accept_targets(request: Request, said: Accepting) -> CascadeDone:
    """Accept shares; those accepted before are not counted."""
    return CascadeDone(done=accept(list(dict.fromkeys(said.shares)), turn_of(request)))


@writes(router, "/incoming-targets/{share_id}/ask", answer=CascadeDone, summary="请求上级调整一个分解的目标")
def ask_other_value(request: Request, share_id: UUID, said: AskingOther) -> CascadeDone:
    """Ask for another value."""
    ask(share_id, turn_of(request), value=said.value, reason=said.reason)
    return CascadeDone(done=1)


@writes(router, "/incoming-targets/{share_id}/answer", answer=CascadeDone, summary="答复下级的调整请求：调整或维持")
def answer_request(request: Request, share_id: UUID, said: AnsweringAsked) -> CascadeDone:
    """Answer a request of a region below."""
    answer(share_id, turn_of(request), value=said.value, words=said.words)
    return CascadeDone(done=1)


def _incoming(one: IncomingShare) -> CameDown:
    return CameDown(
        id=one.id, target=Named(code=one.head.code, name=one.head.name), goal_above=one.head.goal, value=str(one.value),
        goal=one.head.in_words(one.value), state=labelled(one.state), since=one.since, issued_at=one.issued_at,
        asked_value=figure_text(one.asked_value), asked_reason=one.asked_reason, answer=one.answer, own=figure_text(one.own),
        is_beyond=one.is_beyond, target_id=one.target_id, may_accept=one.may_accept, may_ask=one.may_ask,
    )
