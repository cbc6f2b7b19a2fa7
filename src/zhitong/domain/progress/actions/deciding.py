"""Approving here, accepting above, giving back with a reason, and letting a report go up without those below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import present, require
from zhitong.domain.progress.actions.standing import stand_reports
from zhitong.domain.progress.actions.writing import NotNow, NotYoursToDo, counts_of, found_locked, write
from zhitong.domain.progress.models import Figure, Report, Withdrawn
from zhitong.domain.progress.queries.deciders import Deciders, deciders_of
from zhitong.domain.progress.rules import UNSENT, ReportFact, ReportState
from zhitong.domain.progress.rules.way import is_locked, why_not_returned
from zhitong.kit.texts import written

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An office's act on one report, in the version that was looked at."""

    report_id: UUID
    actor: Actor
    version: int | None = None
    reason: str = ""


@transaction.atomic
def approve_reports(steps: Sequence[Decision], *, now: datetime) -> list[UUID]:
    """Approve reports at their own level (本级审核): a joiner's by the region's office, a part by who joins it.

    Nobody approves what he sent himself: where the office reports, another of its posts approves. Where nobody stands
    above, what is approved is accepted. Raises NotFound, Changed, NotNow, NotYoursToDo. Source: R-E3.
    """
    found, deciders = _found(steps)
    rows = list(found.values())
    for one in steps:
        _ask_approver(found[one.report_id], deciders[one.report_id], one.actor)
    before = counts_of(rows)
    for one in steps:
        row = found[one.report_id]
        row.state, row.approved_by_id, row.approved_at = str(ReportState.APPROVED), one.actor.unit_id, now
        if row.is_joiner and deciders[row.id].acceptor_id is None:
            row.state, row.accepted_by_id, row.accepted_at = str(ReportState.ACCEPTED), one.actor.unit_id, now
    write(rows, before, ["state", "approved_by", "approved_at", "accepted_by", "accepted_at"])
    return _done(ReportFact.APPROVED, steps, found, now)


@transaction.atomic
def accept_reports(steps: Sequence[Decision], *, now: datetime) -> list[UUID]:
    """Accept reports that the level below has approved; the package says whether its office or the lead unit does.

    Raises NotFound, Changed, NotNow, NotYoursToDo. Source: R-E3.
    """
    found, deciders = _found(steps)
    rows = list(found.values())
    for one in steps:
        row = found[one.report_id]
        if deciders[row.id].acceptor_id != one.actor.unit_id:
            raise NotYoursToDo(f"“{row.task.title}”由{_name(deciders[row.id].acceptor_id)}接受，您的单位可以查看，不能接受。")
        if row.state != str(ReportState.APPROVED):
            raise NotNow(f"“{row.task.title}”现为“{ReportState(row.state).label}”，不用接受。请刷新后再看。")
    before = counts_of(rows)
    for one in steps:
        row = found[one.report_id]
        row.state, row.accepted_by_id, row.accepted_at = str(ReportState.ACCEPTED), one.actor.unit_id, now
    write(rows, before, ["state", "accepted_by", "accepted_at"])
    return _done(ReportFact.ACCEPTED, steps, found, now)


@transaction.atomic
def return_reports(steps: Sequence[Decision], *, now: datetime) -> list[UUID]:
    """Give reports back to the unit with what must be mended, as who approves or as who accepts.

    Raises NotFound, Changed, NotNow, NotYoursToDo. Raises BadInput: no reason is given. Source: R-E3.
    """
    found, deciders = _found(steps)
    rows = list(found.values())
    reasons = _reasons(steps, "退回要写明原因，让填报单位知道改什么。")
    counted = [row.id for row in rows if row.state in (str(ReportState.APPROVED), str(ReportState.ACCEPTED))]
    for one in steps:
        _ask_returner(found[one.report_id], deciders[one.report_id], one.actor, now)
    before = counts_of(rows)
    _keep_what_counted([found[one] for one in counted], now)
    for one in steps:
        row = found[one.report_id]
        row.state, row.returned_by_id, row.returned_at = str(ReportState.RETURNED), one.actor.unit_id, now
        row.return_reason, row.approved_by_id, row.approved_at = reasons[row.id], None, None
        row.accepted_by_id, row.accepted_at = None, None
    write(rows, before, [
        "state", "returned_by", "returned_at", "return_reason", "approved_by", "approved_at", "accepted_by", "accepted_at",
    ])
    record_many([
        Fact(str(ReportFact.RETURNED), "report", one.report_id, one.actor, now, _about(found[one.report_id]),
             {"reason": reasons[one.report_id]})
        for one in steps
    ])
    if counted:
        stand_reports(counted, now=now)
    return [one.report_id for one in steps]


@transaction.atomic
def let_through(steps: Sequence[Decision], *, now: datetime) -> list[UUID]:
    """Let reports go up though parts below are missing, as their region's office, with its reason; it stays with the report.

    Raises NotFound, Changed, NotNow, NotYoursToDo. Raises BadInput: no reason is given.
    """
    found, deciders = _found(steps)
    rows = list(found.values())
    reasons = _reasons(steps, "准予先行报送要写明原因。")
    for one in steps:
        row = found[one.report_id]
        if deciders[row.id].approver_id != one.actor.unit_id:
            raise NotYoursToDo(f"准予先行报送由{_name(deciders[row.id].approver_id)}决定。")
        if ReportState(row.state) not in UNSENT or is_locked(row.lock_at, now):
            raise NotNow(f"“{row.task.title}”现为“{ReportState(row.state).label}”，不用准予先行报送。")
    before = counts_of(rows)
    for row in rows:
        row.below_reason = reasons[row.id]
        if row.state == str(ReportState.WAITING_BELOW):
            row.state = str(ReportState.OWED)
    write(rows, before, ["state", "below_reason"])
    record_many([
        Fact(str(ReportFact.LET_THROUGH), "report", one.report_id, one.actor, now, _about(found[one.report_id]),
             {"reason": reasons[one.report_id]})
        for one in steps
    ])
    return [one.report_id for one in steps]


def _found(steps: Sequence[Decision]) -> tuple[dict[UUID, Report], Mapping[UUID, Deciders]]:
    viewer = present()
    if viewer is not None:
        require(viewer, Permission.HANDLE)
    found = found_locked(steps)
    return found, deciders_of(list(found.values()))


def _keep_what_counted(rows: Sequence[Report], now: datetime) -> None:
    """What the figures of approved reports say is kept before they can change."""
    since = {row.id: row.approved_at for row in rows if row.approved_at is not None}
    Withdrawn.objects.bulk_create([
        Withdrawn(
            figure_id=one.id, value=one.value, stage=one.stage, counted_from=since[one.report_id], counted_until=now,
        )
        for one in Figure.objects.filter(report_id__in=since)
    ])


def _reasons(steps: Sequence[Decision], wanted: str) -> dict[UUID, str]:
    return {one.report_id: written("reason", one.reason, LONGEST_REASON, wanted=wanted) for one in steps}


def _ask_approver(row: Report, deciders: Deciders, actor: Actor) -> None:
    if deciders.approver_id != actor.unit_id:
        raise NotYoursToDo(f"“{row.task.title}”由{_name(deciders.approver_id)}审核，您的单位可以查看，不能审核。")
    if row.state != str(ReportState.SUBMITTED):
        raise NotNow(f"“{row.task.title}”现为“{ReportState(row.state).label}”，不用审核。请刷新后再看。")
    if row.submitted_post_id is not None and row.submitted_post_id == actor.post_id:
        raise NotYoursToDo(f"“{row.task.title}”是您这个岗位报送的，请由本单位另一个岗位审核。")


def _ask_returner(row: Report, deciders: Deciders, actor: Actor, now: datetime) -> None:
    is_here = deciders.approver_id == actor.unit_id
    # Where one office approves and accepts, what is sent is with it as who approves.
    is_above = deciders.acceptor_id == actor.unit_id and not (is_here and row.state == str(ReportState.SUBMITTED))
    if not is_above and not is_here:
        raise NotYoursToDo(f"“{row.task.title}”由{_name(deciders.approver_id)}审核，您的单位不能退回。")
    reason = why_not_returned(ReportState(row.state), row.lock_at, now, is_above=is_above)
    if reason:
        raise NotNow(f"“{row.task.title}”：{reason}")


def _done(kind: ReportFact, steps: Sequence[Decision], found: Mapping[UUID, Report], now: datetime) -> list[UUID]:
    record_many([Fact(str(kind), "report", one.report_id, one.actor, now, _about(found[one.report_id])) for one in steps])
    stand_reports([one.report_id for one in steps], now=now)
    return [one.report_id for one in steps]


def _about(row: Report) -> Mapping[str, object]:
    return {"unit": row.unit_id, "region": row.region_id, "task": row.task_id, "period": row.period}


def _name(unit_id: UUID | None) -> str:
    return directory().name_of(unit_id) if unit_id else "上级"
