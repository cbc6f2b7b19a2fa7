"""How targets stand: lights of a region with the rule in words, lights set from above, and what the gates have found."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Router

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Labelled, Named, OneOf, Said, Shape, ShortText, labelled, named, region_coded, unit_named
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.actions import overriding
from zhitong.domain.progress.queries.gates import ReadingView, gate_counts, gate_readings, gates_read
from zhitong.domain.progress.queries.standings import (
    OverrideView,
    StandingView,
    counts_by_light,
    may_see_standings,
    standings_of_region,
    standings_of_target,
)
from zhitong.domain.progress.rules import GateResult
from zhitong.kit.refusals import NotFound

router = Router()


class OverrideTold(Shape):
    """Another light, set by the level above."""

    id: UUID
    computed: Labelled
    light: Labelled
    reason: str
    by: Named | None
    set_at: datetime


class StandingTold(Shape):
    """A target at a period's end; figures are in base units, shares parts of the way, `light` is the computed one."""

    target_id: UUID
    indicator: str
    name: str
    region: Named
    goal: str
    measure: str
    period: str
    period_end: date | None
    actual: str | None
    expected: str | None
    share: str | None
    expected_share: str | None
    light: Labelled
    words: str
    is_mended: bool
    is_accepted: bool
    override: OverrideTold | None


class LightOfRegion(Shape):
    """How many own targets of the region have a light."""

    light: Labelled
    count: int


class RegionStandings(Shape):
    """Every target of a region."""

    region: Named
    counts: list[LightOfRegion]
    rows: list[StandingTold]


class Course(Shape):
    """One target, period by period."""

    rows: list[StandingTold]


class OverrideSaid(Said):
    """另定灯色."""

    light: OneOf[Light]
    reason: ShortText


class OverrideDone(Shape):
    """What was set."""

    id: UUID


class Released(Shape):
    """That it was taken back."""

    id: UUID


class GateCount(Shape):
    """How many own targets of a region a gate has found so."""

    result: Labelled
    count: int


class GateInRegion(Shape):
    """What a gate found in a region."""

    region: Named
    results: list[GateCount]


class GateTold(Shape):
    """A gate that was read and frozen, region by region."""

    code: str
    name: str
    on: date
    share: str | None
    regions: list[GateInRegion]


class Gates(Shape):
    """The frozen gates of a campaign, in a region and those directly below it."""

    rows: list[GateTold]


class ReadingTold(Shape):
    """What a gate found for one target, from which period's report."""

    indicator: str
    name: str
    task: str
    period: str
    actual: str | None
    needed: str | None
    share: str | None
    needed_share: str | None
    result: Labelled
    words: str
    frozen_at: datetime


class Readings(Shape):
    """What a gate found for the targets of a region."""

    rows: list[ReadingTold]


@reads(router, "/regions/{code}/standings", answer=RegionStandings, summary="一个地区的各项目标：灯和依据")
def standings(request: Request, code: str, period: str = "") -> RegionStandings:
    """The newest of every target, or those of one period."""
    here = directory()
    region = region_coded(code, here)
    if not may_see_standings(request.viewer, region.id):
        raise NotFound
    counted = counts_by_light(request.viewer, [region.id]).get(region.id, {})
    rows = standings_of_region(request.viewer, region.id, period)
    return RegionStandings(
        region=named(region), rows=[_standing(one, here) for one in rows],
        counts=[LightOfRegion(light=labelled(light), count=number) for light, number in counted.items() if number],
    )


@reads(router, "/targets/{target_id}/standings", answer=Course, summary="一个目标的各期：灯和依据")
def course(request: Request, target_id: UUID) -> Course:
    """Every period so far, the oldest first."""
    rows = standings_of_target(request.viewer, target_id)
    if not rows:
        raise NotFound
    here = directory()
    return Course(rows=[_standing(one, here) for one in rows])


@writes(router, "/targets/{target_id}/standings/{period}/override", answer=OverrideDone, summary="上级另定灯色")
def set_light(request: Request, target_id: UUID, period: str, said: OverrideSaid) -> OverrideDone:
    """Set another light beside the computed one, as the office of the level above."""
    made = overriding.override(
        target_id=target_id, period=period, light=said.light, reason=said.reason, actor=actor_of(request), now=request.now
    )
    return OverrideDone(id=made)


@writes(router, "/light-overrides/{override_id}/release", answer=Released, summary="撤销另定的灯色")
def take_back(request: Request, override_id: UUID) -> Released:
    """Take a light back that was set from above."""
    overriding.release(override_id=override_id, actor=actor_of(request), now=request.now)
    return Released(id=override_id)


@reads(router, "/campaigns/{campaign}/gates/{code}", answer=Gates, summary="各时间节点在一个地区和下级各地的核定结果")
def gates(request: Request, campaign: str, code: str) -> Gates:
    """`code` is that of the region; frozen gates by day."""
    here, viewer = directory(), request.viewer
    region = region_coded(code, here)
    if not may_see_standings(viewer, region.id):
        raise NotFound
    places = [region, *here.children(region.id)]
    counted = gate_counts(viewer, [one.id for one in places])
    return Gates(rows=[
        GateTold(
            code=gate.code, name=gate.name, on=gate.on, share=None if gate.share is None else str(gate.share),
            regions=[
                GateInRegion(region=named(place), results=[
                    GateCount(result=labelled(result), count=found[result]) for result in GateResult if result in found
                ])
                for place in places if (found := counted.get(place.id, {}).get(gate.id, {}))
            ],
        )
        for gate in gates_read(viewer, campaign)
    ])


@reads(router, "/campaigns/{campaign}/gates/{code}/{gate}", answer=Readings, summary="一个节点在一个地区逐项目标的核定结果")
def readings(request: Request, campaign: str, code: str, gate: str) -> Readings:
    """`code` is that of the region, `gate` that of the gate."""
    region = region_coded(code)
    found = next((one for one in gates_read(request.viewer, campaign) if one.code == gate), None)
    rows = gate_readings(request.viewer, found.id, region.id) if found else []
    if not rows:
        raise NotFound
    return Readings(rows=[_reading(one) for one in rows])


def _standing(one: StandingView, here: Directory) -> StandingTold:
    return StandingTold(
        target_id=one.target_id, indicator=one.code, name=one.name, region=named(here.regions[one.region_id]), goal=one.goal,
        measure=one.measure, period=one.period, period_end=one.period_end, actual=_number(one.actual),
        expected=_number(one.expected), share=_number(one.share), expected_share=_number(one.expected_share),
        light=labelled(one.light), words=one.words, is_mended=one.is_mended, is_accepted=one.is_accepted,
        override=_override(one.override, here),
    )


def _override(one: OverrideView | None, here: Directory) -> OverrideTold | None:
    if one is None:
        return None
    return OverrideTold(
        id=one.id, computed=labelled(one.computed), light=labelled(one.light), reason=one.reason,
        by=unit_named(one.by_unit_id, here), set_at=one.set_at,
    )


def _reading(one: ReadingView) -> ReadingTold:
    return ReadingTold(
        indicator=one.code, name=one.name, task=one.task_number, period=one.period, actual=_number(one.actual),
        needed=_number(one.needed), share=_number(one.share), needed_share=_number(one.needed_share),
        result=labelled(one.result), words=one.words, frozen_at=one.frozen_at,
    )


def _number(value: object) -> str | None:
    return None if value is None else format(value, "f")
