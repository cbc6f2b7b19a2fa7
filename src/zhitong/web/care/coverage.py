"""分包落实情况: by region, by kind and level, from kept counts; every number of gaps opens to the names."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.subjects.queries.coverage import Covered, coverage_at, coverage_by_kind
from zhitong.domain.subjects.rules.caring import Coverage
from zhitong.web.care.places import overseer, region_asked, way_to


@dataclass(frozen=True)
class Line:
    """One line of a table: what it counts, where its head leads, and where its gaps are named."""

    label: str
    about: str
    covered: Covered
    share: str
    url: str
    nobody_url: str
    force_url: str


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """The region's own total, the regions below it, and each kind on each level.

    Raises NotFound: the viewer oversees nothing, or the region lies outside his own.
    """
    viewer, region = overseer(request), region_asked(request)
    here = directory()
    below = here.children(region.id)
    found = coverage_at(viewer, [region.id, *(one.id for one in below)])
    whole = found.get(region.id, Covered())
    regions = [
        _line(one.name, one.rank.label, found[one.id], {"region": one.code}, f"{request.path}?{urlencode({'region': one.code})}")
        for one in below if found[one.id].all
    ]
    kinds = [
        _line(kind.label, tier.label, covered, {"region": region.code, "kind": str(kind), "tier": str(tier)})
        for (kind, tier), covered in coverage_by_kind(viewer, region.id).items()
    ]
    return render(request, "care/coverage.html", {
        "region": region, "total": _line(region.name, _("合计"), whole, {"region": region.code}), "regions": regions,
        "kinds": kinds, "finding": _finding(region.name, whole), "crumbs": way_to(viewer, region),
        "may_assign": viewer.may(Permission.DISPATCH),
    })  # fmt: skip


def _finding(name: str, covered: Covered) -> str:
    """The sentence above the tables."""
    if not covered.all:
        return _("%(name)s还没有登记服务对象。") % {"name": name}
    left = covered.nobody + covered.no_force
    if not left:
        return _("%(name)s %(all)d户全部落实了分包。") % {"name": name, "all": covered.all}
    return _("%(name)s分包落实率%(share)s，还有%(left)d户没有落实。") % {"name": name, "share": _share(covered), "left": left}


def _share(covered: Covered) -> str:
    """Never rounded up to all: 99.9% while one is missing."""
    if covered.share is None:
        return str(gettext_lazy("无"))
    tenths = covered.covered * 1000 // covered.all
    return f"{tenths // 10}.{tenths % 10}%" if tenths < 1000 else "100%"


def _line(label: str, about: str, covered: Covered, asked: dict[str, str], url: str = "") -> Line:
    def named(lacking: Coverage, number: int) -> str:
        return f"{reverse('care:gaps')}?{urlencode({**asked, 'lacking': str(lacking)})}" if number else ""

    return Line(
        label, about, covered, _share(covered), url, named(Coverage.NOBODY, covered.nobody),
        named(Coverage.NO_FORCE, covered.no_force),
    )
