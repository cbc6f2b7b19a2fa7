"""报送情况: how much is reported, on time, late, returned; by region, line and unit; every number opens to the names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.progress.queries.lists import periods_known
from zhitong.domain.progress.queries.meters import reporting_by_line, reporting_by_region, reporting_by_unit
from zhitong.domain.progress.rules import Mark
from zhitong.domain.progress.rules.counting import Reporting
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.reports.showing import tabs_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.sheets import sheet_of
from zhitong.web.shell.words import whole_moment

REGION, LINE, UNIT = "region", "line", "unit"


@dataclass(frozen=True)
class MeterLine:
    """Reporting as a line of a table; numbers lead to the names behind them."""

    name: str
    url: str
    found: Reporting
    cells: list[tuple[int, str]]
    share: int
    rate: str
    timeliness: str


COLUMNS = (
    Column("name", gettext_lazy("名称"), value=lambda line: line.name),
    *(
        Column(name, label, Kind.NUMBER, gettext_lazy("份"), value=lambda line, place=place: line.cells[place][0])
        for place, (name, label) in enumerate((
            ("owed", gettext_lazy("应报")), ("on_time", Mark.ON_TIME.label), ("late", Mark.LATE.label), ("missing", Mark.MISSING.label),
            ("waiting", Mark.WAITING.label), ("returned", Mark.RETURNED.label), ("ever_returned", gettext_lazy("曾被退回")),
        ))
    ),
    Column("rate", gettext_lazy("报送率"), Kind.PERCENT, value=lambda line: line.found.rate),
    Column("timeliness", gettext_lazy("及时率"), Kind.PERCENT, value=lambda line: line.found.timeliness),
)
"""The table as a workbook has it."""


@require_GET
def meter(request: HttpRequest) -> HttpResponse | FileResponse:
    """Who has reported and who has not.

    Raises NotYours: the post oversees nothing. Raises NotFound: the region is not within the viewer's.
    """
    viewer, here = request.viewer, directory()
    require(viewer, Permission.OVERSEE)
    periods = periods_known(viewer)
    period = request.GET.get("period") or (periods[0][0] if periods else "")
    region = here.region_coded(request.GET.get("region", "")) or here.regions[viewer.region_id]
    if viewer.region_id not in {one.id for one in here.path(region.id)}:
        raise NotFound
    by = request.GET.get("by", REGION)
    places = [region, *here.children(region.id)]
    found = reporting_by_region(viewer, [one.id for one in places], period)
    asked = {"period": period, "region": region.code}
    total = _line(region.name, "", found[region.id], asked)
    if by == LINE:
        rows = [
            _line(here.lines[one].name, "", told, {**asked, "line": str(one)})
            for one, told in reporting_by_line(viewer, region.id, period).items() if one in here.lines
        ]
    elif by == UNIT:
        told = sorted(reporting_by_unit(viewer, region.id, period).items(), key=lambda pair: (pair[1].rate or 0, here.name_of(pair[0])))
        rows = [_line(here.name_of(one), "", each, {**asked, "unit": str(one)}) for one, each in told[:200]]
    else:
        rows = [
            _line(one.name, f"?{urlencode({'period': period, 'region': one.code})}", found[one.id], {**asked, "region": one.code})
            for one in places[1:] if found[one.id].owed
        ]
    if request.GET.get("export") == "xlsx":
        taken = _("%(place)s %(period)s　导出时间：%(at)s　导出人：%(by)s") % {
            "place": region.name, "period": period, "at": whole_moment(clock.now()), "by": request.user.name,
        }
        return sheet_of(_("目标任务报送情况"), COLUMNS, [*rows, total], [taken])
    ways = [(label, f"?{urlencode({**asked, 'by': way})}", way == by) for way, label in _ways()]
    return render(request, "reports/meter.html", {
        "tabs": tabs_of(request, "meter"), "rows": rows, "total": total, "ways": ways, "region": region, "period": period,
        "export_url": f"?{urlencode({**asked, 'by': by, 'export': 'xlsx'})}",
        "periods": periods, "by": by, "at": clock.now(), "title": _title(region.name, found[region.id]), "head": dict(_ways())[by]
        if by in dict(_ways()) else _("地区"),
    })


def _ways() -> list[tuple[str, str]]:
    return [(REGION, _("各地区")), (LINE, _("各条线")), (UNIT, _("各单位"))]


def _title(name: str, found: Reporting) -> str:
    if not found.owed:
        return _("%s这一期没有应报的报告") % name
    missing = found.owed - found.sent
    return _("%(name)s报送率%(rate)s，还差%(missing)d份") % {"name": name, "rate": _share(found.rate), "missing": missing}


def _line(name: str, url: str, found: Reporting, asked: Mapping[str, str]) -> MeterLine:
    def cell(count: int, **more: str) -> tuple[int, str]:
        return count, f"{reverse('reports:list')}?{urlencode({**asked, **more})}" if count else ""

    cells = [
        cell(found.owed), cell(found.count(Mark.ON_TIME), mark=str(Mark.ON_TIME)), cell(found.count(Mark.LATE), mark=str(Mark.LATE)),
        cell(found.count(Mark.MISSING), mark=str(Mark.MISSING)), cell(found.count(Mark.WAITING), mark=str(Mark.WAITING)),
        cell(found.count(Mark.RETURNED), mark=str(Mark.RETURNED)), cell(found.returned, returned="on"),
    ]
    return MeterLine(name, url, found, cells, round(100 * (found.rate or 0)), _share(found.rate), _share(found.timeliness))


def _share(rate: Any) -> str:
    return f"{rate:.1%}" if rate is not None else "—"
