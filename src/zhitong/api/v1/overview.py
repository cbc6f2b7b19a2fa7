"""The overview of a region: kept counts, region by region and divided, exact at the moment they are taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import AwareDatetime, Field

from zhitong.api.door import Request, reads
from zhitong.api.words import Code, Labelled, Named, OneOf, Shape, labelled, line_id_coded, named, region_coded
from zhitong.domain.analysis.queries.overseeing import Told, told
from zhitong.domain.analysis.rules.stretches import Stretch
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.problems.queries.overview import Moved, Overview, Slice
from zhitong.domain.problems.rules.phases import Dimension, Numbers, Phase
from zhitong.kit.refusals import BadInput

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


class MovedTold(Shape):
    """What came and went in a period; of a line net of what moved between lines."""

    reported: int
    closed: int
    settled: int = Field(description="销号和其他方式结束")


class CountedRegion(Shape):
    """A region below with its figures; empty where they are not this post's to see."""

    region: Named
    numbers: Counted | None
    moved: MovedTold | None = Field(description="期内的增减；没有问期间时为空，只展示不汇总的地区也为空")
    moved_before: MovedTold | None = Field(description="上一段同样长的时间")


class PeriodTold(Shape):
    """A period: after `since`, up to and with `until`."""

    since: datetime
    until: datetime


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
    line: Named | None
    taken_at: datetime = Field(description="统计截止时间")
    lens: Labelled
    numbers: Counted
    period: PeriodTold | None
    moved: MovedTold | None
    before: PeriodTold | None
    moved_before: MovedTold | None
    stood_before: Counted | None = Field(description="上一段时间结束时的各数")
    missing: str = Field(description="历史数据不够早、无从比较时的说明")
    own: Counted
    children: list[CountedRegion]
    shown: list[CountedRegion]
    divisions: list[Division]
    confidential: int | None
    confidential_open: int | None
    recorded: int | None


class OverviewAsked(Shape):
    """Which figures: of a region, a line, as of a moment, with what moved in a period, divided by one thing or by all."""

    region: Code | None = Field(None, description="地区代码，须在本辖区内；不填为本岗位所在地区")
    line: Code | None = Field(None, description="条线代码")
    at: AwareDatetime | None = Field(None, description="统计截止时间；不填为现在")
    since: AwareDatetime | None = Field(None, description="期间从这一时刻以后算起")
    until: AwareDatetime | None = Field(None, description="期间到这一时刻（含）为止；不填为统计截止时间")
    by: OneOf[Dimension] | None = Field(None, description="只要这一种分法；不填为全部")


@reads(router, "/overview", answer=RegionOverview, summary="辖区总览：问题总数、办理情况、超期、期内增减，逐级逐项，任一截止时间")
def of_region(request: Request, asked: Annotated[OverviewAsked, Query()]) -> RegionOverview:
    """The figures of a region; of the post's own where none is named."""
    here = directory()
    region_id = region_coded(asked.region, here).id if asked.region else request.viewer.region_id
    line_id = line_id_coded(asked.line, here) if asked.line else None
    stretch = _stretch(asked, request.now)
    at = stretch.until if stretch and (asked.until or asked.at) else asked.at
    found = told(
        request.viewer, region_id, request.now, at=at, line_id=line_id, stretch=stretch, before=_before(stretch),
    )
    return _told(found, stretch, asked.by, line_id)


def _stretch(asked: OverviewAsked, now: datetime) -> Stretch | None:
    """The period asked for.

    Raises BadInput: it ends before it begins, or anything asked for lies ahead.
    """
    for name, moment in (("at", asked.at), ("until", asked.until)):
        if moment is not None and moment > now:
            raise _wrong(name, "不能晚于现在。")
    if asked.since is None:
        if asked.until is not None:
            raise _wrong("since", "只有 until 没有 since，请补上期间的开始；只要截止时间请用 at。")
        return None
    until = asked.until or asked.at or now
    if asked.at is not None and asked.until is not None and asked.at != asked.until:
        raise _wrong("at", "期间的结束就是统计截止时间，at 和 until 请只填一个。")
    if asked.since >= until:
        raise _wrong("since", "期间的开始须早于结束。")
    return Stretch(asked.since, until)


def _wrong(field: str, sentence: str) -> BadInput:
    return BadInput(sentence, {field: sentence})


def _before(stretch: Stretch | None) -> Stretch | None:
    """As long a time just before."""
    return Stretch(stretch.since - (stretch.until - stretch.since), stretch.since) if stretch else None


def _told(found: Told, stretch: Stretch | None, by: Dimension | None, line_id: UUID | None) -> RegionOverview:
    one, before = found.found, _before(stretch)
    here = one.region.id
    line = directory().lines[line_id] if line_id else None
    return RegionOverview(
        region=named(one.region), line=Named(code=line.code, name=line.name) if line else None, taken_at=one.taken_at,
        lens=labelled(one.lens), numbers=_counted(one.numbers), period=_period(stretch), moved=_moved(found.moved, here),
        before=_period(before), moved_before=_moved(found.moved_before, here),
        stood_before=_counted(found.moved_before[here].after) if found.moved_before else None, missing=found.missing,
        own=_counted(one.own), children=[_region(found, child.region, child.numbers) for child in one.children],
        shown=[_region(found, beside.region, beside.numbers) for beside in one.shown], divisions=_divisions(one, by),
        confidential=one.confidential, confidential_open=one.confidential_open, recorded=one.recorded,
    )


def _divisions(one: Overview, by: Dimension | None) -> list[Division]:
    """The divisions asked for.

    Raises BadInput: these figures are not divided so.
    """
    if by is not None and by not in one.slices:
        raise _wrong("by", f"这些数不能按{by.label}分，可以按{'、'.join(each.label for each in one.slices)}分。")
    return [
        Division(by=labelled(dimension), slices=[_slice(part) for part in parts])
        for dimension, parts in one.slices.items() if by in (None, dimension)
    ]


def _period(stretch: Stretch | None) -> PeriodTold | None:
    return PeriodTold(since=stretch.since, until=stretch.until) if stretch else None


def _moved(moved: Mapping[UUID, Moved] | None, region_id: UUID) -> MovedTold | None:
    found = moved.get(region_id) if moved else None
    return MovedTold(reported=found.reported, closed=found.closed, settled=found.settled) if found else None


def _region(found: Told, region: RegionEntry, numbers: Numbers | None) -> CountedRegion:
    return CountedRegion(
        region=named(region), numbers=_counted(numbers) if numbers else None, moved=_moved(found.moved, region.id),
        moved_before=_moved(found.moved_before, region.id),
    )


def _slice(one: Slice) -> CountedSlice:
    return CountedSlice(key=one.key, label=one.label, kind=one.kind, numbers=_counted(one.numbers))


def _counted(numbers: Numbers) -> Counted:
    return Counted(
        reported=numbers.reported, unsettled=numbers.unsettled, overdue=numbers.overdue, soon=numbers.soon,
        by_phase=[InPhase(phase=labelled(phase), problems=numbers.of(phase)) for phase in Phase],
    )
