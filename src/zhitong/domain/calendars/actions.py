"""Entering the published holidays of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar
from django.db import transaction

from zhitong.domain.calendars.models import PublishedYear, SpecialDay
from zhitong.domain.calendars.queries import forget_calendar


@transaction.atomic
def publish_year(*, year: int, special: Mapping[date, bool], source: str) -> None:
    """Set the special days of a year, replacing what stood there; entering the same twice changes nothing."""
    SpecialDay.objects.filter(on__year=year).delete()
    SpecialDay.objects.bulk_create([SpecialDay(on=day, works=works) for day, works in sorted(special.items())])
    PublishedYear.objects.update_or_create(year=year, defaults={"source": source})
    forget_calendar()


def load_published(first: int, last: int) -> list[int]:
    """Enter the years that the `chinesecalendar` tables know and that are not kept yet; returns the years entered.

    A year the tables do not know is left out: limits reaching into it are provisional and say so.
    """
    kept = set(PublishedYear.objects.values_list("year", flat=True))
    entered = []
    for year in range(first, last + 1):
        if year in kept:
            continue
        try:
            special = _special_days(year)
        except NotImplementedError:
            continue
        publish_year(year=year, special=special, source="国务院办公厅关于部分节假日安排的通知")
        entered.append(year)
    return entered


def _special_days(year: int) -> dict[date, bool]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    found = {day: chinese_calendar.is_workday(day) for day in days if day.year == year}
    return {day: works for day, works in found.items() if works != (day.weekday() < 5)}
