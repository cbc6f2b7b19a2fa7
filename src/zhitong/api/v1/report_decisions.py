"""What offices decide on reports: approving here, accepting above, returning, letting through, corrections after the lock."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Note, Said, Shape
from zhitong.domain.progress.actions.correcting import AskedCorrection, ask_correction, decide_correction
from zhitong.domain.progress.actions.deciding import (
    Decision,
    accept_reports,
    approve_reports,
    let_through,
    return_reports,
)
from zhitong.domain.progress.queries.one import CorrectionView, corrections_of

router = Router()
Value = Annotated[Decimal | None, Field(max_digits=24, decimal_places=6, description="基本单位的数；没有数为 null，不要写 0")]


class FigureCorrection(Shape):
    """A correction after the lock."""

    id: UUID
    report_id: UUID
    indicator: str
    region: str
    period: str
    before: str
    after: str
    reason: str
    by_unit: str
    asked_at: datetime
    decided_at: datetime | None
    is_allowed: bool | None
    decision: str
    is_ours: bool


class FigureCorrections(Shape):
    """FigureCorrections, those that wait first."""

    rows: list[FigureCorrection]


class ReportsDecided(Said):
    """The reports that are meant, all of them or none."""

    report_ids: list[UUID] = Field(min_length=1, max_length=200)
    reason: Note = ""


class CorrectionWanted(Said):
    """Another value for a figure of a locked report."""

    after: Value
    reason: Note


class FigureCorrectionDecided(Said):
    """Yes or no."""

    is_allowed: bool
    words: Note = ""


class Done(Shape):
    """How many reports were dealt with."""

    count: int


class CorrectionAsked(Shape):
    """A correction that was asked for."""

    id: UUID


@reads(router, "/reports/corrections", answer=FigureCorrections, summary="更正申请：待本单位决定的在前")
def corrections(request: Request) -> FigureCorrections:
    """FigureCorrections that the viewer sees."""
    return FigureCorrections(rows=[correction_told(one) for one in corrections_of(request.viewer)])


@writes(router, "/reports/approve", answer=Done, summary="本级审核通过，一份或多份")
def approve(request: Request, said: ReportsDecided) -> Done:
    """Approve reports."""
    return Done(count=len(approve_reports(_steps(request, said), now=request.now)))


@writes(router, "/reports/accept", answer=Done, summary="接受下级报告，一份或多份")
def accept(request: Request, said: ReportsDecided) -> Done:
    """Accept reports."""
    return Done(count=len(accept_reports(_steps(request, said), now=request.now)))


@writes(router, "/reports/return", answer=Done, summary="退回报告，写明原因")
def give_back(request: Request, said: ReportsDecided) -> Done:
    """Return reports."""
    return Done(count=len(return_reports(_steps(request, said), now=request.now)))


@writes(router, "/reports/let-through", answer=Done, summary="下级没有报齐时准予先行报送，写明原因")
def let_go_up(request: Request, said: ReportsDecided) -> Done:
    """Let reports go up without those below."""
    return Done(count=len(let_through(_steps(request, said), now=request.now)))


@writes(router, "/reports/figures/{uuid:figure_id}/correct", answer=CorrectionAsked, summary="锁定后申请更正一个数")
def correct(request: Request, figure_id: UUID, said: CorrectionWanted) -> CorrectionAsked:
    """Ask for a correction."""
    asked = AskedCorrection(figure_id=figure_id, after=said.after, reason=said.reason, actor=actor_of(request))
    return CorrectionAsked(id=ask_correction(asked, now=request.now))


@writes(router, "/reports/corrections/{uuid:correction_id}/decide", answer=Done, summary="决定更正申请")
def decide(request: Request, correction_id: UUID, said: FigureCorrectionDecided) -> Done:
    """Decide a correction."""
    decide_correction(correction_id, is_allowed=said.is_allowed, words=said.words, actor=actor_of(request), now=request.now)
    return Done(count=1)


def _steps(request: Request, said: ReportsDecided) -> list[Decision]:
    return [Decision(report_id=one, actor=actor_of(request), reason=said.reason) for one in dict.fromkeys(said.report_ids)]


def correction_told(one: CorrectionView) -> FigureCorrection:
    return FigureCorrection(
        id=one.id, report_id=one.report_id, indicator=one.indicator, region=one.region, period=one.period, before=one.before,
        after=one.after, reason=one.reason, by_unit=one.by_unit, asked_at=one.asked_at, decided_at=one.decided_at,
        is_allowed=one.is_allowed, decision=one.decision, is_ours=one.is_ours,
    )
