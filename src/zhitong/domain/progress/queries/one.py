"""One report: its sheet, what the viewer may do with it, what happened to it, and its corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory, person_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import Comparator, Goal, goal_in_words
from zhitong.domain.progress.models import Correction, Report
from zhitong.domain.progress.queries.deciders import Deciders, deciders_of
from zhitong.domain.progress.queries.reach import reach
from zhitong.domain.progress.queries.sheets import ReportSheet, one_sheet
from zhitong.domain.progress.rules import UNSENT, ReportFact, ReportState
from zhitong.domain.progress.rules.way import is_locked, why_not_returned


@dataclass(frozen=True, slots=True)
class ReportEvent:
    """Something that happened to a report."""

    kind: ReportFact
    at: datetime
    unit: str
    person: str
    words: str
    told: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction as pages show it; `is_ours` when the viewer's unit decides it."""

    id: UUID
    report_id: UUID
    title: str
    region: str
    period: str
    indicator: str
    before: str
    after: str
    reason: str
    by_unit: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    is_allowed: bool | None
    decision: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A report with what the viewer may do with it now; where an act is not there, its reason is in words."""

    sheet: ReportSheet
    approver: str
    acceptor: str
    may_write: bool
    may_approve: bool
    may_accept: bool
    why_not_return: str
    may_let_through: bool
    may_correct: bool
    is_decider: bool
    events: tuple[ReportEvent, ...]
    corrections: tuple[CorrectionView, ...]


def opened_report(viewer: Viewer, report_id: UUID, *, now: datetime) -> OpenedReport:
    """A report for its page; a fixed number of queries.

    Raises NotFound: it is not there for this viewer.
    """
    sheet = one_sheet(viewer, report_id, now=now)
    [row] = Report.objects.filter(id=report_id).select_related("task__plan")
    deciders, here = deciders_of([row])[row.id], directory()
    may_handle = viewer.may(Permission.HANDLE)
    is_own = may_handle and row.unit_id == viewer.unit_id
    approves = may_handle and deciders.approver_id == viewer.unit_id
    accepts = may_handle and deciders.acceptor_id == viewer.unit_id
    locked = is_locked(row.lock_at, now)
    why = why_not_returned(sheet.state, row.lock_at, now, is_above=accepts) if approves or accepts else "由审核单位退回。"
    return OpenedReport(
        sheet, here.name_of(deciders.approver_id) if deciders.approver_id else "",
        here.name_of(deciders.acceptor_id) if deciders.acceptor_id else "", is_own and not sheet.closed,
        approves and sheet.state is ReportState.SUBMITTED, accepts and sheet.state is ReportState.APPROVED, why,
        approves and bool(sheet.missing) and sheet.state in UNSENT and not locked and not sheet.below_reason,
        is_own and locked, approves or accepts, _events(report_id), corrections_of(viewer, report_id=report_id),
    )


def corrections_of(viewer: Viewer, *, report_id: UUID | None = None, limit: int = 100) -> tuple[CorrectionView, ...]:
    """Corrections of a report, or all that the viewer sees, those that wait first, then the newest; four queries."""
    seen = Correction.objects.filter(figure__report__in=Report.objects.filter(reach(viewer)))
    rows = seen.select_related("figure__indicator", "figure__report__task__plan", "figure__report__region")
    if report_id is not None:
        rows = rows.filter(figure__report_id=report_id)
    found = sorted(rows.order_by("-asked_at", "-id")[:limit], key=lambda row: row.decided_at is not None)
    deciders = deciders_of([row.figure.report for row in found])
    return tuple(_correction(row, deciders[row.figure.report_id], viewer) for row in found)


def count_of_corrections(viewer: Viewer) -> int:
    """How many corrections wait for the viewer's unit."""
    return sum(one.is_ours for one in corrections_of(viewer))


def _correction(row: Correction, deciders: Deciders, viewer: Viewer) -> CorrectionView:
    report, here = row.figure.report, directory()
    measure = row.figure.indicator.measure
    decider = deciders.acceptor_id or deciders.approver_id
    return CorrectionView(
        row.id, report.id, report.task.title, report.region.name, report.period, row.figure.indicator.full_name,
        _said(row.before, measure), _said(row.after, measure), row.reason, here.name_of(row.by_unit_id), row.asked_at,
        here.name_of(row.decided_by_id) if row.decided_by_id else "", row.decided_at, row.is_allowed, row.decision,
        row.decided_at is None and decider == viewer.unit_id and viewer.may(Permission.HANDLE),
    )


def _events(report_id: UUID) -> tuple[ReportEvent, ...]:
    known = {str(kind): kind for kind in ReportFact}
    facts = [fact for fact in facts_about(report_id) if fact.kind in known]
    people, here = person_names(fact.person_id for fact in facts), directory()
    return tuple(
        ReportEvent(
            known[fact.kind], fact.at, here.name_of(fact.unit_id) if fact.unit_id else "",
            people.get(fact.person_id, "") if fact.person_id else "", "；".join(filter(None, fact.words.values())), _told(fact.body),
        )
        for fact in facts
    )


def _told(body: Mapping[str, Any]) -> str:
    if "after" not in body:
        return ""
    before, after = (_said(Decimal(one) if one is not None else None, "") for one in (body["before"], body["after"]))
    return f"{before} → {after}"


def _said(value: Decimal | None, measure: str) -> str:
    return "未报" if value is None else goal_in_words(Goal(Comparator.EQUAL, value, None, measure))
