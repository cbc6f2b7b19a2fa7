"""Correcting a figure after the lock: asked for with a reason, allowed by the level above, kept with its trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import present, require
from zhitong.domain.plans.rules import IndicatorKind
from zhitong.domain.progress.actions.standing import stand_reports
from zhitong.domain.progress.actions.writing import NotNow, NotYoursToDo, counts_of, write
from zhitong.domain.progress.models import Correction, Figure, Report
from zhitong.domain.progress.queries.deciders import deciders_of
from zhitong.domain.progress.rules import COUNTS, FigureOrigin, ReportFact, ReportState
from zhitong.domain.progress.rules.checks import AskedFigure, doubts_of
from zhitong.domain.progress.rules.way import is_locked
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.texts import written

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCorrection:
    """Another value for a figure of a locked report; None takes the figure back as missing."""

    figure_id: UUID
    after: Decimal | None
    reason: str
    actor: Actor


@transaction.atomic
def ask_correction(asked: AskedCorrection, *, now: datetime) -> UUID:
    """Ask the level above to change a figure of an own report that is locked; also one that was never reported.

    Raises NotFound: no such figure of the unit's. Raises NotNow: the report can still be written in, or one is asked already.
    Raises BadInput: no reason, no change, or a value that is refused in a report too. Source: R-E3.
    """
    _may_act()
    row = _figure(asked.figure_id)
    if row.report.unit_id != asked.actor.unit_id:
        raise NotFound
    if not is_locked(row.report.lock_at, now):
        raise NotNow("这一期还没有锁定，不用申请更正。请在填报页修改；已经报送的，请审核单位退回后修改。")
    if row.corrections.filter(decided_at__isnull=True).exists():
        raise NotNow("这个数已有一个更正在等上级同意，请等答复后再提。")
    reason = written("reason", asked.reason, LONGEST_REASON, wanted="更正要写明原因和依据。")
    trouble = _trouble_of(row, asked.after)
    if trouble:
        raise BadInput(trouble, {"after": trouble})
    kept = Correction.objects.create(
        figure=row, before=row.value, after=asked.after, reason=reason, by_unit_id=asked.actor.unit_id, asked_at=now,
    )
    _tell(ReportFact.CORRECTION_ASKED, kept, row.report, asked.actor, now, {"reason": reason})
    return kept.id


@transaction.atomic
def decide_correction(correction_id: UUID, *, is_allowed: bool, words: str, actor: Actor, now: datetime) -> None:
    """Allow or refuse a correction as the level above; allowed, the figure changes, the trace stays, the month stands anew.

    A report that was never sent is sent late by this, and counts. Raises NotFound, NotYoursToDo.
    Raises NotNow: it is decided. Raises BadInput: a refusal without its reason. Source: R-E3.
    """
    _may_act()
    kept = Correction.objects.select_for_update(of=("self",)).filter(id=correction_id).first()
    if kept is None:
        raise NotFound
    row = _figure(kept.figure_id)
    deciders = deciders_of([row.report])[row.report_id]
    decider = deciders.acceptor_id or deciders.approver_id
    if decider != actor.unit_id:
        raise NotYoursToDo(f"这个更正由{directory().name_of(decider) if decider else '上级'}决定。")
    if kept.decided_at is not None:
        raise NotNow("这个更正已经决定，请刷新后再看。")
    said = written("words", words, LONGEST_REASON, wanted="" if is_allowed else "不同意要写明原因。")
    kept.decided_by_id, kept.decided_at, kept.is_allowed, kept.decision = actor.unit_id, now, is_allowed, said
    kept.save(update_fields=["decided_by", "decided_at", "is_allowed", "decision"])
    if is_allowed:
        _change(row, kept, actor, now)
    kind = ReportFact.CORRECTION_ALLOWED if is_allowed else ReportFact.CORRECTION_REFUSED
    _tell(kind, kept, row.report, actor, now, {"words": said} if said else {})
    if is_allowed:
        stand_reports([row.report_id], now=now)


def _may_act() -> None:
    viewer = present()
    if viewer is not None:
        require(viewer, Permission.HANDLE)


def _figure(figure_id: UUID) -> Figure:
    rows = Figure.objects.select_for_update(of=("self",)).select_related("report__task__plan", "indicator")
    found = rows.filter(id=figure_id).first()
    if found is None:
        raise NotFound
    return found


def _trouble_of(row: Figure, after: Decimal | None) -> str:
    if after == row.value:
        return "更正后的数和原来一样，请核对。"
    if after is None:
        return ""
    one = row.indicator
    asked = AskedFigure(name=one.name, measure=one.measure, kind=IndicatorKind(one.kind), value=after)
    return next((doubt.sentence for doubt in doubts_of(asked) if doubt.is_refused), "")


def _change(row: Figure, kept: Correction, actor: Actor, now: datetime) -> None:
    row.value, row.origin = kept.after, str(FigureOrigin.ENTERED)
    row.source_figure, row.as_of = None, None
    row.save(update_fields=["value", "origin", "source_figure", "as_of"])
    report = row.report
    if ReportState(report.state) in COUNTS:
        return
    before = counts_of([report])
    report.state, report.accepted_by_id, report.accepted_at = str(ReportState.ACCEPTED), actor.unit_id, now
    report.submitted_at, report.first_submitted_at = now, report.first_submitted_at or now
    write([report], before, ["state", "accepted_by", "accepted_at", "submitted_at", "first_submitted_at"])


def _tell(
    kind: ReportFact, kept: Correction, report: Report, actor: Actor, now: datetime, words: dict[str, str]
) -> None:
    record(
        str(kind), thing_kind="report", thing_id=report.id, actor=actor, at=now, details=words,
        body={
            "correction": kept.id, "before": kept.before, "after": kept.after, "unit": report.unit_id, "period": report.period,
        },
    )
