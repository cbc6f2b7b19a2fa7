"""What the tests of entering share: places by code, what is kept, and something to enter."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from zhitong.domain.calendars.models import OfficeHours, OwnDay, PublishedYear, SpecialDay
from zhitong.domain.calendars.rules import Sessions
from zhitong.domain.calendars.rules.published import SpecialDate
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory

NINE: Sessions = ((time(9), time(12)), (time(13), time(17)))
TOMORROW = date(2018, 4, 28)
MAY_DAY = SpecialDate(date(2019, 5, 1), False, "劳动节")


def place(code: str) -> UUID:
    """A unit or region by its code."""
    here = directory()
    found = here.unit_coded(code) or here.region_coded(code)
    assert found is not None, code
    return found.id


def stored() -> tuple[int, ...]:
    """How many rows calendars keep, and how many facts are told of the park's calendar."""
    kept = (model.objects.count() for model in (OfficeHours, OwnDay, SpecialDay, PublishedYear))
    return (*kept, len(facts_about(place("130973400"))))
