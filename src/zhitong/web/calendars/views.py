"""The calendar of a place: a year at a glance, its office hours, and the sum of a limit by it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.calendars.queries import calendar_of, hours_of, sources, special_days_of
from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.calendars.rules.asking import FIRST_YEAR, LAST_YEAR, answer
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.timekeeping import keeps_calendar_of, keeps_the_year
from zhitong.kit import clock
from zhitong.kit.clock import SHANGHAI
from zhitong.web.calendars.forms import SumForm
from zhitong.web.calendars.places import Place, place_called, place_of, places_of
from zhitong.web.calendars.year import (
    WEEK,
    Month,
    changes_within,
    holidays_of,
    hours_lines,
    months_of,
    sessions_in_words,
)
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.words import whole_day

AMOUNT = "5"
"""What the calculator offers to begin with."""


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The calendar of the viewer's own unit.

    Raises NotFound: the viewer is no official.
    """
    officials_only(request.viewer)
    return _page(request, place_of(request.viewer.unit_id, directory()))


@require_GET
def page(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The calendar of a unit or region.

    Raises NotFound: the viewer is no official, or there is no such place.
    """
    officials_only(request.viewer)
    return _page(request, place_called(kind, code))


def _page(request: HttpRequest, place: Place) -> HttpResponse:
    here, today = directory(), clock.today()
    year = _year(request, today.year)
    owners = here.calendar_owners(place.id)
    owning = places_of(owners, here)
    names: dict[object, str] = {one.id: one.name for one in owning}
    calendar = calendar_of(owners)
    named = special_days_of(year, owners)
    months = months_of(year, calendar, named, today)
    context = {
        "place": place,
        "year": year,
        "crumbs": [Crumb(_("工作日历"), reverse("calendars:calendar")), Crumb(place.name)],
        "owning": owning,
        "months": months,
        "week": WEEK,
        "holidays": holidays_of(named.values(), names),
        "held": [
            (_("%s起") % whole_day(day), sessions_in_words(sessions)) for day, sessions in changes_within(year, calendar)
        ],
        "own_hours": hours_lines(hours_of(owners), names, here),
        "years": [one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        "may_keep": keeps_calendar_of(request.viewer, place.id, here),
        "may_enter_year": keeps_the_year(request.viewer),
        "keeper": _keeper(place.id, here),
        "day_url": place.to("day"),
        "hours_url": place.to("hours"),
    }
    return render(request, "calendars/page.html", context | _standing(year, months) | _sum(request, calendar))


def _standing(year: int, months: list[Month]) -> dict[str, Any]:
    """Whether a year is published, by what, and the years that are."""
    published = sources()
    return {
        "source": published.get(year, ""),
        "is_published": year in published,
        "published": [(one, source) for one, source in published.items() if abs(one - year) <= 1],
        "first_and_last": (min(published, default=None), max(published, default=None)),
        "workdays": sum(month.workdays for month in months),
    }


def _sum(request: HttpRequest, calendar: Calendar) -> dict[str, Any]:
    """The calculator, and what it was asked."""
    if "start" not in request.GET:
        first = {"start": clock.now().astimezone(SHANGHAI), "amount": AMOUNT, "unit": "workdays"}
        return {"sum_form": SumForm(initial=first), "told": None}
    form = SumForm(request.GET)
    question = form.question
    return {"sum_form": form, "told": answer(question, calendar) if question else None}


def _year(request: HttpRequest, present: int) -> int:
    """The year that was asked for; this one when it cannot be read or lies beyond all calendars."""
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR else present


def _keeper(place_id: UUID, here: Directory) -> str:
    """The office that keeps a place's calendar."""
    unit = here.units.get(place_id)
    office = here.office(unit.region_id if unit else place_id)
    return office.name if office else ""
