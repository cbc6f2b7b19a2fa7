"""The region one looks at: the viewer's own, or one below it named by its code."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Crumb


def overseer(request: HttpRequest) -> Viewer:
    """The viewer, who oversees a territory or a line of it.

    Raises NotFound: he does not.
    """
    viewer: Viewer = request.viewer
    if not viewer.may(Permission.OVERSEE):
        raise NotFound
    return viewer


def region_asked(request: HttpRequest) -> RegionEntry:
    """The region that the address names, else the viewer's own.

    Raises NotFound: it lies outside the viewer's own.
    """
    here, viewer = directory(), overseer(request)
    code = request.GET.get("region", "")
    found = here.region_coded(code) if code else here.regions[viewer.region_id]
    if found is None or viewer.region_id not in {one.id for one in here.path(found.id)}:
        raise NotFound
    return found


def way_to(viewer: Viewer, region: RegionEntry) -> Sequence[Crumb]:
    """The regions from the viewer's own down to this one."""
    path = directory().path(region.id)
    first = next(place for place, one in enumerate(path) if one.id == viewer.region_id)
    steps = [Crumb(one.name, f"{reverse('care:coverage')}?{urlencode({'region': one.code})}") for one in path[first:-1]]
    return [*steps, Crumb(region.name)] if steps else []
