"""Progress reports: what is owed, one of them, filling in and sending, the meter."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.report_decisions import Done, FigureCorrection, Value, correction_told
from zhitong.api.words import Code, Labelled, LongNote, Note, OneOf, Said, Shape, labelled, maybe_labelled, region_coded
from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.rules import Stage
from zhitong.domain.problems.actions.reporting import ReportToSend, submit_reports
from zhitong.domain.progress.actions.entering import Entry, Told, add_evidence, save_reports
from zhitong.domain.progress.actions.submitting import Submission
from zhitong.domain.progress.queries.lists import Narrowing, ReportLens, ReportRow, reports_for
from zhitong.domain.progress.queries.meters import reporting_by_region
from zhitong.domain.progress.queries.one import opened_report
from zhitong.domain.progress.queries.sheets import FigureLine
from zhitong.domain.progress.rules import Mark, Quality, ReportState
from zhitong.domain.progress.rules.counting import Reporting
from zhitong.kit.refusals import NotFound

router = Router()
Period = Annotated[str, Field(max_length=12, description="2018-08、2018-08A（上旬）、2018Q3、2018H1、2018")]


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


class EvidenceAdded(Said):
    """Files that were uploaded before."""

    files: list[UUID] = Field(min_length=1, max_length=20)


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
        figures=[_figure(line) for line in one.figures], corrections=[correction_told(each) for each in found.corrections],
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


def _reporting(name: str, code: str, found: Reporting) -> RegionReporting:
    return RegionReporting(
        region=name, region_code=code, owed=found.owed, on_time=found.count(Mark.ON_TIME), late=found.count(Mark.LATE),
        missing=found.count(Mark.MISSING), waiting=found.count(Mark.WAITING), returned=found.count(Mark.RETURNED),
        ever_returned=found.returned, rate=float(found.rate) if found.rate is not None else None,
        timeliness=float(found.timeliness) if found.timeliness is not None else None,
    )
