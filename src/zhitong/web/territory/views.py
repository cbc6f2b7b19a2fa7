"""Pages of the territory: a region, a unit, the lines of work, and the search for either."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations import queries
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Relation
from zhitong.domain.progress.queries import watching
from zhitong.kit.refusals import NotFound
from zhitong.web.progress.brief import brief_of
from zhitong.web.shell.components import Empty
from zhitong.web.shell.forms import PlainForm, wanted_of
from zhitong.web.territory import rows


class Search(PlainForm):
    """What to look for."""

    q = forms.CharField(
        label=gettext_lazy("找区划或单位"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("名称、拼音或代码"), "type": "search"}),
    )


def territory(request: HttpRequest) -> HttpResponse:
    """What a search gave; without words the viewer's own region."""
    viewer = request.viewer  # type: ignore[attr-defined]
    search = Search(request.GET)
    words = wanted_of(search).get("q", "")
    here = queries.directory()
    if not words:
        return _region_page(request, here.regions[viewer.region_id])
    found = queries.search_territory(viewer, words)
    return render(request, "territory/found.html", {
        "search": search,
        "words": words,
        "regions": rows.region_lines(found.regions, here),
        "units": [rows.unit_line(one, here) for one in found.units],
        "has_above": True,
        "is_cut": found.is_cut,
        "nothing": Empty(_("没有找到“%s”") % words, _("区划可以用名称、拼音或代码找，单位用名称或简称找。"), icon="search"),
    })


def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region: what it is, whom it stands under, what stands below, its office and units.

    Raises NotFound: there is no such region.
    """
    found = queries.directory().region_coded(code)
    if found is None:
        raise NotFound
    return _region_page(request, found)


def _region_page(request: HttpRequest, found: RegionEntry) -> HttpResponse:
    here = queries.directory()
    detail = queries.region_detail(request.viewer, found.id)  # type: ignore[attr-defined]
    office = here.office(found.id)
    units = rows.units_of(found, here)
    return render(request, "territory/region.html", {
        "search": Search(),
        "region": found,
        "brief": brief_of(request.viewer, found),  # type: ignore[attr-defined]
        "detail": detail,
        "crumbs": rows.crumbs_of(found, here),
        "parents": rows.parents_of(detail.parents, here),
        "shown_in": [
            (here.regions[parent].name, rows.region_url(here.regions[parent])) for relation, parent in detail.parents
            if relation is Relation.SHOWN
        ],
        "children": rows.region_lines(here.children(found.id), here),
        "below": rows.below_in_words(found, here),
        "shown": rows.region_lines((here.regions[one] for one in here.shown.get(found.id, ())), here),
        "office": rows.unit_line(office, here) if office else None,
        "is_own_office": office is not None and office.region_id == found.id,
        "host": here.units.get(office.host_id) if office and office.host_id else None,
        "host_url": rows.unit_url(here.units.get(office.host_id)) if office and office.host_id else "",
        "how_many": len(units),
        "units": [one for one in units if one.lines],
        "bodies": rows.bodies_of(units),
        "has_above": found.parent_id is not None,
        "nothing": Empty(_("还没有单位"), _("单位随活动包载入。"), icon="sitemap"),
    })


def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A unit: its lines and who is above on each, its posts by name, its other names, how it is asked.

    Raises NotFound: the viewer is no official, or there is no such unit.
    """
    here = queries.directory()
    found = here.unit_coded(code)
    if found is None:
        raise NotFound
    contact = here.units.get(found.contact_unit_id) if found.contact_unit_id else None
    watched = watching.may_watch(request.viewer, found.region_id)  # type: ignore[attr-defined]
    hosted = [one for one in here.units.values() if one.host_id == found.id]
    host = here.units.get(found.host_id) if found.host_id else None
    return render(request, "territory/unit.html", {
        "search": Search(),
        "line": rows.unit_line(found, here),
        "unit": found,
        "region": here.regions[found.region_id],
        "detail": queries.unit_detail(request.viewer, found.id),  # type: ignore[attr-defined]
        "crumbs": rows.crumbs_of(here.regions[found.region_id], here, last=found.name),
        "progress_url": reverse("progress:unit", args=[found.code]) if watched else "",
        "contact": contact,
        "contact_url": rows.unit_url(contact),
        "host": host,
        "host_url": rows.unit_url(host),
        "hosted": [(one, rows.unit_url(one)) for one in hosted],
        "consulted_through_it": [
            (one, rows.unit_url(one)) for one in here.units.values() if one.contact_unit_id == found.id
        ],
    })


def lines(request: HttpRequest) -> HttpResponse:
    """Every line of work, who keeps it at the top, and those that end outside the chain.

    Raises NotFound: the viewer is no official.
    """
    queries.officials_only(request.viewer)  # type: ignore[attr-defined]
    here = queries.directory()
    every = rows.lines_kept_at_the_top(here)
    outside = [one for one in every if one.unit is None or one.unit.unit.is_consulted]
    return render(request, "territory/lines.html", {
        "search": Search(),
        "root": here.root(),
        "kept": [one for one in every if one not in outside],
        "outside": outside,
        "title": _standing_of(len(every), len(outside)),
    })


def _standing_of(every: int, outside: int) -> str:
    if not outside:
        return _("%d 条条线，省级都有承担单位") % every
    return _("%(every)d 条条线，其中 %(outside)d 条在省级由驻区单位承担，只能商请") % {"every": every, "outside": outside}
