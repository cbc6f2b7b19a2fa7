"""The board of a plan: how many targets of each region below stand under which light; every number opens to its rows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import plans_seen
from zhitong.domain.progress.queries import watching
from zhitong.kit.refusals import NotFound
from zhitong.web.progress import saying, tables
from zhitong.web.progress.region import crumbs_of
from zhitong.web.shell.components import Empty


@require_GET
def page(request: HttpRequest, campaign: str) -> HttpResponse:
    """A region and those below it, by light, for one plan; without a region the viewer's own.

    Raises NotFound: there is no such plan, or the region is not the viewer's to watch.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    plan = next((one for one in plans_seen(viewer) if one.campaign == campaign), None)
    here = directory()
    code = request.GET.get("region", "")
    asked = here.region_coded(code) if code else here.regions.get(viewer.region_id)
    if plan is None or asked is None:
        raise NotFound
    region = watching.watched_region(viewer, asked.id)
    children = here.children(region.id)
    found = watching.counts_of_regions(viewer, [region.id, *(one.id for one in children)], campaign=campaign)
    order = request.GET.get("sort", tables.BY_RED)
    below = tables.region_lines(children, found, order, campaign=campaign)
    counts = found[region.id]
    total = tables.summed([found[one.id] for one in children])
    return render(request, "progress/board.html", {
        "plan": plan,
        "region": region,
        "crumbs": crumbs_of(region, viewer),
        "title": tables.finding_of(_("%s下级各地") % region.name, total) if below else tables.finding_of(region.name, counts),
        "heads": [saying.light_of(light) for light in saying.WORST_FIRST],
        "own": tables.region_line(region, counts, campaign=campaign) if counts.every else None,
        "below": below,
        "total": tables.RegionLine(
            _("合计"), "", saying.counted(total, ""), total.every, saying.percent(total.on_course), saying.meter(total.on_course),
        ) if below else None,
        "order": order,
        "orders": [(word, label, saying.asking("", sort=word, region=region.code)) for word, label in tables.ORDERS],
        "tree_url": saying.asking(reverse("plan:of", args=[campaign]), region=region.code),
        "nothing": Empty(
            _("还没有亮灯"), _("各地报送、审核后，这里按地区数出正常、偏慢、滞后和未报的目标。"), icon="layout-dashboard",
        ),
    })
