"""The calendar of working days, by which limits are counted, and the sum of any limit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from ninja import Path, Query, Router

from zhitong.api.door import Request, reads
from zhitong.api.words import Code, Named, Shape, named
from zhitong.domain.calendars.queries import calendar, calendar_of, sources, special_days_of
from zhitong.domain.calendars.rules import LimitUnit, Sessions
from zhitong.domain.calendars.rules.asking import (
    FIRST_YEAR,
    LAST_YEAR,
    Question,
    amount_trouble,
    answer,
    hours_from,
    start_trouble,
    workdays_from,
)
from zhitong.domain.calendars.rules.published import days_of
from zhitong.domain.organisations.queries import directory
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.refusals import BadInput, NotFound

router = Router()

MOST_DAYS = 366
UnitCode = Annotated[Code | None, Query(description="按这个单位的工作日历；不写则按全系统的")]


class Day(Shape):
    """A day: whether offices are open, why that is unusual, and whether its year is published."""

    on: date
    works: bool
    kind: str
    is_published: bool


class Days(Shape):
    """The days asked for, and the office hours of working days."""

    sessions: list[str]
    days: list[Day]


class SpecialDay(Shape):
    """A day that is not as the week says; `whose` is the unit or region that entered it, none for the State Council's."""

    on: date
    works: bool
    name: str
    whose: Named | None


class Hours(Shape):
    """Office hours from a day on."""

    since: date
    sessions: list[str]


class Year(Shape):
    """A year: whether it is published and by what, its days that are not as the week says, the office hours in it."""

    year: int
    is_published: bool
    source: str
    workdays: int
    special: list[SpecialDay]
    hours: list[Hours]


class Due(Shape):
    """When a limit falls due; `arithmetic` is the sum in words, `reservation` why it is provisional."""

    due_at: datetime
    due_on: date
    days: list[date]
    is_provisional: bool
    arithmetic: str
    reservation: str


@reads(router, "/calendar", answer=Days, summary="工作日历：哪天上班，哪天放假，哪天补班")
def days(
    request: Request,
    since: Annotated[date, Query(description="第一天")],
    until: Annotated[date, Query(description="最后一天，最多366天")],
) -> Days:
    """The days from one to another."""
    length = (until - since).days + 1
    if not 1 <= length <= MOST_DAYS:
        sentence = f"最后一天须不早于第一天，且一次最多查询{MOST_DAYS}天。"
        raise BadInput(sentence, {"until": sentence})
    here = calendar()
    wanted = [since + timedelta(days=n) for n in range(length)]
    return Days(
        sessions=_told(here.sessions),
        days=[
            Day(on=day, works=here.works_on(day), kind=here.kind_of(day).value, is_published=here.is_published(day))
            for day in wanted
        ],
    )


@reads(router, "/calendar/{year}", answer=Year, summary="一年的工作日历：放假、补班、上班时间")
def one_year(
    request: Request, year: Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, description="年份")], unit: UnitCode = None
) -> Year:
    """A year as it is for a unit, or for everybody."""
    owners = _owners(unit)
    here, every = calendar_of(owners), days_of(year)
    source = sources().get(year)
    begins = sorted({every[0], *(since for since, _ in here.changes if since.year == year)})
    return Year(
        year=year, is_published=source is not None, source=source or "", workdays=sum(map(here.works_on, every)),
        special=[
            SpecialDay(on=one.on, works=one.works, name=one.name, whose=_named(one.owner_id))
            for one in special_days_of(year, owners).values()
        ],
        hours=[Hours(since=day, sessions=_told(here.sessions_on(day))) for day in begins],
    )


@reads(router, "/due", answer=Due, summary="推算到期时间，附算式")
def due(
    request: Request,
    start: Annotated[datetime, Query(description="起算时间；不带时区的按北京时间")],
    workdays: Annotated[int | None, Query(description="几个工作日；与 hours 写一个")] = None,
    hours: Annotated[int | None, Query(description="几个工作小时；与 workdays 写一个")] = None,
    unit: UnitCode = None,
) -> Due:
    """When a limit from a moment on falls due."""
    told = answer(_question(start, workdays, hours), calendar_of(_owners(unit)))
    return Due(
        due_at=told.due.at, due_on=day_of(told.due.at), days=list(told.due.days), is_provisional=told.due.is_provisional,
        arithmetic=told.arithmetic, reservation=told.reservation,
    )


def _question(start: datetime, workdays: int | None, hours: int | None) -> Question:
    """The limit that was asked about.

    Raises BadInput: not exactly one of the two is given, or it cannot be counted.
    """
    if (workdays is None) == (hours is None):
        raise _wrong("workdays", "请写明 workdays（工作日）或 hours（工作小时）其中一个。")
    moment = start if start.tzinfo else start.replace(tzinfo=SHANGHAI)
    if trouble := start_trouble(moment):
        raise _wrong("start", trouble)
    if workdays is None and hours is not None:
        if trouble := amount_trouble(str(hours), LimitUnit.MINUTES):
            raise _wrong("hours", trouble)
        return hours_from(moment, hours)
    assert workdays is not None
    if trouble := amount_trouble(str(workdays), LimitUnit.WORKDAYS):
        raise _wrong("workdays", trouble)
    return workdays_from(moment, workdays)


def _wrong(field: str, sentence: str) -> BadInput:
    return BadInput(sentence, {field: sentence})


def _owners(code: str | None) -> tuple[UUID, ...]:
    """Whose calendars hold for the unit with a code; nobody's for everybody.

    Raises NotFound: there is no such unit.
    """
    if code is None:
        return ()
    here = directory()
    unit = here.unit_coded(code)
    if unit is None:
        raise NotFound(f"没有代码为“{code}”的单位。请用 GET /api/v1/units 查看代码。")
    return here.calendar_owners(unit.id)


def _named(owner_id: UUID | None) -> Named | None:
    here = directory()
    owner = (here.units.get(owner_id) or here.regions.get(owner_id)) if owner_id else None
    return named(owner) if owner else None


def _told(sessions: Sessions) -> list[str]:
    return [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in sessions]
