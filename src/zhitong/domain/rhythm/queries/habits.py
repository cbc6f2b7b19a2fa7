"""Which cycles the viewer's office keeps, one row for every kind there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import PeriodKind
from zhitong.domain.calendars.rules.periods import period_after, period_holding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.models import Habit
from zhitong.domain.rhythm.queries.sight import habits_seen
from zhitong.domain.rhythm.rules.kinds import PERIOD_OF, CycleKind
from zhitong.domain.rhythm.rules.naming import meeting_day


@dataclass(frozen=True, slots=True)
class HabitView:
    """A kind with how it is kept (None: it is not); `next_on` is the next day it is meant to meet."""

    kind: CycleKind
    every: PeriodKind
    is_kept: bool
    day: int | None
    at: time | None
    ahead_days: int | None
    place: str
    chair: str
    called: tuple[UUID, ...]
    next_on: date | None


def habits_for(viewer: Viewer, *, today: date) -> list[HabitView]:
    """The kinds in their order; one query."""
    kept = {CycleKind(one.kind): one for one in habits_seen(viewer)}
    return [_view(kind, kept.get(kind), today) for kind in CycleKind]


def _view(kind: CycleKind, one: Habit | None, today: date) -> HabitView:
    if one is None:
        return HabitView(kind, PERIOD_OF[kind], False, None, None, None, "", "", (), None)
    return HabitView(
        kind, PERIOD_OF[kind], True, one.day, one.at, one.ahead_days, one.place, one.chair, tuple(one.called), _next(kind, one, today)
    )


def _next(kind: CycleKind, one: Habit, today: date) -> date:
    days = calendar_of(directory().calendar_owners(one.office_id))
    period = period_holding(today, PERIOD_OF[kind])
    found = meeting_day(period, one.day, days)
    return found if found >= today else meeting_day(period_after(period), one.day, days)
