"""One target's forecast: the curve with its fan, what is needed by when, the regions below by risk, the method, what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.analysis.queries.forecasting import kept
from zhitong.domain.analysis.queries.forecasting.rows import ForecastRow, StepSaid
from zhitong.domain.analysis.rules.forecasting.grounds import DEADLINE, NEXT
from zhitong.domain.analysis.rules.forecasting.methods import SENTENCES
from zhitong.domain.analysis.rules.forecasting.prospects import prospect_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.web.forecast import fan, saying, tables
from zhitong.web.forecast.lists import moment_of
from zhitong.web.progress import saying as progress_saying
from zhitong.web.shell.components import Crumb, Light
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.shell.words import day_in_words


class When(PlainForm):
    """As of which day the forecast is looked at."""

    until = forms.DateField(
        label=gettext_lazy("截至哪一天作的预测"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@dataclass(frozen=True)
class StepLine:
    """A day ahead, ready to be read."""

    name: str
    on: date
    needed: str
    value: str
    interval: str
    chance: str
    light: Light | None
    per_month: str


@dataclass(frozen=True)
class PastLine:
    """A forecast made earlier: what was known then, and what it said of the target's day."""

    row: ForecastRow
    light: Light
    value: str
    interval: str
    said_before: str


@require_GET
def page(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """A target's forecast, as of today or of a day in the past.

    Raises NotFound: there is none by then, or none for this viewer.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    form = When(request.GET)
    until: date | None = wanted_of(form).get("until")
    at = moment_of(until)
    row = kept.forecast_of(viewer, target_id, at=at)
    here = directory()
    region = here.regions[row.region_id]
    below = kept.forecasts_over(viewer, row.indicator_id, [one.id for one in here.children(region.id)], at=at)
    asked = until.isoformat() if until else ""
    return render(request, "forecast/target.html", {
        "row": row,
        "region": region,
        "title": saying.finding(row),
        "light": saying.light_of(row.prospect),
        "crumbs": [
            Crumb(_("%s完成预测") % region.name, progress_saying.asking(reverse("forecast:forecast"), region=region.code, until=asked)),
            Crumb(row.name),
        ],
        "form": form,
        "until": until,
        "lead": lead_of(row),
        "actual": saying.figure(row, row.actual),
        "expected": saying.figure(row, row.expected),
        "drawing": fan.drawn(viewer, row),
        "steps": [step_line(row, one) for one in row.steps],
        "below": [(one, saying.light_of(one.prospect), saying.page_of(one, asked), saying.by_deadline(one), saying.chance(one.chance))
                  for one in below],
        "sentence": SENTENCES[row.method] if row.method else "",
        "error": tables.error_in_words(row),
        "earlier": [_past(one) for one in kept.made_earlier(viewer, target_id)],
        "task_url": progress_saying.asking(
            progress_saying.task_address(row.campaign, row.task_number), region=region.code, target=row.code,
        ),
    })


def lead_of(row: ForecastRow) -> list[str]:
    """What the forecast comes to, in sentences: how likely, what has to come, what is least sure."""
    said = []
    if row.chance is not None and row.steps:
        said.append(_("到%(day)s达到目标的可能性%(chance)s。") % {"day": day_in_words(row.deadline), "chance": saying.chance(row.chance)})
    if row.unknown:
        said.append(f"{row.prospect.label}：{row.unknown.label}。")
    gate = row.gate
    if gate is not None and gate.chance is not None:
        said.append(_("到%(day)s需%(needed)s，预计%(value)s，达到的可能性%(chance)s。") % {
            "day": day_in_words(gate.on), "needed": saying.figure(row, gate.needed), "value": saying.figure(row, gate.value),
            "chance": saying.chance(gate.chance),
        })
    return [*said, *filter(None, [saying.needs(row)])]


def step_line(row: ForecastRow, one: StepSaid) -> StepLine:
    """A day ahead as a line of the table."""
    name = _("目标期限") if one.code == DEADLINE else _("下一期（%s）") % one.name if one.code == NEXT else one.name
    return StepLine(
        name, one.on, saying.figure(row, one.needed), saying.figure(row, one.value), saying.interval(row, one.low, one.high),
        saying.chance(one.chance), None if one.chance is None else saying.light_of(prospect_of(float(one.chance))),
        saying.each_month(row, one.per_month),
    )


def _past(row: ForecastRow) -> PastLine:
    return PastLine(
        row, saying.light_of(row.prospect), saying.figure(row, row.value), saying.interval(row, row.low, row.high),
        tables.said_before_in_words(row),
    )
