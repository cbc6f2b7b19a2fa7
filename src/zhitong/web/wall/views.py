"""The wall: one page for every scene; the scene alone where only that is asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.progress.queries.watching import watched_region
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.words import whole_moment
from zhitong.web.wall.scenes import told_by
from zhitong.web.wall.showing import showing_of


@require_GET
def page(request: HttpRequest, code: str = "", scene: str = "") -> HttpResponse:
    """A scene of a region's wall; without a code the region asked for in the query, else the viewer's own.

    Raises NotFound: the region is not the viewer's to watch, or the viewer has no such scene.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    showing = showing_of(viewer, _region(viewer, code or request.GET.get("region", "")), request.GET, scene)
    if showing is None:
        raise NotFound
    now = clock.now()
    shown = {
        "showing": showing,
        "told": told_by(showing.scene, viewer, showing, now),
        "taken": whole_moment(now),
        "is_part": bool(request.htmx),  # type: ignore[attr-defined]
    }
    if shown["is_part"]:
        return render(request, "wall/scene.html", shown)
    return render(request, "wall/page.html", {
        **shown,
        "links": [(one, showing.address(one), one in showing.scenes) for one in showing.offered],
        "next_url": showing.address(showing.following),
        "form": showing.settings(viewer),
    })


def _region(viewer: Viewer, code: str) -> RegionEntry:
    here = directory()
    asked = here.region_coded(code) if code else here.regions.get(viewer.region_id)
    if asked is None:
        raise NotFound
    return watched_region(viewer, asked.id)
