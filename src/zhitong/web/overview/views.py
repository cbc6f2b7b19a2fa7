"""The overview of a region: one page, one query of the room, no arithmetic in the template."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.queries.overview import Overview, overview
from zhitong.domain.problems.rules.phases import Dimension
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.overview import findings, tables
from zhitong.web.progress.brief import brief_of
from zhitong.web.shell.components import Crumb, Empty


def page(request: HttpRequest, code: str = "") -> HttpResponse:
    """A region's figures, the regions below it, and one division of the whole.

    Raises NotFound: the region does not lie inside the viewer's own.
    """
    viewer = request.viewer  # type: ignore[attr-defined]
    region = directory().region_coded(code) if code else directory().regions[viewer.region_id]
    if region is None:
        raise NotFound
    found = overview(viewer, region.id, clock.now())
    dimension = _dimension(request.GET.get("by", ""), found)
    bars = tables.bars_of(found, dimension)
    return render(request, "overview/page.html", {
        "found": found,
        "title": findings.standing_of(found),
        "brief": brief_of(viewer, found.region),
        "source": findings.source_of(found),
        "crumbs": _crumbs(found),
        "figures": tables.figures_of(found),
        "columns": tables.COLUMNS,
        "regions": tables.region_lines(found),
        "shown": tables.shown_lines(found),
        "total": tables.total_line(found),
        "dimension": dimension,
        "dimensions": [one for one in Dimension if one in found.slices],
        "bars": bars,
        "most": findings.most_of(dimension, found.slices[dimension], _largest(bars)) if bars else "",
        "nothing": Empty(
            "还没有可以分析的问题", "企业提交反馈卡或“我要反映问题”后，这里按类别、服务对象和层级列出。", icon="chart-bar"
        ),
    })


def _dimension(asked: str, found: Overview) -> Dimension:
    """The division asked for, or the first that the viewer has."""
    return next((one for one in found.slices if one.value == asked), next(iter(found.slices)))


def _largest(bars: list[tables.Bar]) -> str:
    largest = max(bars, key=lambda bar: bar.reported.value)
    return f"{largest.note}“{largest.label}”" if largest.note else largest.label


def _crumbs(found: Overview) -> list[Crumb]:
    """The way from the viewer's own region down to this one."""
    codes = [one.id for one in found.path]
    inside = found.path[codes.index(found.top_id) :] if found.top_id in codes else found.path
    return [*(Crumb(one.name, tables.page_of(one)) for one in inside[:-1]), Crumb(inside[-1].name)]
