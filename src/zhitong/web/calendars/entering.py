"""Entering into calendars: own hours, an own day, a published year; each asks, does it once, and says what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.actions import timekeeping
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.rules.timekeeping import keeps_calendar_of, keeps_the_year
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput
from zhitong.web.calendars.forms import DayForm, HoursForm, YearForm
from zhitong.web.calendars.places import Place, place_called
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, send_once

AHEAD = _("只影响明天起的日子。正在计时的问题不受影响：到期时间在起算时已经定下，不会因此提前或推后。")
FIELD_OF = {"hours": "opens_at"}
"""Where a form shows what the house says of all hours together."""


@dataclass(frozen=True)
class Entry:
    """One thing to be entered: its title, its form, the act, where one returns to, and what is said then."""

    title: str
    form: PlainForm
    act: Callable[..., None]
    back: str
    done: str
    consequence: str


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The office hours of a place from a day on.

    Raises NotFound: the viewer is no official, or there is no such place. Raises NotYours: another keeps its calendar.
    """
    place = _kept_place(request, kind, code)
    title = _("调整%s的上班时间") % place.name
    return _enter(request, _of(place, title, HoursForm(request.POST or None), timekeeping.set_office_hours, _("已保存上班时间。")))


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """A day on which a place works or rests otherwise.

    Raises NotFound: the viewer is no official, or there is no such place. Raises NotYours: another keeps its calendar.
    """
    place = _kept_place(request, kind, code)
    title = _("录入%s的特殊日期") % place.name
    return _enter(request, _of(place, title, DayForm(request.POST or None), timekeeping.enter_special_day, _("已录入这一天。")))


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: HttpRequest) -> HttpResponse:
    """The State Council's holidays of a year.

    Raises NotFound: the viewer is no official. Raises NotYours: it is not the highest office that looks.
    """
    officials_only(request.viewer)
    if not keeps_the_year(request.viewer):
        raise NotYours(_("全年放假安排由最高一级的活动办公室录入。如发现有误，请联系该办公室。"))
    form = YearForm(request.POST or None, today=clock.today(), initial={"year": clock.today().year + 1})
    consequence = _("全系统按此计算工作日。已公布的年份只能调整明天起的日子；正在计时的问题不受影响。")
    back = reverse("calendars:calendar")
    entry = Entry(_("录入全年放假安排"), form, timekeeping.enter_year, back, _("已录入全年放假安排。"), consequence)
    return _enter(request, entry)


def _kept_place(request: HttpRequest, kind: str, code: str) -> Place:
    officials_only(request.viewer)
    place = place_called(kind, code)
    if not keeps_calendar_of(request.viewer, place.id, directory()):
        raise NotYours(_("这份工作日历由本级活动办公室或本单位管理员维护。如需调整，请联系他们录入。"))
    return place


def _of(place: Place, title: str, form: PlainForm, act: Callable[..., None], done: str) -> Entry:
    def for_place(**values: Any) -> None:
        act(place_id=place.id, **values)

    return Entry(title, form, for_place, place.url, done, AHEAD)


def _enter(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Ask; when sent, do it once, or show what must be mended with what was typed."""
    if request.method != "POST":
        return _ask(request, entry)
    if not entry.form.is_valid():
        return _ask(request, entry, status=422)
    values = {**entry.form.values, "actor": request.viewer.actor("web"), "now": clock.now()}  # type: ignore[attr-defined]
    try:
        send_once(request, lambda: entry.act(**values))
    except BadInput as refused:
        for name, sentence in (refused.fields or {"": refused.sentence}).items():
            field = FIELD_OF.get(name, name)
            entry.form.add_error(field if field in entry.form.fields else None, sentence)
        return _ask(request, entry, status=422)
    messages.success(request, entry.done)
    return redirect(entry.back)


def _ask(request: HttpRequest, entry: Entry, *, status: int = 200) -> HttpResponse:
    crumbs = [Crumb(_("工作日历"), entry.back), Crumb(entry.title)]
    context = {"entry": entry, "form": entry.form, "crumbs": crumbs, "once_key": key_of(request)}
    return render(request, "calendars/enter.html", context, status=status)
