"""The gates of the year side by side: regions down, days across; and one gate in one region, target by target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import plans_seen
from zhitong.domain.plans.rules.lights import percent_words
from zhitong.domain.progress.queries.gates import FrozenGate, gate_counts, gate_readings, gates_read
from zhitong.domain.progress.queries.standings import may_see_standings
from zhitong.domain.progress.rules import GateResult
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Crumb, Empty, Light, Tone
from zhitong.web.shell.words import whole_day

TONES = {
    GateResult.REACHED: Tone.GOOD, GateResult.SHORT: Tone.BAD, GateResult.MISSING: Tone.NONE, GateResult.NOT_ASKED: Tone.NONE,
}
WORST_FIRST = (GateResult.SHORT, GateResult.MISSING, GateResult.REACHED, GateResult.NOT_ASKED)


@dataclass(frozen=True)
class Cell:
    """What a gate found in a region: its results by number, and the page of the targets behind them."""

    results: tuple[tuple[Light, int], ...]
    url: str
    place: str
    day: str


@require_GET
def compared(request: HttpRequest) -> HttpResponse:
    """A region and those directly below it against the gates of a campaign; the viewer's own where none is asked for.

    Raises NotFound: the region is not there for this viewer.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    region = _region(viewer, request.GET.get("region", ""))
    campaign = request.GET.get("campaign", "") or _campaign()
    gates = gates_read(viewer, campaign)
    here = directory()
    places = [region, *here.children(region.id)]
    counted = gate_counts(viewer, [one.id for one in places])
    return render(request, "lights/gates.html", {
        "region": region,
        "gates": [(gate, whole_day(gate.on), _needed(gate)) for gate in gates],
        "rows": [(place, _below_url(place, region, here, campaign), _cells(place, gates, counted, campaign)) for place in places],
        "campaigns": [(one.campaign, one.region_name, one.campaign == campaign) for one in plans_seen(viewer)],
        "nothing": Empty(
            _("还没有到核定的节点"), _("到了节点那一天，系统按当日已有的报告逐项核定，结果不再改动，列在这里。"), icon="calendar",
        ),
    })


@require_GET
def one(request: HttpRequest, campaign: str, gate: str, region: str) -> HttpResponse:
    """What a gate found for every target of a region, short ones first.

    Raises NotFound: no such gate was read, or not for this viewer.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    place = _region(viewer, region)
    found = next((each for each in gates_read(viewer, campaign) if each.code == gate), None)
    readings = gate_readings(viewer, found.id, place.id) if found else []
    if found is None or not readings:
        raise NotFound
    ordered = sorted(readings, key=lambda reading: WORST_FIRST.index(reading.result))
    short = sum(reading.result is GateResult.SHORT for reading in readings)
    gates_url = f"{reverse('lights:gates')}?region={place.code}&campaign={campaign}"
    return render(request, "lights/gate.html", {
        "place": place,
        "gate": found,
        "day": whole_day(found.on),
        "needed": _needed(found),
        "title": _("%(place)s：%(all)d 项目标，%(short)d 项未达到") % {"place": place.name, "all": len(readings), "short": short},
        "crumbs": [Crumb(_("时间节点"), gates_url), Crumb(found.name)],
        "rows": [
            (reading, _light(reading.result), reverse("lights:course", args=[reading.target_id])) for reading in ordered
        ],
        "frozen_at": readings[0].frozen_at,
    })


def _region(viewer: Viewer, code: str) -> RegionEntry:
    region = directory().region_coded(code) if code else directory().regions.get(viewer.region_id)
    if region is None or not may_see_standings(viewer, region.id):
        raise NotFound
    return region


def _campaign() -> str:
    campaign = campaign_in_force()
    return campaign.code if campaign else ""


def _cells(
    place: RegionEntry, gates: Sequence[FrozenGate], counted: Mapping[UUID, Mapping[UUID, Mapping[GateResult, int]]],
    campaign: str,
) -> list[Cell]:
    return [_cell(place, gate, counted.get(place.id, {}).get(gate.id, {}), campaign) for gate in gates]


def _cell(place: RegionEntry, gate: FrozenGate, found: Mapping[GateResult, int], campaign: str) -> Cell:
    results = tuple((_light(result), found[result]) for result in WORST_FIRST if found.get(result))
    url = reverse("lights:gate", args=[campaign, gate.code, place.code]) if results else ""
    return Cell(results, url, f"{place.name} {gate.name}", whole_day(gate.on))


def _light(result: GateResult) -> Light:
    return Light(TONES[result], result.label)


def _needed(gate: FrozenGate) -> str:
    return _("至少 %s") % percent_words(gate.share) if gate.share is not None else _("按序时进度")


def _below_url(place: RegionEntry, region: RegionEntry, here: Directory, campaign: str) -> str:
    """The same page one level down, where there is a level."""
    if place.id == region.id or not here.children(place.id):
        return ""
    return f"{reverse('lights:gates')}?region={place.code}&campaign={campaign}"
