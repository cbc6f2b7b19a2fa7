"""One target in a region: the value in force, every value it had, its curves drawn, what was changed and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.plans.queries.amendments import amendments_of_target
from zhitong.domain.plans.queries.one_target import TargetInRegion, target_seen
from zhitong.domain.plans.rules import full_name
from zhitong.domain.plans.rules.curves import Points, floored, in_percent, month_ends, share_on
from zhitong.domain.progress.queries.standings import has_standings
from zhitong.kit import clock
from zhitong.kit.figures import whole_day
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.drawing import Drawing, Paper

Curves = Sequence[tuple[str, str, Points]]


@dataclass(frozen=True)
class MonthRow:
    """What is due by a month's end: of each curve drawn, in percent; the gates are beneath it already."""

    on: date
    shares: Sequence[str]


@require_GET
def page(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """A target in full. Raises NotFound: no such target, or the viewer is one of the served."""
    found = target_seen(request.viewer, target_id, clock.today())
    curves = curves_of(found)
    return render(request, "targets/target.html", {
        "target": found, "drawing": drawing_of(found, curves), "heads": [word for _kind, word, _points in curves],
        "months": months_of(found, curves), "amendments": amendments_of_target(request.viewer, target_id),
        "terms": tuple(reversed(found.terms)), "crumbs": crumbs_of(found),
        "task_url": reverse("plan:task", args=[found.campaign, found.task]) if found.task else "",
        "lights_url": reverse("lights:course", args=[target_id]) if has_standings(request.viewer, target_id) else "",
        "may_answer": found.may_decide and found.proposed is not None,
        "may_propose": found.may_propose and found.proposed is None and not found.is_cancelled,
    })


def name_of(found: TargetInRegion) -> str:
    """The indicator with what it covers, said once."""
    return full_name(found.name, found.scope)


def crumbs_of(found: TargetInRegion, *more: str) -> list[Crumb]:
    """The way to a target, and perhaps one step on."""
    own = reverse("targets:page", args=[found.id]) if more else ""
    return [
        Crumb(_("%s目标") % found.region, f"{reverse('targets:list')}?campaign={found.campaign}"),
        Crumb(name_of(found), own), *(Crumb(one) for one in more),
    ]


def curves_of(found: TargetInRegion, typed: Points = ()) -> Curves:
    """The curves to draw: the first where another holds now, the one in force, the one proposed or just typed."""
    curves = [("expected", _("现行：%s") % found.curve.shape.label, found.curve.points)]
    if found.first != found.curve.points:
        curves.insert(0, ("first", _("最初的曲线"), found.first))
    if typed:
        return [*curves, ("proposed", _("拟提出的"), typed)]
    waiting = found.proposed
    return [*curves, ("proposed", _("待认可：%s") % waiting.shape.label, waiting.points)] if waiting else curves


def drawing_of(found: TargetInRegion, curves: Curves) -> Drawing:
    """The curves of a target as a drawing whose title says what is due today."""
    today = clock.today()
    due = floored(share_on(found.curve.points, today, calendar()), today, found.gates)
    title = _("到今天应完成%(due)s，%(day)s前全部完成") % {"due": in_percent(due), "day": whole_day(found.deadline)}
    paper = Paper(found.begin, max([found.deadline, *(points[-1][0] for _kind, _word, points in curves)]))
    return paper.drawing(title, [paper.line(*curve) for curve in curves], found.gates, today)


def months_of(found: TargetInRegion, curves: Curves) -> list[MonthRow]:
    """What is due by each month's end."""
    days = calendar()
    return [
        MonthRow(end, [in_percent(floored(share_on(points, end, days), end, found.gates)) for _kind, _word, points in curves])
        for end in month_ends(found.begin, found.deadline)
    ]
