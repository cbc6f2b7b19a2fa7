"""Regions: every region with its parent, and one with its path and children."""

from __future__ import annotations

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, cut
from zhitong.api.words import Code, Labelled, Named, Shape, labelled, named, region_coded
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry

router = Router()


class Region(Shape):
    """A region with the one it reports to."""

    code: str
    name: str
    short: str
    rank: Labelled
    kind: Labelled
    parent: str | None


class Regions(Shape):
    """One page of regions, each after the one it reports to in the order of the province."""

    rows: list[Region]
    next: str | None


class RegionInFull(Region):
    """A region with everything around it; what is `shown` is not summed."""

    path: list[Named]
    children: list[Region]
    shown: list[Region]
    office: Named | None


@reads(router, "/regions", answer=Regions, summary="地区：全部地区及其报送上级")
def all_regions(
    request: Request, under: Code | None = None, limit: Limit = 200, cursor: CursorText = ""
) -> Regions:
    """Every region, or those under one."""
    here = directory()
    top = region_coded(under, here) if under else here.root()
    rows = [here.regions[region_id] for region_id in here.within(top.id)]
    page, following = cut(f"regions.{top.code}", rows, cursor, limit)
    return Regions(rows=[_region(one, here) for one in page], next=following)


@reads(router, "/regions/{code}", answer=RegionInFull, summary="一个地区：上级、下级、只展示不汇总的地区、活动办公室")
def one_region(request: Request, code: Code) -> RegionInFull:
    """A region by its code."""
    here = directory()
    region = region_coded(code, here)
    office = here.office(region.id)
    return RegionInFull(
        **_region(region, here).model_dump(), path=[named(one) for one in here.path(region.id)],
        children=[_region(one, here) for one in here.children(region.id)],
        shown=[_region(here.regions[one], here) for one in here.shown.get(region.id, ())],
        office=named(office) if office else None,
    )


def _region(one: RegionEntry, here: Directory) -> Region:
    parent = here.regions[one.parent_id].code if one.parent_id else None
    return Region(
        code=one.code, name=one.name, short=one.short, rank=labelled(one.rank), kind=labelled(one.kind), parent=parent
    )
