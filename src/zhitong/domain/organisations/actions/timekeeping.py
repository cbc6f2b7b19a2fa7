"""Changing calendars by those who keep them; what is entered, and when it is refused, `calendars` says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.calendars import actions as calendars
from zhitong.domain.calendars.rules import Sessions
from zhitong.domain.calendars.rules.published import SpecialDate
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.timekeeping import keeps_calendar_of, keeps_the_year
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit.refusals import NotFound


def set_office_hours(
    *, place_id: UUID, since: date, sessions: Sessions, source: str, actor: Actor, now: datetime,
) -> None:
    """Give a unit or region its own office hours from a day on; no sessions: those of the level above again (R-F5).

    Raises NotFound: there is no such place. Raises NotYours: another keeps its calendar. Raises NotEntered: see calendars.
    """
    _keeper_only(place_id)
    calendars.set_office_hours(owner_id=place_id, since=since, sessions=sessions, source=source, actor=actor, now=now)


def enter_special_day(
    *, place_id: UUID, on: date, works: bool | None, name: str, actor: Actor, now: datetime,
) -> None:
    """Let a unit or region work or rest on a day of its own; None takes the entry back (R-F5).

    Raises NotFound: there is no such place. Raises NotYours: another keeps its calendar. Raises NotEntered: see calendars.
    """
    _keeper_only(place_id)
    calendars.enter_special_day(owner_id=place_id, on=on, works=works, name=name, actor=actor, now=now)


def enter_year(*, year: int, dates: Iterable[SpecialDate], source: str, actor: Actor, now: datetime) -> None:
    """Enter the State Council's holidays of a year for the whole installation (R-F5).

    Raises NotYours: it is not the highest office that acts. Raises NotEntered: see calendars.
    """
    viewer = scope.present()
    if viewer is not None and not keeps_the_year(viewer):
        raise NotYours("全年放假安排由最高一级的活动办公室录入。如发现有误，请联系该办公室。")
    calendars.enter_year(year=year, dates=dates, source=source, actor=actor, now=now)


def _keeper_only(place_id: UUID) -> None:
    """Refuse whoever does not keep the calendar of a place; a command without a viewer may."""
    here, viewer = directory(), scope.present()
    if place_id not in here.units and place_id not in here.regions:
        raise NotFound
    if viewer is not None and not keeps_calendar_of(viewer, place_id, here):
        raise NotYours("这份工作日历由本级活动办公室或本单位管理员维护。如需调整，请联系他们录入。")
