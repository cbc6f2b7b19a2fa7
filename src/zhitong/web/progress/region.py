"""One region: its targets worst first, what turned since the period before, its reports and gates, and those below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.progress.queries import watching
from zhitong.domain.progress.queries.watching import GateCounts, ReportLine
from zhitong.domain.progress.rules import GateResult, ReportState
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.progress import saying, tables
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm, wanted_of

PEERS = gettext_lazy("同级比较只给本地区的名次和平均数，不列其他地区。")


class When(PlainForm):
    """Up to which period the region is looked at."""

    period = forms.ChoiceField(label=gettext_lazy("看到哪一期"), required=False)

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periods = [(day.isoformat(), saying.until_in_words(day)) for day in days]
        self.fields["period"].choices = [("", _("最新一期")), *periods]  # type: ignore[attr-defined]


@require_GET
def page(request: HttpRequest, code: str = "") -> HttpResponse:
    """How a region stands; without a code the viewer's own.

    Raises NotFound: the region is not the viewer's to watch.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    here = directory()
    asked = here.region_coded(code) if code else here.regions.get(viewer.region_id)
    if asked is None:
        raise NotFound
    region = watching.watched_region(viewer, asked.id)
    days = watching.periods_in(viewer, region.id)
    form = When(request.GET, days=days)
    period = wanted_of(form).get("period", "")
    by = date.fromisoformat(period) if period else None
    lines = tables.target_lines(watching.targets_in(viewer, [region.id], by=by), region.code)
    counts = saying.counts_of([one.target for one in lines if one.target.judged])
    children = here.children(region.id)
    order = request.GET.get("sort", tables.BY_RED)
    below = watching.counts_of_regions(viewer, [one.id for one in children])
    place = watching.place_of(viewer, region.id)
    return render(request, "progress/region.html", {
        "region": region,
        "crumbs": crumbs_of(region, viewer),
        "title": tables.finding_of(region.name, counts),
        "until": saying.until_in_words(by or days[0]) if days else "",
        "form": form if days else None,
        "figures": saying.figures_of(counts, reverse("progress:list"), region=region.code, own="1") if counts.every else [],
        "lines": lines,
        "turned": tables.turned_of(lines),
        "peers": tables.peers_in_words(place.place, place.among, place.on_course, place.average) if place and not by else "",
        "reporting": reporting_of(watching.newest_reports_in(viewer, [region.id], by=by), clock.now()),
        "gates": [_gate(one) for one in watching.gates_in(viewer, region.id)],
        "results": [one.label for one in GateResult],
        "order": order,
        "orders": [(word, label, saying.asking("", sort=word, period=period)) for word, label in tables.ORDERS],
        "heads": [saying.light_of(light) for light in saying.WORST_FIRST],
        "below": tables.region_lines(children, below, order),
        "compare_url": saying.asking(reverse("progress:compare"), left=region.code) if children or region.parent_id else "",
        "rows_url": saying.asking(reverse("progress:list"), region=region.code),
        "nothing": Empty(
            _("%s还没有目标") % region.name, _("上级把目标分解下达、本地区接收后，这里列出每项目标和它的灯。"), icon="target-arrow",
            url=reverse("plan:plan"), label=_("看目标任务"),
        ),
    })


def crumbs_of(region: RegionEntry, viewer: Viewer) -> list[Crumb]:
    """The way from the viewer's own region down to this one."""
    path = directory().path(region.id)
    ids = [one.id for one in path]
    inside = path[ids.index(viewer.region_id):] if viewer.region_id in ids else path
    return [*(Crumb(one.name, saying.page_of_region(one.code)) for one in inside[:-1]), Crumb(inside[-1].name)]


def reporting_of(reports: Sequence[ReportLine], now: datetime) -> dict[str, Any] | None:
    """How the newest reports stand: how many in which state, and those that are owed and late by name."""
    if not reports:
        return None
    here = directory()
    states = Counter(one.state for one in reports)
    return {
        "states": [(state.label, states[state]) for state in ReportState if states[state]],
        "late": [
            {"report": one, "unit": here.name_of(one.unit_id), "url": saying.task_address(one.campaign, one.task_number)}
            for one in reports if one.is_late(now)
        ],
    }


def _gate(one: GateCounts) -> dict[str, Any]:
    return {"gate": one, "numbers": [one.results.get(result, 0) for result in GateResult]}
