"""The overview of a region: what an address asks, the room's answers, one page or the workbook of its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.analysis.queries.telling import Told, reported_by, told
from zhitong.domain.analysis.rules.views import Form
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.overview import Overview
from zhitong.domain.problems.rules.phases import Dimension
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.cards.brief import meters_of
from zhitong.web.overview import divisions, findings, regions
from zhitong.web.overview.asking import Asked, AskForm, asked_of
from zhitong.web.overview.figures import figures_of
from zhitong.web.overview.links import Rows
from zhitong.web.overview.saved import Shelf, shelf_of
from zhitong.web.progress.brief import brief_of
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.sheets import sheet_of

REGIONS, DIVIDED = "regions", "divided"


@dataclass(frozen=True)
class Looked:
    """What was asked and what it came to."""

    asked: Asked
    form: AskForm
    told: Told
    rows: Rows
    dimension: Dimension
    reported: divisions.Reported


@require_GET
def page(request: HttpRequest, code: str = "") -> HttpResponse | FileResponse:
    """A region's figures, the regions below it, and one division of the whole; or one of the two as a workbook.

    Raises NotFound: the region does not lie inside the viewer's own.
    """
    looked = _looked(request, _region(request.viewer, code))
    if request.GET.get("export") in (REGIONS, DIVIDED):
        return _sheet(request, looked)
    return render(request, "overview/page.html", _context(request, looked))


def _region(viewer: Viewer, code: str) -> RegionEntry:
    here = directory()
    region = here.region_coded(code) if code else here.regions[viewer.region_id]
    if region is None:
        raise NotFound
    return region


def _looked(request: HttpRequest, region: RegionEntry) -> Looked:
    """The figures asked for; those of the present, with the reason beside the field, where history does not reach so far."""
    viewer, now = request.viewer, clock.now()
    asked, form = asked_of(viewer, region, request.GET, now)
    try:
        found = _told(viewer, asked)
    except NotFound:
        raise
    except Refused as refused:
        form.add_error("at" if asked.at else "period", refused.sentence)
        asked = asked.of_the_present()
        found = _told(viewer, asked)
    dimension = _dimension(asked.by, found.found)
    rows = Rows(
        found.found.lens, asked.line.code if asked.line else "", asked.cut_off if asked.is_past else None, asked.stretch
    )
    reported = _reported(viewer, asked, found, dimension)
    return Looked(replace(asked, by=dimension.value if asked.by else ""), form, found, rows, dimension, reported)


def _reported(viewer: Viewer, asked: Asked, found: Told, dimension: Dimension) -> divisions.Reported:
    """What was reported within the period by the slices of the division, where that is asked and known."""
    if asked.stretch is None or found.moved is None:
        return None
    if dimension is Dimension.REGION:
        places = [one for one in (*regions.places_of(found), regions.own_of(found)) if one is not None]
        return {("", one.region.code if one.region else ""): one.moved.reported for one in places if one.moved}
    line_id = asked.line.id if asked.line else None
    return reported_by(viewer, found.found, dimension, asked.stretch, line_id=line_id)


def _told(viewer: Viewer, asked: Asked) -> Told:
    return told(
        viewer, asked.region.id, asked.now, at=asked.cut_off if asked.is_past else None,
        line_id=asked.line.id if asked.line else None, stretch=asked.stretch, before=asked.before,
    )


def _context(request: HttpRequest, looked: Looked) -> dict[str, Any]:
    viewer, asked, found = request.viewer, looked.asked, looked.told.found
    bars = divisions.bars_of(found, looked.dimension, looked.rows, looked.reported)
    is_folded = looked.dimension is Dimension.CATEGORY and not request.GET.get("every")
    shown = divisions.SHOWN if is_folded else len(bars)
    return {
        "asked": asked, "form": looked.form, "found": found, "title": findings.title_of(looked.told, asked),
        "source": findings.source_of(looked.told, asked), "crumbs": _crumbs(asked, found),
        "figures": figures_of(looked.told, asked, looked.rows), **_beside(viewer, asked),
        "regions": regions.table_of(looked.told, asked, looked.rows), "columns": divisions.COLUMNS,
        "dimension": looked.dimension, "dimensions": _tabs(asked, found, looked.dimension),
        "forms": [(one.label, asked.address(form="" if one is Form.CHART else one.value), one is asked.form) for one in Form],
        "is_table": asked.form is Form.TABLE, "has_moved": looked.reported is not None, "most": _most(looked, bars),
        "bars": bars[:shown], "folded": len(bars) - len(bars[:shown]), "every_url": asked.address(every="1"),
        "pinned_url": "" if asked.is_past else asked.address(at=asked.pinned), "clear_url": _cleared(asked),
        "export_regions": asked.address(export=REGIONS), "export_divided": asked.address(export=DIVIDED),
        "shelf": _shelf(request, asked),
        "nothing": Empty(
            _("还没有可以分析的问题"), _("企业提交反馈卡或“我要反映问题”后，这里按类别、服务对象和层级列出。"), icon="chart-bar"
        ),
    }


def _beside(viewer: Viewer, asked: Asked) -> Mapping[str, Any]:
    """How the plan and the collection of the same region stand: of the present, so nothing of it beside figures of the past."""
    if asked.is_past:
        return {}
    return {"brief": brief_of(viewer, asked.region), "meters": meters_of(viewer, asked.region, clock.day_of(asked.now))}


def _shelf(request: HttpRequest, asked: Asked) -> Shelf:
    return shelf_of(request.viewer, asked, request.GET.get("view", ""))


def _cleared(asked: Asked) -> str:
    """The page without what the bar asks; empty where it asks nothing."""
    bare = asked.address(line="", period="", first="", last="", at="", view="")
    return bare if bare != asked.address(view="") else ""


def _tabs(asked: Asked, found: Overview, current: Dimension) -> Sequence[tuple[str, str, bool]]:
    return [(one.label, asked.address(by=one.value), one is current) for one in Dimension if one in found.slices]


def _dimension(asked: str, found: Overview) -> Dimension:
    """The division asked for, or the first that the viewer has."""
    return next((one for one in found.slices if one.value == asked), next(iter(found.slices)))


def _most(looked: Looked, bars: Sequence[divisions.Bar]) -> str:
    """The title of the division: of the period where one is asked for and something was reported in it."""
    said = [(f"{bar.note}“{bar.label}”" if bar.note else bar.label, bar) for bar in bars]
    moved = [(label, bar.moved.value) for label, bar in said if bar.moved and bar.moved.value > 0]
    if moved:
        return findings.most_of(looked.dimension, moved, findings.period_of(looked.asked))
    return findings.most_of(looked.dimension, [(label, bar.reported.value) for label, bar in said]) if bars else ""


def _crumbs(asked: Asked, found: Overview) -> list[Crumb]:
    """The way from the viewer's own region down to this one, looking at the same all along."""
    codes = [one.id for one in found.path]
    inside = found.path[codes.index(found.top_id) :] if found.top_id in codes else found.path
    return [*(Crumb(one.name, asked.address(one.code, view="")) for one in inside[:-1]), Crumb(inside[-1].name)]


def _sheet(request: HttpRequest, looked: Looked) -> FileResponse:
    """The table of regions or the division, in the order and with the figures of the page."""
    asked, found = looked.asked, looked.told.found
    taken = _("导出时间：%(at)s　导出人：%(by)s") % {"at": findings.exact_moment(asked.now), "by": request.user.name}
    notes = [findings.title_of(looked.told, asked), findings.source_of(looked.told, asked), taken]
    place = found.region.name
    if request.GET["export"] == REGIONS:
        columns, rows = regions.columns_of(looked.told, asked, looked.rows), regions.rows_for_sheet(looked.told, asked, looked.rows)
        return sheet_of(_("%s各地办理情况") % place, columns, rows, notes)
    bars = divisions.bars_of(found, looked.dimension, looked.rows, looked.reported)
    title = _("%(place)s问题按%(by)s") % {"place": place, "by": looked.dimension.label}
    return sheet_of(title, divisions.columns_of(looked.dimension, looked.reported), bars, notes)
