"""How a region stands: its targets and lights, its place, the gates; two regions beside each other."""

from __future__ import annotations

from datetime import date

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.v1.progress import (
    CountOfLight,
    StandingTarget,
    figure_text,
    lights_of,
    lights_told,
    share_told,
    target_told,
)
from zhitong.api.words import Code, Named, Shape, named, region_coded
from zhitong.domain.organisations.queries import directory
from zhitong.domain.progress.queries import watching

router = Router()


class RegionCounted(Shape):
    """A region's own targets by light; `on_course` is the share of those that could be judged."""

    region: Named
    lights: list[CountOfLight]
    on_course: str | None


class OwnPlace(Shape):
    """A region's own place among its like and the average; nothing of any other."""

    place: int
    among: int
    on_course: str
    average: str


class GateFound(Shape):
    """What a gate found: how many targets with which result."""

    code: str
    name: str
    on: date
    results: dict[str, int]


class RegionProgress(Shape):
    """A region's targets, those below by light, its place, and its gates."""

    region: Named
    lights: list[CountOfLight]
    targets: list[StandingTarget]
    below: list[RegionCounted]
    place: OwnPlace | None
    gates: list[GateFound]


class Pair(Shape):
    """One indicator in two regions; empty on the side that has no such target."""

    code: str
    name: str
    left: StandingTarget | None
    right: StandingTarget | None


class Beside(Shape):
    """Two regions by indicator."""

    left: Named
    right: Named
    pairs: list[Pair]


@reads(router, "/regions/{code}/progress", answer=RegionProgress, summary="一个地区的进度：目标、下级各地、名次、节点")
def region_progress(request: Request, code: Code, until: date | None = None) -> RegionProgress:
    """A region's own targets and the lights of those below."""
    here = directory()
    place = watching.watched_region(request.viewer, region_coded(code, here).id)
    found = watching.targets_in(request.viewer, [place.id], by=until)
    counted = watching.counts_of_regions(request.viewer, [one.id for one in here.children(place.id)])
    own = watching.place_of(request.viewer, place.id)
    return RegionProgress(
        region=named(place), lights=lights_of(found), targets=[target_told(one, here) for one in found],
        below=[
            RegionCounted(region=named(here.regions[one]), lights=lights_told(counts), on_course=figure_text(counts.on_course))
            for one, counts in counted.items() if counts.every
        ],
        place=own and OwnPlace(
            place=own.place, among=own.among, on_course=share_told(own.on_course), average=share_told(own.average),
        ),
        gates=[
            GateFound(
                code=one.code, name=one.name, on=one.on, results={result.value: n for result, n in one.results.items()},
            )
            for one in watching.gates_in(request.viewer, place.id)
        ],
    )


@reads(router, "/regions/{code}/progress/beside/{other}", answer=Beside, summary="两地比较：同样的目标各走到哪里")
def beside(request: Request, code: Code, other: Code, until: date | None = None) -> Beside:
    """Two regions of one's own territory by indicator."""
    here = directory()
    left, right = region_coded(code, here), region_coded(other, here)
    return Beside(
        left=named(left), right=named(right),
        pairs=[
            Pair(
                code=one.either.code, name=one.either.name, left=target_told(one.left, here) if one.left else None,
                right=target_told(one.right, here) if one.right else None,
            )
            for one in watching.compared(request.viewer, left.id, right.id, by=until)
        ],
    )
