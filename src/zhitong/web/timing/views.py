"""The page of where time goes: one query of the room, the figures worked out, no arithmetic in the template."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.analysis.queries.timing.timing import Timing, timing
from zhitong.domain.analysis.queries.timing.ways import Narrowed
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.queries.rulebook import Rulebook, rulebook
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.timing import showing
from zhitong.web.timing.drawing import shade_words
from zhitong.web.timing.filters import TimingFilters
from zhitong.web.timing.links import Links
from zhitong.web.timing.saying import finding_of, flow_finding, source_of


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Where time goes in a region, in a period, against limits and the last one.

    Raises NotFound: the region or the unit asked for is not the viewer's to oversee.
    """
    viewer, now = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = TimingFilters(request.GET, viewer, now)
    region = form.region_asked
    try:
        found = timing(viewer, region.id, form.period_asked, now, narrowed=narrowed_by(form), at=form.cut_off)
    except BadInput as refused:
        return render(request, "timing/page.html", {"form": form, "title": _("办理时长"), "trouble": refused.sentence})
    by = next((one for one in showing.By if one.value == request.GET.get("by")), showing.By.UNIT)
    links = Links(form)
    divided = showing.divided_lines(found, by, links, _book())
    return render(request, "timing/page.html", {
        "form": form, "found": found, "title": finding_of(found), "source": source_of(found), "clear_url": _clear(form),
        "crumbs": _crumbs(found, links), "figures": showing.figures_of(found, links), "drawing": showing.drawing_of(found),
        "shades": shade_words(), "flow_title": flow_finding(found), "flows": showing.flow_lines(found, links),
        "states": showing.state_lines(found, links), "bottlenecks": showing.bottleneck_lines(found, links),
        "by": by, "dimensions": [(one, links.page(by=one.value)) for one in showing.By],
        "divided": divided[: showing.LINES_SHOWN], "beyond": divided[showing.LINES_SHOWN :], "place": showing.own_place(found),
        "stages": showing.stage_lines(found, links), "loops": showing.loop_lines(found, links),
        "nothing": Empty(
            _("这个统计期还没有走完的环节"), _("问题受理、交办、签收、答复、确认后，这里列出每个环节花的时间。可换一个统计期。"),
            icon="hourglass",
        ),
    })


def narrowed_by(form: TimingFilters) -> Narrowed:
    """What the bar narrows to.

    Raises NotFound: the unit asked for does not exist.
    """
    asked = form.asked
    return Narrowed(
        category=asked.get("category", ""), kind=asked.get("kind", ""),
        rank=Rank(asked["rank"]) if "rank" in asked else None, unit_id=form.unit_asked,
    )


def _book() -> Rulebook | None:
    campaign = campaign_in_force()
    return rulebook(campaign.code) if campaign else None


def _clear(form: TimingFilters) -> str:
    """The address without what narrows; empty where nothing does."""
    narrows = {"kind", "category", "rank", "unit", "cutoff"} & form.asked.keys()
    return Links(form).page(**dict.fromkeys(narrows, "")) if narrows else ""


def _crumbs(found: Timing, links: Links) -> list[Crumb]:
    """The way from the viewer's own region down to this one, and the unit where the page is about one."""
    ids = [one.id for one in found.seen.path]
    inside = found.seen.path[ids.index(found.seen.top_id) :] if found.seen.top_id in ids else found.seen.path
    steps = [Crumb(one.name, links.page(region=one.code, unit="")) for one in inside]
    if found.narrowed.unit_id is not None:
        return [*steps, Crumb(directory().name_of(found.narrowed.unit_id))]
    return [*steps[:-1], Crumb(inside[-1].name)]
