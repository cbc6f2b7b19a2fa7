"""Whom a cycle may be called with and whom it may charge, and what is proposed when one is opened."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import Period, periods_between
from zhitong.domain.calendars.rules.periods import period_holding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.models import Cycle
from zhitong.domain.rhythm.queries.sight import habits_seen
from zhitong.domain.rhythm.rules.kinds import PERIOD_OF, CycleKind, CycleState
from zhitong.domain.rhythm.rules.naming import meeting_day
from zhitong.kit.clock import SHANGHAI

_HOUR, _IN_DAYS = time(9), 3
_HALF_A_YEAR = timedelta(days=183)


def units_of_meetings(viewer: Viewer) -> list[UnitEntry]:
    """The working units of the viewer's region and the campaign offices just below, its own left out; own region's first."""
    return units_of_office(viewer.unit_id, viewer.region_id)


def units_of_office(unit_id: UUID, region_id: UUID) -> list[UnitEntry]:
    """The same for an office that is named."""
    here = directory()
    own = [one for one in here.units.values() if one.region_id == region_id and one.id != unit_id and _works(one)]
    offices = [office for region in here.children(region_id) if (office := here.office(region.id)) and office.region_id == region.id]
    return [*sorted(own, key=lambda one: one.code), *offices]


def proposed(viewer: Viewer, kind: CycleKind, today: date) -> tuple[str, datetime, str, str, tuple[UUID, ...]]:
    """What a new cycle of a kind begins with: period, time, place, chair, units called; as the office's habit says, or as last
    time, or the coming working days with the offices just below."""
    period = period_holding(today, PERIOD_OF[kind])
    days = calendar_of(directory().calendar_owners(viewer.unit_id))
    soon = meeting_day(Period(period.code, period.kind, today, period.last, period.words), 1 + _IN_DAYS, days)
    habit = habits_seen(viewer).filter(kind=kind.value).first()
    if habit is not None:
        on = max(meeting_day(period, habit.day, days), soon)
        return period.code, datetime.combine(on, habit.at, SHANGHAI), habit.place, habit.chair, tuple(habit.called)
    last = Cycle.objects.filter(office_id=viewer.unit_id, kind=kind.value).exclude(state=CycleState.DROPPED.value)
    before = last.order_by("-meets_at").first()
    at = datetime.combine(soon, _HOUR, SHANGHAI)
    if before is not None:
        return period.code, at, before.place, before.chair, tuple(before.called)
    below = tuple(one.id for one in units_of_meetings(viewer) if one.region_id != viewer.region_id)
    return period.code, at, "", "", below


def periods_offered(kind: CycleKind, today: date) -> list[Period]:
    """The periods a cycle may be opened for: half a year around today at least, the newest first."""
    around = period_holding(today, PERIOD_OF[kind])
    return list(periods_between(around.first - _HALF_A_YEAR, around.last + timedelta(days=1), PERIOD_OF[kind]))[::-1]


def _works(unit: UnitEntry) -> bool:
    is_working = Permission.HANDLE in permissions_of(unit.kind, PostKind.OFFICER)
    return is_working or unit.kind in (UnitKind.INSPECTION_OFFICE, UnitKind.LEADING_GROUP)
