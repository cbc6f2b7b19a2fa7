"""A region's lights in one line, for pages that speak of the region in another matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.progress.queries import watching
from zhitong.web.progress import saying
from zhitong.web.progress.saying import Counted


@dataclass(frozen=True)
class Brief:
    """How many of a region's own targets stand under each light, with the rows, and the region's page of progress."""

    lights: Sequence[Counted]
    url: str


def brief_of(viewer: Viewer, region: RegionEntry) -> Brief | None:
    """A region's lights; None for who may not watch it."""
    found = watching.counts_of_regions(viewer, [region.id])
    if region.id not in found:
        return None
    lights = saying.counted(found[region.id], reverse("progress:list"), region=region.code, own="1")
    return Brief([one for one in lights if one.number], saying.page_of_region(region.code))
