"""The page of what hurts: one query of the room, the lines worked out, no arithmetic in the template."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.analysis.queries.hurting.coming import Narrowed
from zhitong.domain.analysis.queries.hurting.hurting import Hurting, hurting
from zhitong.domain.analysis.rules.hurting.expecting import LEAST_CAME, LEAST_FIRMS, Z_HOT
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput
from zhitong.web.hurting import showing
from zhitong.web.hurting.links import rows_of
from zhitong.web.hurting.saying import finding_of, source_of, texts_in_words
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.timing.filters import SpanFilters


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Hot spots, rising themes and common problems of a region in a period.

    Raises NotFound: the region asked for is not the viewer's to oversee.
    """
    viewer, now = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = SpanFilters(request.GET, viewer, now)
    region = form.region_asked
    try:
        found = hurting(viewer, region.id, form.period_asked, now, narrowed=narrowed_by(form))
    except BadInput as refused:
        return render(request, "hurting/page.html", {"form": form, "title": _("问题热点"), "trouble": refused.sentence})
    return render(request, "hurting/page.html", {
        "form": form, "found": found, "title": finding_of(found), "source": source_of(found), "clear_url": _clear(form),
        "crumbs": _crumbs(found), "figures": showing.figures_of(found, form), "spots": showing.spot_lines(found, form),
        "themes": showing.theme_lines(found, form), "texts": texts_in_words(found),
        "commons": showing.common_lines(found),
        "least_came": LEAST_CAME, "least_firms": LEAST_FIRMS, "z_hot": f"{Z_HOT:g}", "all_url": rows_of(form),
        "nothing": Empty(
            _("这个统计期没有收到问题"), _("企业反映问题后，这里列出明显多于预期的地方和企业说得越来越多的事。可换一个统计期。"),
            icon="flame",
        ),
    })


def narrowed_by(form: SpanFilters) -> Narrowed:
    """What the bar narrows to."""
    return Narrowed(kind=form.asked.get("kind", ""), category=form.asked.get("category", ""))


def _clear(form: SpanFilters) -> str:
    """The address without what narrows; empty where nothing does."""
    if not {"kind", "category"} & form.asked.keys():
        return ""
    return f"?region={form.region_asked.code}&period={form.period_asked.code}"


def _crumbs(found: Hurting) -> list[Crumb]:
    """The way from the viewer's own region down to this one."""
    ids = [one.id for one in found.seen.path]
    inside = found.seen.path[ids.index(found.seen.top_id) :] if found.seen.top_id in ids else found.seen.path
    steps = [Crumb(one.name, f"?region={one.code}&period={found.span.period.code}") for one in inside]
    return [*steps[:-1], Crumb(inside[-1].name)]
