"""The overview of a region: kept counts, region by region and divided, exact at the moment they are taken."""

from __future__ import annotations

from datetime import datetime

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.words import Code, Labelled, Named, Shape, labelled, named, region_coded
from zhitong.domain.problems.queries.overview import Overview, RegionNumbers, Slice, overview
from zhitong.domain.problems.rules.phases import Numbers, Phase

router = Router()


class InPhase(Shape):
    """How many problems stand in a phase."""

    phase: Labelled
    problems: int


class Counted(Shape):
    """Problems reported, how they stand, and how many of the open ones are late or nearly so."""

    reported: int
    unsettled: int
    by_phase: list[InPhase]
    overdue: int
    soon: int


class CountedRegion(Shape):
    """A region below with its figures; empty where they are not this post's to see."""

    region: Named
    numbers: Counted | None


class CountedSlice(Shape):
    """One value of a dimension."""

    key: str
    label: str
    kind: str
    numbers: Counted


class Division(Shape):
    """The same figures divided."""

    by: Labelled
    slices: list[CountedSlice]


class RegionOverview(Shape):
    """A region's figures: `children` and `own` add up to `numbers`, `shown` are beside them, confidential ones apart."""

    region: Named
    taken_at: datetime
    lens: Labelled
    numbers: Counted
    own: Counted
    children: list[CountedRegion]
    shown: list[CountedRegion]
    divisions: list[Division]
    confidential: int | None
    confidential_open: int | None
    recorded: int | None


@reads(router, "/overview", answer=RegionOverview, summary="辖区总览：问题总数、办理情况、超期，逐级逐项")
def of_region(request: Request, region: Code | None = None) -> RegionOverview:
    """The figures of a region; of the post's own where none is named."""
    region_id = region_coded(region).id if region else request.viewer.region_id
    return _told(overview(request.viewer, region_id, request.now))


def _told(one: Overview) -> RegionOverview:
    return RegionOverview(
        region=named(one.region), taken_at=one.taken_at, lens=labelled(one.lens), numbers=_counted(one.numbers),
        own=_counted(one.own), children=[_region(child) for child in one.children],
        shown=[_region(beside) for beside in one.shown],
        divisions=[
            Division(by=labelled(dimension), slices=[_slice(part) for part in parts])
            for dimension, parts in one.slices.items()
        ],
        confidential=one.confidential, confidential_open=one.confidential_open, recorded=one.recorded,
    )


def _region(one: RegionNumbers) -> CountedRegion:
    return CountedRegion(region=named(one.region), numbers=_counted(one.numbers) if one.numbers else None)


def _slice(one: Slice) -> CountedSlice:
    return CountedSlice(key=one.key, label=one.label, kind=one.kind, numbers=_counted(one.numbers))


def _counted(numbers: Numbers) -> Counted:
    return Counted(
        reported=numbers.reported, unsettled=numbers.unsettled, overdue=numbers.overdue, soon=numbers.soon,
        by_phase=[InPhase(phase=labelled(phase), problems=numbers.of(phase)) for phase in Phase],
    )
