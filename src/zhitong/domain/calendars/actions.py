"""Entering the published holidays of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from zhitong.domain.calendars.models import PublishedYear, SpecialDay
from zhitong.domain.calendars.queries import forget_calendar
from zhitong.domain.calendars.rules.published import SOURCE, special_dates


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
        dates = special_dates(year)
        if year in kept or dates is None:
            continue
        publish_year(year=year, special={one.on: one.works for one in dates}, source=SOURCE)
        entered.append(year)
    return entered
