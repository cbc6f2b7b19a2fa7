"""What a unit owes, period by period, and the sheet of one period: every report on one page with all it is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhitong.domain.calendars.rules import Period, period_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries.targets import shares_on
from zhitong.domain.plans.rules import Aggregation, IndicatorKind, Stage, TargetForm, goal_in_words
from zhitong.domain.progress.models import Figure, Report
from zhitong.domain.progress.queries.attached import evidence_of, milestones_to_prove
from zhitong.domain.progress.queries.below import Below
from zhitong.domain.progress.queries.checking import Ground, figures_by_report, ground_of
from zhitong.domain.progress.queries.held import SourceStand, source_stands
from zhitong.domain.progress.queries.reach import reach
from zhitong.domain.progress.rules import UNSENT, FigureOrigin, Quality, ReportState
from zhitong.domain.progress.rules.checks import Doubt, doubts_of
from zhitong.domain.progress.rules.way import why_not_written
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of a report with all it is held against; values in base units of `measure`."""

    id: UUID
    report_id: UUID
    indicator_id: UUID
    name: str
    measure: str
    kind: IndicatorKind
    value: Decimal | None
    stage: Stage | None
    note: str
    origin: FigureOrigin
    quality: Quality
    as_of: date | None
    previous: Decimal | None
    goal: str
    expected: Decimal | None
    is_qualitative: bool
    sum_below: Decimal | None
    missing_below: int
    has_below: bool
    source: SourceStand | None
    doubts: tuple[Doubt, ...]

    @property
    def change(self) -> Decimal | None:
        """What came since last period."""
        return None if self.value is None or self.previous is None else self.value - self.previous


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """One report as its unit fills it in and others read it; `closed` says why it cannot be written in."""

    id: UUID
    task_id: UUID
    number: str
    title: str
    campaign: str
    region_id: UUID
    region: str
    unit_id: UUID
    unit: str
    part: str
    is_joiner: bool
    period: Period
    state: ReportState
    version: int
    due_at: datetime
    lock_at: datetime
    progress_words: str
    trouble_words: str
    next_words: str
    below_reason: str
    return_reason: str
    first_submitted_at: datetime | None
    is_late: bool
    closed: str
    below: Below
    figures: tuple[FigureLine, ...]
    files: int
    to_prove: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """By name whose parts are not in."""
        return self.below.missing()


@dataclass(frozen=True, slots=True)
class OwedPeriod:
    """What a unit owes for a period: how many reports, how many unsent, returned and late, and until when."""

    period: Period
    owed: int
    unsent: int
    returned: int
    due_at: datetime
    lock_at: datetime


def periods_owed(viewer: Viewer) -> list[OwedPeriod]:
    """The periods the viewer's unit reports, the newest first; one query over the unit's own reports."""
    rows: dict[str, list[tuple[str, datetime, datetime]]] = defaultdict(list)
    own = Report.objects.filter(unit_id=viewer.unit_id).order_by("-period_end", "period")
    for period, state, due_at, lock_at in own.values_list("period", "state", "due_at", "lock_at"):
        rows[period].append((state, due_at, lock_at))
    unsent = {str(state) for state in UNSENT}
    return [
        OwedPeriod(
            period_of(code), len(found), sum(state in unsent for state, _due, _lock in found),
            sum(state == str(ReportState.RETURNED) for state, _due, _lock in found), min(due for _state, due, _lock in found),
            min(lock for _state, _due, lock in found),
        )
        for code, found in rows.items()
    ]


def own_sheet(viewer: Viewer, period: str, *, now: datetime) -> list[ReportSheet]:
    """Every report the viewer's unit owes for a period, in the order of the plan; a fixed number of queries.

    Raises NotFound: it owes none.
    """
    rows = Report.objects.filter(unit_id=viewer.unit_id, period=period).select_related("task__plan", "region")
    found = sheets_of(list(rows.order_by("task__plan__campaign", "task__position", "region__position", "id")), now=now)
    if not found:
        raise NotFound("本单位这一期没有要报的任务，或者这一期还没有开放。")
    return found


def one_sheet(viewer: Viewer, report_id: UUID, *, now: datetime) -> ReportSheet:
    """One report that the viewer sees; a fixed number of queries.

    Raises NotFound: it is not there for this viewer.
    """
    rows = Report.objects.filter(reach(viewer), id=report_id).select_related("task__plan", "region")
    found = sheets_of(list(rows), now=now)
    if not found:
        raise NotFound
    return found[0]


def sheets_of(rows: Sequence[Report], *, now: datetime) -> list[ReportSheet]:
    """Reports with all they are held against (some fifteen queries whatever the number); they come with task, plan, region."""
    if not rows:
        return []
    ids = [row.id for row in rows]
    figures, ground, sources = figures_by_report(ids), ground_of(rows), source_stands(rows)
    files, to_prove = evidence_of(ids), milestones_to_prove(rows)
    shares = _shares(rows, ground)
    here = directory()
    return [
        ReportSheet(
            row.id, row.task_id, row.task.number, row.task.title, row.task.plan.campaign, row.region_id, row.region.name,
            row.unit_id, here.name_of(row.unit_id), row.part, row.is_joiner, period_of(row.period), ReportState(row.state),
            row.version, row.due_at, row.lock_at, row.progress_words, row.trouble_words, row.next_words, row.below_reason,
            row.return_reason, row.first_submitted_at, (row.first_submitted_at or now) > row.due_at,
            why_not_written(ReportState(row.state), row.lock_at, now), ground.below[row.id],
            tuple(_line(figure, ground, sources, shares) for figure in figures[row.id]),
            len(files[row.id]), tuple(to_prove.get(row.id, ())),
        )
        for row in rows
    ]


def _shares(rows: Sequence[Report], ground: Ground) -> dict[tuple[UUID, UUID], Decimal]:
    """The part of the way due at the end of each report's period, by report and indicator."""
    by_day: dict[date, list[tuple[tuple[UUID, UUID], UUID]]] = defaultdict(list)
    ends = {row.id: row.period_end for row in rows}
    for key, aim in ground.aims.items():
        by_day[ends[key[0]]].append((key, aim.target_id))
    found: dict[tuple[UUID, UUID], Decimal] = {}
    for day, wanted in by_day.items():
        shares = shares_on({target_id for _key, target_id in wanted}, day)
        found |= {key: shares[target_id] for key, target_id in wanted if target_id in shares}
    return found


def _line(
    row: Figure, ground: Ground, sources: Mapping[tuple[UUID, UUID], SourceStand], shares: Mapping[tuple[UUID, UUID], Decimal]
) -> FigureLine:
    key = (row.report_id, row.indicator_id)
    asked, aim, one = ground.asked(row), ground.aims.get(key), row.indicator
    expected = None
    if aim is not None and one.aggregation == Aggregation.SUM.value and key in shares:
        expected = (aim.goal.value * shares[key]).quantize(Decimal("0.01"))
    return FigureLine(
        row.id, row.report_id, row.indicator_id, one.full_name, one.measure, IndicatorKind(one.kind), row.value,
        Stage(row.stage) if row.stage else None, row.note, FigureOrigin(row.origin), Quality(row.quality), row.as_of,
        ground.previous.get(key), goal_in_words(aim.goal) if aim else "", expected,
        aim is not None and aim.form is TargetForm.QUALITATIVE, asked.below, asked.missing,
        any(row.indicator_id in part.values for part in ground.below[row.report_id].reports), sources.get(key),
        tuple(doubts_of(asked)) if row.value is not None else (),
    )


def figure_line(viewer: Viewer, figure_id: UUID, *, now: datetime) -> tuple[ReportSheet, FigureLine]:
    """A figure with its report.

    Raises NotFound: it is not there for this viewer.
    """
    report_id = Figure.objects.filter(id=figure_id).values_list("report_id", flat=True).first()
    if report_id is None:
        raise NotFound
    found = one_sheet(viewer, report_id, now=now)
    return found, next(line for line in found.figures if line.id == figure_id)
