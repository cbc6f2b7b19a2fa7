"""Progress reports: what is owed, filling in and sending, approving, accepting, returning, corrections, the meter."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Code, Labelled, LongNote, Note, OneOf, Said, Shape, labelled, maybe_labelled, region_coded
from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.rules import Stage
from zhitong.domain.problems.actions.reporting import ReportToSend, submit_reports
from zhitong.domain.progress.actions.correcting import AskedCorrection, ask_correction, decide_correction
from zhitong.domain.progress.actions.deciding import (
    Decision,
    accept_reports,
    approve_reports,
    let_through,
    return_reports,
)
from zhitong.domain.progress.actions.entering import Entry, Told, add_evidence, save_reports
from zhitong.domain.progress.actions.submitting import Submission
from zhitong.domain.progress.queries.lists import Narrowing, ReportLens, ReportRow, reports_for
from zhitong.domain.progress.queries.meters import reporting_by_region
from zhitong.domain.progress.queries.one import CorrectionView, corrections_of, opened_report
from zhitong.domain.progress.queries.sheets import FigureLine
from zhitong.domain.progress.rules import Mark, Quality, ReportState
from zhitong.domain.progress.rules.counting import Reporting
from zhitong.kit.refusals import NotFound

router = Router()
Period = Annotated[str, Field(max_length=12, description="2018-08、2018-08A（上旬）、2018Q3、2018H1、2018")]
Value = Annotated[Decimal | None, Field(max_digits=24, decimal_places=6, description="基本单位的数；没有数为 null，不要写 0")]


class ReportInList(Shape):
    """A report that is owed, and how it stands."""

    id: UUID
    version: int
    task: str
    title: str
    region: str
    unit: str
    part: str
    period: str
    state: Labelled
    mark: Labelled
    due_at: datetime
    lock_at: datetime
    submitted_at: datetime | None


class Reports(Shape):
    """One page of reports."""

    rows: list[ReportInList]
    next: str | None


class Figure(Shape):
    """A figure with what it is held against; values in base units."""

    id: UUID
    indicator_id: UUID
    name: str
    measure: str
    value: Decimal | None
    stage: Labelled | None
    note: str
    origin: Labelled
    quality: Labelled
    as_of: date | None
    goal: str
    expected: Decimal | None
    previous: Decimal | None
    sum_below: Decimal | None
    missing_below: int
    doubts: list[str]


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


class OneReport(Shape):
    """A report with its figures, words and trace."""

    id: UUID
    version: int
    task: str
    title: str
    region: str
    unit: str
    period: str
    state: Labelled
    due_at: datetime
    lock_at: datetime
    approver: str
    acceptor: str
    progress_words: str
    trouble_words: str
    next_words: str
    return_reason: str
    below_reason: str
    missing: list[str]
    figures: list[Figure]
    corrections: list[FigureCorrection]


class ReportFigureSaid(Said):
    """What is said of one indicator."""

    indicator_id: UUID
    value: Value = None
    stage: OneOf[Stage] | None = None
    note: Note = ""
    quality: OneOf[Quality] = Quality.FINAL


class ReportSaid(Said):
    """A draft; words that are not given stay as they are."""

    version: int | None = None
    figures: list[ReportFigureSaid] = Field(default_factory=list, max_length=200)
    progress_words: LongNote | None = None
    trouble_words: LongNote | None = None
    next_words: LongNote | None = None


class ReportSent(Said):
    """Sending a report; `asks_above` turns its difficulty into a problem."""

    version: int | None = None
    asks_above: bool = False


class ReportsDecided(Said):
    """The reports that are meant, all of them or none."""

    report_ids: list[UUID] = Field(min_length=1, max_length=200)
    reason: Note = ""


class EvidenceAdded(Said):
    """Files that were uploaded before."""

    files: list[UUID] = Field(min_length=1, max_length=20)


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


class RegionReporting(Shape):
    """Reports of a region and all below it; rate = sent ÷ owed, timeliness = on time ÷ owed."""

    region: str
    region_code: str
    owed: int
    on_time: int
    late: int
    missing: int
    waiting: int
    returned: int
    ever_returned: int
    rate: float | None
    timeliness: float | None


class ReportingMeter(Shape):
    """The region asked for and those directly below it."""

    at: datetime
    total: RegionReporting
    below: list[RegionReporting]


@reads(router, "/reports", answer=Reports, summary="目标任务报告：本单位应报、待审核、待接受，或辖区全部")
def reports(
    request: Request, lens: Annotated[OneOf[ReportLens] | None, Query()] = None, period: Period = "",
    region: Code | None = None, state: Annotated[OneOf[ReportState] | None, Query()] = None,
    mark: Annotated[OneOf[Mark] | None, Query()] = None, after: CursorText = "", limit: Limit = 50,
) -> Reports:
    """Reports through a lens."""
    narrowing = Narrowing(period=period, state=state, mark=mark, region_id=region_coded(region).id if region else None)
    rows = reports_for(request.viewer, lens or ReportLens.OWN, narrowing, after=opened("reports", after), limit=limit + 1)
    last = (rows[limit - 1].due_at, rows[limit - 1].id) if len(rows) > limit else None
    return Reports(rows=[_listed(one) for one in rows[:limit]], next=sealed("reports", last))


@reads(router, "/reports/meter", answer=ReportingMeter, summary="报送率和及时率：本地区和下一级")
def meter(request: Request, period: Period, region: Code | None = None) -> ReportingMeter:
    """How far reporting is."""
    here = directory()
    top = region_coded(region) if region else here.regions[request.viewer.region_id]
    if request.viewer.region_id not in {one.id for one in here.path(top.id)}:
        raise NotFound
    places = [top, *here.children(top.id)]
    found = reporting_by_region(request.viewer, [one.id for one in places], period)
    told = [_reporting(one.name, one.code, found[one.id]) for one in places]
    return ReportingMeter(at=request.now, total=told[0], below=told[1:])


@reads(router, "/reports/corrections", answer=FigureCorrections, summary="更正申请：待本单位决定的在前")
def corrections(request: Request) -> FigureCorrections:
    """FigureCorrections that the viewer sees."""
    return FigureCorrections(rows=[_correction(one) for one in corrections_of(request.viewer)])


@reads(router, "/reports/{uuid:report_id}", answer=OneReport, summary="一份报告：指标、进展、审核接受单位、更正")
def report(request: Request, report_id: UUID) -> OneReport:
    """One report."""
    found = opened_report(request.viewer, report_id, now=request.now)
    one = found.sheet
    return OneReport(
        id=one.id, version=one.version, task=one.number, title=one.title, region=one.region, unit=one.unit, period=one.period.code,
        state=labelled(one.state), due_at=one.due_at, lock_at=one.lock_at, approver=found.approver, acceptor=found.acceptor,
        progress_words=one.progress_words, trouble_words=one.trouble_words, next_words=one.next_words,
        return_reason=one.return_reason, below_reason=one.below_reason, missing=one.missing,
        figures=[_figure(line) for line in one.figures], corrections=[_correction(each) for each in found.corrections],
    )


@writes(router, "/reports/{uuid:report_id}/draft", answer=Done, summary="填报：保存草稿")
def draft(request: Request, report_id: UUID, said: ReportSaid) -> Done:
    """Keep a draft."""
    told = [Told(one.indicator_id, one.value, one.stage, one.note, one.quality) for one in said.figures]
    return Done(count=save_reports([Entry(
        report_id=report_id, actor=actor_of(request), version=said.version, figures=told, progress_words=said.progress_words,
        trouble_words=said.trouble_words, next_words=said.next_words,
    )], now=request.now))


@writes(router, "/reports/{uuid:report_id}/submit", answer=Done, summary="报送；需要上级协调的，存在问题随即转为问题")
def submit(request: Request, report_id: UUID, said: ReportSent) -> Done:
    """Send a report."""
    step = Submission(report_id=report_id, actor=actor_of(request), version=said.version)
    return Done(count=len(submit_reports([ReportToSend(submission=step, asks_above=said.asks_above)], now=request.now)))


@writes(router, "/reports/{uuid:report_id}/evidence", answer=Done, summary="附上佐证：先上传的照片、验收单")
def evidence(request: Request, report_id: UUID, said: EvidenceAdded) -> Done:
    """Put evidence beside a report."""
    add_evidence(report_id, said.files, actor=actor_of(request), now=request.now)
    return Done(count=len(said.files))


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


def _listed(one: ReportRow) -> ReportInList:
    return ReportInList(
        id=one.id, version=one.version, task=one.number, title=one.title, region=one.region, unit=one.unit, part=one.part,
        period=one.period, state=labelled(one.state), mark=labelled(one.mark), due_at=one.due_at, lock_at=one.lock_at,
        submitted_at=one.submitted_at,
    )


def _figure(one: FigureLine) -> Figure:
    return Figure(
        id=one.id, indicator_id=one.indicator_id, name=one.name, measure=one.measure, value=one.value, stage=maybe_labelled(one.stage),
        note=one.note, origin=labelled(one.origin), quality=labelled(one.quality), as_of=one.as_of, goal=one.goal,
        expected=one.expected, previous=one.previous, sum_below=one.sum_below, missing_below=one.missing_below,
        doubts=[doubt.sentence for doubt in one.doubts],
    )


def _correction(one: CorrectionView) -> FigureCorrection:
    return FigureCorrection(
        id=one.id, report_id=one.report_id, indicator=one.indicator, region=one.region, period=one.period, before=one.before,
        after=one.after, reason=one.reason, by_unit=one.by_unit, asked_at=one.asked_at, decided_at=one.decided_at,
        is_allowed=one.is_allowed, decision=one.decision, is_ours=one.is_ours,
    )


def _reporting(name: str, code: str, found: Reporting) -> RegionReporting:
    return RegionReporting(
        region=name, region_code=code, owed=found.owed, on_time=found.count(Mark.ON_TIME), late=found.count(Mark.LATE),
        missing=found.count(Mark.MISSING), waiting=found.count(Mark.WAITING), returned=found.count(Mark.RETURNED),
        ever_returned=found.returned, rate=float(found.rate) if found.rate is not None else None,
        timeliness=float(found.timeliness) if found.timeliness is not None else None,
    )
