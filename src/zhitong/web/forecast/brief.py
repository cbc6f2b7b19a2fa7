"""A region's forecasts in one line, for pages that speak of the region in another matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from zhitong.domain.analysis.queries.forecasting import kept
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.web.forecast import tables
from zhitong.web.progress.saying import Counted, asking


@dataclass(frozen=True)
class Brief:
    """How many of a region's own targets are foretold how, with the rows, and the page of all."""

    prospects: Sequence[Counted]
    url: str


def brief_of(viewer: Viewer, region: RegionEntry) -> Brief | None:
    """A region's forecasts (one query); None for who may not watch it, and while there are none."""
    found = kept.prospects_of(viewer, [region.id]).get(region.id)
    if not found:
        return None
    counted = tables.counted(found, region=region.code)
    return Brief([one for one in counted if one.number], asking(reverse("forecast:forecast"), region=region.code))
