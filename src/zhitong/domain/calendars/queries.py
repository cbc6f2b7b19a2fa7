"""The calendars in force, read once and kept by the process until something is entered; and what they are made of."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from zhitong.domain.calendars.models import OfficeHours, OwnDay, PublishedYear, SpecialDay
from zhitong.domain.calendars.rules import Calendar, Sessions
from zhitong.domain.calendars.rules.own import OwnCalendar, laid_over

KEPT_SECONDS = 60


@dataclass(slots=True)
class _Kept:
    """What one reading of the tables gave, and the calendars made of it since."""

    read_at: float
    database: str
    installation: Calendar
    own: dict[UUID, OwnCalendar]
    made: dict[tuple[UUID, ...], Calendar] = field(default_factory=dict)


_kept: _Kept | None = None


def calendar() -> Calendar:
    """The working calendar of the installation; another process's change arrives within a minute."""
    return _in_force().installation


def calendar_of(owners: Sequence[UUID]) -> Calendar:
    """The working calendar of who stands under these, the most special first: a unit, its region, the region above …

    The first with own office hours gives them, special days are merged with the nearest first, all over the calendar of
    the installation. No query while what was read is kept; without own entries it is `calendar()` itself.
    """
    kept = _in_force()
    having = tuple(owner for owner in owners if owner in kept.own)
    if not having:
        return kept.installation
    if having not in kept.made:
        kept.made[having] = laid_over(kept.installation, [kept.own[owner] for owner in having])
    return kept.made[having]


def forget_calendar() -> None:
    """Let the next question read the tables again."""
    global _kept
    _kept = None


def _in_force() -> _Kept:
    global _kept
    kept, database = _kept, str(connection.settings_dict["NAME"])
    if kept is None or kept.database != database or time.monotonic() - kept.read_at > KEPT_SECONDS:
        kept = _kept = _Kept(time.monotonic(), database, _installation(), _own_calendars())
    return kept


def _installation() -> Calendar:
    special = dict(SpecialDay.objects.values_list("on", "works"))
    return Calendar(special, frozenset(PublishedYear.objects.values_list("year", flat=True)))


def _own_calendars() -> dict[UUID, OwnCalendar]:
    hours: dict[UUID, dict[date, Sessions | None]] = {}
    for row in _newest_hours(Q()):
        hours.setdefault(row.owner_id, {})[row.since] = sessions_of(row) or None
    days: dict[UUID, dict[date, bool]] = {}
    for one in _newest_days(Q()):
        if one.works is not None:
            days.setdefault(one.owner_id, {})[one.on] = one.works
    return {owner: OwnCalendar(hours.get(owner, {}), days.get(owner, {})) for owner in hours.keys() | days.keys()}


def sessions_of(row: OfficeHours) -> Sessions:
    """The open stretches of a row; none where it goes back to those of the level above."""
    pairs = ((row.opens_at, row.closes_at), (row.opens_again_at, row.closes_again_at))
    return tuple((opens, closes) for opens, closes in pairs if opens is not None and closes is not None)


def _newest_hours(asked: Q) -> Iterable[OfficeHours]:
    """Of several entries of an owner for the same day the latest."""
    return OfficeHours.objects.filter(asked).order_by("owner_id", "since", "-id").distinct("owner_id", "since")


def _newest_days(asked: Q) -> Iterable[OwnDay]:
    return OwnDay.objects.filter(asked).order_by("owner_id", "on", "-id").distinct("owner_id", "on")


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Office hours that an owner has entered from a day on; none: those of the level above again."""

    owner_id: UUID
    since: date
    sessions: Sessions
    source: str
    entered_by_id: UUID | None
    entered_on: date


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that is not as the week says, by name; `owner_id` is whose it is, None the State Council's."""

    on: date
    works: bool
    name: str
    owner_id: UUID | None = None


def sources() -> dict[int, str]:
    """The published years with their source, in order (one query)."""
    return dict(PublishedYear.objects.order_by("year").values_list("year", "source"))


def hours_of(owners: Sequence[UUID]) -> list[OwnHours]:
    """What these owners have entered of office hours, by owner in the order given, then by day (one query)."""
    rows = sorted(_newest_hours(Q(owner_id__in=owners)), key=lambda row: (owners.index(row.owner_id), row.since))
    return [
        OwnHours(row.owner_id, row.since, sessions_of(row), row.source, row.entered_by_id, row.entered_on) for row in rows
    ]


def special_days_of(year: int, owners: Sequence[UUID]) -> dict[date, NamedDay]:
    """The days of a year that are not as the week says, by day, as they are for who stands under these (two queries)."""
    found = {
        on: NamedDay(on, works, name)
        for on, works, name in SpecialDay.objects.filter(on__year=year).order_by("on").values_list("on", "works", "name")
    }
    own = sorted(_newest_days(Q(owner_id__in=owners, on__year=year)), key=lambda row: -owners.index(row.owner_id))
    found |= {row.on: NamedDay(row.on, row.works, row.name, row.owner_id) for row in own if row.works is not None}
    return dict(sorted(found.items()))
