"""The way of a report: who approves it here, who accepts it above, and what can be done with it now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.progress.rules.reports import UNSENT, ReportState
from zhitong.domain.progress.rules.timetable import AcceptedBy


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """What of a report decides where it goes."""

    region_id: UUID
    unit_id: UUID
    plan_region_id: UUID
    is_joiner: bool
    joiner_id: UUID | None


def approver_of(place: ReportPlace, here: Directory) -> UUID | None:
    """Who approves here: of a part the unit that joins them, else the region's campaign office (本级审核)."""
    if not place.is_joiner:
        return place.joiner_id
    office = here.office(place.region_id) if place.region_id in here.regions else None
    return office.id if office else None


def acceptor_of(place: ReportPlace, by: AcceptedBy, lead_above_id: UUID | None, here: Directory) -> UUID | None:
    """Who accepts one level up: its office, or the unit that reports the task there; None where nobody stands above.

    A part goes no further than to its joiner.
    """
    if not place.is_joiner or place.region_id not in here.regions:
        return None
    above = here.office_above(place.region_id)
    if by is AcceptedBy.LEAD and lead_above_id is not None and lead_above_id in here.units:
        return lead_above_id
    return above.id if above else None


def is_locked(lock_at: datetime, now: datetime) -> bool:
    """Whether a report takes nothing any more but corrections."""
    return now >= lock_at


def why_not_written(state: ReportState, lock_at: datetime, now: datetime) -> str:
    """Why nothing can be written in a report now; empty when it can."""
    if is_locked(lock_at, now):
        return "这一期已经锁定，不能再填报。确需改动的，请在报告页申请更正，由上级同意。"
    if state in UNSENT:
        return ""
    return f"这份报告现为“{state.label}”，不能再改。需要改的，请审核单位退回。"


def why_not_returned(state: ReportState, lock_at: datetime, now: datetime, *, is_above: bool) -> str:
    """Why a report cannot be given back now, by its own level or by the one above; empty when it can."""
    if is_locked(lock_at, now):
        return "这一期已经锁定，退回后无法重报。需要改数的，请填报单位申请更正。"
    reachable = {ReportState.APPROVED, ReportState.ACCEPTED} if is_above else {ReportState.SUBMITTED, ReportState.APPROVED}
    return "" if state in reachable else f"这份报告现为“{state.label}”，不能退回。"
