"""The guide to open data, and a set with its columns in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhitong.domain.opendata.queries.numbers import Size, sizes
from zhitong.domain.opendata.rules.columns import DataSet
from zhitong.domain.opendata.rules.sets import SETS
from zhitong.domain.organisations.queries import officials_only
from zhitong.kit import clock
from zhitong.web.opendata.forms import FileForm
from zhitong.web.opendata.showing import FEED, page_of, set_called


@dataclass(frozen=True)
class Offered:
    """A set as the guide lists it."""

    data: DataSet
    size: Size
    url: str


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Every set with its rows, and how to connect.

    Raises NotFound: the viewer is no official.
    """
    officials_only(request.viewer)
    counted = sizes(request.viewer, now=clock.now())
    offered = [Offered(data, counted[name], reverse("opendata:set", args=[name])) for name, data in SETS.items()]
    return render(request, "opendata/guide.html", {"offered": offered, "feed": request.build_absolute_uri(FEED)})


@require_GET
def one(request: HttpRequest, name: str) -> HttpResponse:
    """A set with its columns, its address, and the form for its files.

    Raises NotFound: the viewer is no official, or there is no such set.
    """
    officials_only(request.viewer)
    data = set_called(name)
    return page_of(request, data, FileForm(data=data, viewer=request.viewer))
