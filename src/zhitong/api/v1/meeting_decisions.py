"""决定事项: what meetings decided, carried out, given back, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.words import Labelled, LongNote, Note, OneOf, Said, Shape, Words, labelled
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.rhythm.actions.tracking import answer_decision, close_decision, report_progress, return_decision
from zhitong.domain.rhythm.queries.decisions import DecisionFilters, DecisionRow, decision_seen, decisions_for
from zhitong.domain.rhythm.rules.kinds import DecisionState

router = Router()


class MeetingDecisionInList(Shape):
    """A decision as a list shows it."""

    id: UUID
    meeting_id: UUID
    meeting: str
    number: int
    what: str
    unit: str
    joint: list[str]
    state: Labelled
    light: Labelled
    workdays: int
    due_at: datetime | None
    progress: str
    progress_at: datetime | None
    closed_at: datetime | None
    carried: int = Field(description="又上会几次")


class MeetingDecisionsTold(Shape):
    """One page, the newest first."""

    rows: list[MeetingDecisionInList]
    next: str | None


class DecisionEventTold(Shape):
    """One line of what happened to a decision."""

    at: datetime
    kind: Labelled
    unit: str
    words: str


class MeetingDecisionTold(Shape):
    """A decision opened, and what the caller may do with it now."""

    decision: MeetingDecisionInList
    office: str
    due_words: str
    returns: int
    return_reason: str
    opinion: str
    files: list[Attached]
    told: list[DecisionEventTold]
    acts: list[Labelled]


class MeetingDecisionsWanted(Shape):
    """Which decisions."""

    state: OneOf[DecisionState] | None = Field(None, description="状态")
    own: bool = Field(False, description="本单位落实或配合的")
    late: bool = Field(False, description="超期未报")
    words: Words = Field("", description="在决定事项和会议名称中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class CarryingOutSaid(Said):
    """落实情况."""

    text: LongNote
    files: list[UUID] = Field(default_factory=list, max_length=9)


class JudgementSaid(Said):
    """意见."""

    text: Note = ""


@reads(router, "/meeting-decisions", answer=MeetingDecisionsTold, summary="决定事项")
def decisions(request: Request, wanted: Annotated[MeetingDecisionsWanted, Query()]) -> MeetingDecisionsTold:
    """Of the caller's unit, its meetings and its territory, the newest first."""
    officials_only(request.viewer)
    key = opened("meeting-decisions", wanted.cursor)
    filters = DecisionFilters(state=wanted.state, own=wanted.own, late=wanted.late, words=wanted.words)
    rows = decisions_for(request.viewer, filters, now=request.now, after=UUID(str(key[0])) if key else None, limit=wanted.limit + 1)
    shown, more = rows[: wanted.limit], len(rows) > wanted.limit
    return MeetingDecisionsTold(
        rows=[decision_listed(one) for one in shown], next=sealed("meeting-decisions", (shown[-1].id,) if more else None)
    )


@reads(router, "/meeting-decisions/{decision_id}", answer=MeetingDecisionTold, summary="一项决定事项")
def decision(request: Request, decision_id: UUID) -> MeetingDecisionTold:
    """What came of it is told to who has a part in it and to who oversees."""
    return _told(request, decision_id)


@writes(router, "/meeting-decisions/{decision_id}/progress", answer=MeetingDecisionTold, summary="报告决定事项的进展")
def progress(request: Request, decision_id: UUID, said: CarryingOutSaid) -> MeetingDecisionTold:
    """责任单位和配合单位都可以报."""
    report_progress(request.viewer, decision_id, said.text, said.files, actor=actor_of(request), now=request.now)
    return _told(request, decision_id)


@writes(router, "/meeting-decisions/{decision_id}/answer", answer=MeetingDecisionTold, summary="报告决定事项已落实")
def answer(request: Request, decision_id: UUID, said: CarryingOutSaid) -> MeetingDecisionTold:
    """由召集单位核实."""
    answer_decision(request.viewer, decision_id, said.text, said.files, actor=actor_of(request), now=request.now)
    return _told(request, decision_id)


@writes(router, "/meeting-decisions/{decision_id}/return", answer=MeetingDecisionTold, summary="退回续办决定事项")
def give_back(request: Request, decision_id: UUID, said: JudgementSaid) -> MeetingDecisionTold:
    """写明还差什么，原期限不变."""
    return_decision(request.viewer, decision_id, said.text, actor=actor_of(request), now=request.now)
    return _told(request, decision_id)


@writes(router, "/meeting-decisions/{decision_id}/closing", answer=MeetingDecisionTold, summary="核实办结决定事项")
def close(request: Request, decision_id: UUID, said: JudgementSaid) -> MeetingDecisionTold:
    """写明怎样核实的."""
    close_decision(request.viewer, decision_id, said.text, actor=actor_of(request), now=request.now)
    return _told(request, decision_id)


def decision_listed(one: DecisionRow) -> MeetingDecisionInList:
    """A decision as lists tell it."""
    return MeetingDecisionInList(
        id=one.id, meeting_id=one.cycle_id, meeting=one.cycle, number=one.number, what=one.what, unit=one.unit, joint=list(one.joint),
        state=labelled(one.state), light=labelled(one.light), workdays=one.workdays, due_at=one.due_at, progress=one.progress,
        progress_at=one.progress_at, closed_at=one.closed_at, carried=one.carried,
    )


def _told(request: Request, decision_id: UUID) -> MeetingDecisionTold:
    officials_only(request.viewer)
    found = decision_seen(request.viewer, decision_id, now=request.now)
    return MeetingDecisionTold(
        decision=decision_listed(found.row), office=found.office, due_words=found.due_words, returns=found.returns,
        return_reason=found.return_reason, opinion=found.opinion, files=[attached(one) for one in found.files],
        told=[DecisionEventTold(at=one.at, kind=labelled(one.kind), unit=one.unit, words=one.words) for one in found.told],
        acts=[labelled(one) for one in found.acts],
    )
