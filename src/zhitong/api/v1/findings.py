"""整改台账: what inspections found, answered, given back, closed."""

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
from zhitong.domain.inspections.actions.finding import answer_finding, close_finding, return_finding
from zhitong.domain.inspections.queries.findings import FindingFilters, FindingRow, finding_seen, findings_for
from zhitong.domain.inspections.queries.sight import officials_only
from zhitong.domain.inspections.rules.kinds import FindingState

router = Router()


class OpinionSaid(Said):
    """意见."""

    words: Note = ""


class FindingInList(Shape):
    """A finding as a list shows it."""

    id: UUID
    inspection: str
    unit: str
    what: str
    demand: str
    reported: str
    differs: bool = Field(description="与自报不一致")
    state: Labelled
    light: Labelled
    found_at: datetime
    due_at: datetime
    answer: str
    closed_at: datetime | None


class FindingsTold(Shape):
    """One page, the newest first."""

    rows: list[FindingInList]
    next: str | None


class FindingTold(Shape):
    """A finding opened, and what the caller may do with it now."""

    finding: FindingInList
    by_unit: str
    drawn: str
    due_words: str
    returns: int
    return_reason: str
    opinion: str
    files: list[Attached]
    acts: list[Labelled]


class FindingsWanted(Shape):
    """Which findings."""

    state: OneOf[FindingState] | None = Field(None, description="状态")
    differs: bool | None = Field(None, description="与自报不一致")
    late: bool = Field(False, description="超期未报")
    words: Words = Field("", description="在问题和要求中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class RectificationSaid(Said):
    """整改情况."""

    text: LongNote
    files: list[UUID] = Field(default_factory=list, max_length=9)


@reads(router, "/inspection-findings", answer=FindingsTold, summary="整改台账")
def findings(request: Request, wanted: Annotated[FindingsWanted, Query()]) -> FindingsTold:
    """Of the caller's unit and territory, the newest first."""
    officials_only(request.viewer)
    key = opened("findings", wanted.cursor)
    filters = FindingFilters(state=wanted.state, differs=wanted.differs, late=wanted.late, words=wanted.words)
    rows = findings_for(
        request.viewer, filters, now=request.now, after=UUID(str(key[0])) if key else None, limit=wanted.limit + 1
    )
    shown, more = rows[: wanted.limit], len(rows) > wanted.limit
    return FindingsTold(rows=[finding_listed(one) for one in shown], next=sealed("findings", (shown[-1].id,) if more else None))


@reads(router, "/inspection-findings/{finding_id}", answer=FindingTold, summary="一项发现的问题")
def finding(request: Request, finding_id: UUID) -> FindingTold:
    """What was reported beside what was found, and how it was put right."""
    return finding_told(request, finding_id)


@writes(router, "/inspection-findings/{finding_id}/answer", answer=FindingTold, summary="报告整改情况")
def answer(request: Request, finding_id: UUID, said: RectificationSaid) -> FindingTold:
    """由督查单位核查."""
    answer_finding(request.viewer, finding_id, said.text, said.files, actor=actor_of(request), now=request.now)
    return finding_told(request, finding_id)


@writes(router, "/inspection-findings/{finding_id}/return", answer=FindingTold, summary="退回整改")
def give_back(request: Request, finding_id: UUID, said: OpinionSaid) -> FindingTold:
    """写明还差什么，原期限不变."""
    return_finding(request.viewer, finding_id, said.words, actor=actor_of(request), now=request.now)
    return finding_told(request, finding_id)


@writes(router, "/inspection-findings/{finding_id}/closing", answer=FindingTold, summary="核查销号")
def close(request: Request, finding_id: UUID, said: OpinionSaid) -> FindingTold:
    """写明怎样核查的."""
    close_finding(request.viewer, finding_id, said.words, actor=actor_of(request), now=request.now)
    return finding_told(request, finding_id)


def finding_told(request: Request, finding_id: UUID) -> FindingTold:
    """A finding as one of them is told."""
    officials_only(request.viewer)
    found = finding_seen(request.viewer, finding_id, now=request.now)
    return FindingTold(
        finding=finding_listed(found.row), by_unit=found.by_unit, drawn=found.drawn, due_words=found.due_words, returns=found.returns,
        return_reason=found.return_reason, opinion=found.opinion, files=[attached(one) for one in found.files],
        acts=[labelled(one) for one in found.acts],
    )


def finding_listed(one: FindingRow) -> FindingInList:
    """A finding as lists tell it."""
    return FindingInList(
        id=one.id, inspection=one.inspection, unit=one.unit, what=one.what, demand=one.demand, reported=one.reported,
        differs=one.differs, state=labelled(one.state), light=labelled(one.light), found_at=one.found_at, due_at=one.due_at,
        answer=one.answer, closed_at=one.closed_at,
    )
