"""Entering what calendars are made of: the published year, one's own office hours, one's own days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.models import OfficeHours, OwnDay, PublishedYear, SpecialDay
from zhitong.domain.calendars.queries import forget_calendar
from zhitong.domain.calendars.rules import Sessions
from zhitong.domain.calendars.rules.entering import day_trouble, hours_trouble, year_troubles
from zhitong.domain.calendars.rules.facts import CalendarFact
from zhitong.domain.calendars.rules.published import SOURCE, SpecialDate, special_dates
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

TWO_SESSIONS = 2


class NotEntered(BadInput):
    """What was to be entered is not possible; `fields` says what and why. Nothing is stored."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()), fields)


@transaction.atomic
def set_office_hours(
    *, owner_id: UUID, since: date, sessions: Sessions, source: str, actor: Actor, now: datetime,
) -> None:
    """Give a unit or region its own office hours from a day on; no sessions: those of the level above again.

    The caller knows that the actor may. Due times that stand already keep standing.

    Raises NotEntered: the day is not ahead, the hours are not in order, the source is missing.
    """
    assert len(sessions) <= TWO_SESSIONS, "a working day has a morning and perhaps an afternoon"
    today = day_of(now)
    _refuse({"since": day_trouble(since, today), "hours": hours_trouble(sessions), "source": _missing(source)})
    moments = dict(zip(("opens_at", "closes_at", "opens_again_at", "closes_again_at"), sum(sessions, ()), strict=False))
    OfficeHours.objects.create(
        owner_id=owner_id, since=since, source=source.strip(), entered_by_id=actor.unit_id, entered_on=today, **moments,
    )
    told = [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in sessions]
    record(
        CalendarFact.HOURS_SET.value, thing_kind="calendar", thing_id=owner_id, actor=actor, at=now,
        body={"since": since, "sessions": told}, details={"source": source.strip()},
    )
    _forget()


@transaction.atomic
def enter_special_day(
    *, owner_id: UUID, on: date, works: bool | None, name: str, actor: Actor, now: datetime,
) -> None:
    """Let a unit or region work or rest on a day of its own: a fair, a closure; None takes the entry back.

    The caller knows that the actor may. Due times that stand already keep standing.

    Raises NotEntered: the day is not ahead, or has no name.
    """
    today = day_of(now)
    _refuse({"on": day_trouble(on, today), "name": _missing(name)})
    OwnDay.objects.create(
        owner_id=owner_id, on=on, works=works, name=name.strip(), entered_by_id=actor.unit_id, entered_on=today,
    )
    record(
        CalendarFact.DAY_ENTERED.value, thing_kind="calendar", thing_id=owner_id, actor=actor, at=now,
        body={"on": on, "works": works}, details={"name": name.strip()},
    )
    _forget()


@transaction.atomic
def enter_year(*, year: int, dates: Iterable[SpecialDate], source: str, actor: Actor, now: datetime) -> None:
    """Enter the State Council's holidays of a year, or change what is ahead of a year that is published.

    Days of the December before, which a notice names with the New Year, are entered with it. The caller knows that the
    actor may. Due times that stand already keep standing.

    Raises NotEntered: the year is too far, no holiday is named, a day is as the week says anyway, or is past.
    """
    named = {one.on: one for one in dates}
    special = {day: one.works for day, one in named.items()}
    kept = dict(SpecialDay.objects.filter(on__year=year).values_list("on", "works"))
    kept |= dict(SpecialDay.objects.filter(on__in=special).values_list("on", "works"))
    is_published = PublishedYear.objects.filter(year=year).exists()
    troubles = year_troubles(year, special, kept, day_of(now), is_published=is_published)
    _refuse({**troubles, "source": _missing(source)})
    publish_year(year=year, dates=named.values(), source=source.strip())
    record(
        CalendarFact.YEAR_ENTERED.value, thing_kind="calendar", thing_id=thing_of_year(year), actor=actor, at=now,
        body={"year": year, "days": {day.isoformat(): works for day, works in sorted(special.items())}},
        details={"source": source.strip()},
    )
    _forget()


def thing_of_year(year: int) -> UUID:
    """The id under which facts tell of a published year, which has none of its own."""
    return UUID(int=year)


@transaction.atomic
def publish_year(*, year: int, dates: Iterable[SpecialDate], source: str) -> None:
    """Set the special days of a year, replacing what stood there; entering the same twice changes nothing."""
    rows = [SpecialDay(on=one.on, works=one.works, name=one.name) for one in sorted(dates, key=lambda one: one.on)]
    SpecialDay.objects.filter(on__year=year).delete()
    SpecialDay.objects.filter(on__in=[row.on for row in rows]).delete()
    SpecialDay.objects.bulk_create(rows)
    PublishedYear.objects.update_or_create(year=year, defaults={"source": source})
    _forget()


def load_published(first: int, last: int) -> list[int]:
    """Enter the years that the `chinesecalendar` tables know and that are not kept yet; returns the years entered.

    A year the tables do not know is left out: limits reaching into it are provisional and say so.
    """
    kept = set(PublishedYear.objects.values_list("year", flat=True))
    entered = []
    for year in range(first, last + 1):
        dates = special_dates(year)
        if year in kept or dates is None:
            continue
        publish_year(year=year, dates=dates, source=SOURCE)
        entered.append(year)
    return entered


def _missing(text: str) -> str:
    return "" if text.strip() else "请填写这一项。"


def _refuse(troubles: dict[str, str]) -> None:
    found = {name: trouble for name, trouble in troubles.items() if trouble}
    if found:
        raise NotEntered(found)


def _forget() -> None:
    """Forget what was kept: at once for this transaction, and again when others can see it."""
    forget_calendar()
    transaction.on_commit(forget_calendar)
