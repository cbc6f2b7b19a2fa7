"""Rounds: which there are, opening one with a preview, and the meter."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import Limit
from zhitong.api.words import Code, Labelled, OneOf, Said, Shape, labelled, region_coded
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.actions import (
    RoundToOpen,
    open_rounds,
)
from zhitong.domain.cards.queries import (
    collection_meter,
    preview_round,
    rounds_asked,
)
from zhitong.domain.cards.rules.collection import Collection
from zhitong.domain.cards.rules.periods import period_trouble
from zhitong.domain.cards.rules.rounds import MeterStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound

router = Router()


class Round(Shape):
    """A round that has opened."""

    id: UUID
    name: str
    period: str
    template: str
    kind: str
    opens_on: date
    due_on: date
    locked_on: date


class Rounds(Shape):
    """Rounds, the newest period first."""

    rows: list[Round]


class RoundPlanned(Said):
    """A template to ask for in a period, of everybody of its kind in a region."""

    template: Code
    region: Code | None = Field(None, description="地区代码；不填为本岗位所在地区")
    period: str = Field(max_length=12, description="2018-09、2018Q3、2018，或专项填报的代码")


class RoundWanted(RoundPlanned):
    """A round to open, with its days; the campaign's levels of acceptance unless others are named."""

    name: str = Field(min_length=1, max_length=60)
    opens_on: date
    due_on: date
    locked_on: date
    accepted_by: list[OneOf[Rank]] | None = Field(None, description="收卡办公室之后还由哪几级审核；不填按活动包")


class RoundForeseen(Shape):
    """What opening the round would ask."""

    owed: int
    listed: int
    without_care: int
    without_care_names: list[str]
    without_account: int
    fields: int
    hours: int
    is_open_already: bool


class RoundOpened(Shape):
    """The round and how many owe a card in it."""

    round_id: UUID
    owed: int
    is_new: bool


class Standing(Shape):
    """How many obligations stand so; of them late by themselves, and late because of the level above."""

    standing: Labelled
    count: int
    late: int
    late_above: int


class Meter(Shape):
    """Collection of one region; rate = (own + confirmed) ÷ owed, timeliness = of these the ones not late by themselves ÷
    owed; `late` and `late_above` are of what is collected."""

    region: str
    region_code: str
    owed: int
    own: int
    confirmed: int
    excused: int
    refused: int
    unreachable: int
    late: int
    late_above: int
    rate: float | None
    timeliness: float | None
    standings: list[Standing]


class Meters(Shape):
    """The region asked for and those directly below it, at the moment of asking."""

    at: datetime
    total: Meter
    below: list[Meter]


@reads(router, "/rounds", answer=Rounds, summary="填报期")
def rounds(request: Request, limit: Limit = 36) -> Rounds:
    """The rounds that concern the viewer's region."""
    found = rounds_asked(request.viewer, today=day_of(request.now), limit=limit)
    return Rounds(rows=[
        Round(
            id=one.round_id, name=one.name, period=one.period, template=one.template_name, kind=one.subject_kind,
            opens_on=one.opens_on, due_on=one.due_on, locked_on=one.locked_on,
        )
        for one in found
    ])


@writes(router, "/rounds/preview", answer=RoundForeseen, summary="开放填报之前：多少户应报，多少户没有帮包，填报要多少小时")
def preview(request: Request, wanted: RoundPlanned) -> RoundForeseen:
    """What opening would ask; changes nothing."""
    found = preview_round(request.viewer, _campaign(), wanted.template, region_wanted(request.viewer, wanted.region), wanted.period)
    return RoundForeseen(
        owed=found.owed, listed=found.listed, without_care=found.without_care, fields=found.fields, hours=found.hours,
        without_care_names=list(found.named_without_care), without_account=found.without_account,
        is_open_already=found.is_open_already,
    )


@writes(router, "/rounds", answer=RoundOpened, summary="开放一个填报期，写下谁应报", status=HTTPStatus.CREATED)
def open_round(request: Request, wanted: RoundWanted) -> RoundOpened:
    """Open a round."""
    if trouble := period_trouble(wanted.period):
        raise BadInput(trouble, {"period": trouble})
    [found] = open_rounds([RoundToOpen(
        campaign=_campaign(), template_code=wanted.template, region_id=region_wanted(request.viewer, wanted.region),
        period=wanted.period, name=wanted.name, opens_on=wanted.opens_on, due_on=wanted.due_on,
        locked_on=wanted.locked_on, actor=actor_of(request),
        review_ranks=tuple(wanted.accepted_by) if wanted.accepted_by is not None else None,
    )], now=request.now)
    return RoundOpened(round_id=found.round_id, owed=found.owed, is_new=found.is_new)


@reads(router, "/rounds/{round_id}/meter", answer=Meters, summary="采集率和及时率：本地区和下一级，自报、代填、核减、拒报分列")
def meter(request: Request, round_id: UUID, region: Code | None = None) -> Meters:
    """The meter of a region and those below it."""
    here = directory()
    top = here.regions[region_wanted(request.viewer, region)]
    places = [top, *here.children(top.id)]
    found = collection_meter(request.viewer, [one.id for one in places], [round_id])
    told = [_meter(one.name, one.code, found[one.id].total) for one in places]
    return Meters(at=request.now, total=told[0], below=told[1:])


def _campaign() -> str:
    found = campaign_in_force()
    if found is None:
        raise NotFound
    return found.code


def region_wanted(viewer: Viewer, code: str | None) -> UUID:
    return region_coded(code).id if code else viewer.region_id


def _meter(name: str, code: str, found: Collection) -> Meter:
    standings = [
        Standing(
            standing=labelled(one), count=found.count(one), late=found.late.get(one, 0), late_above=found.late_above.get(one, 0),
        )
        for one in MeterStanding if found.count(one)
    ]
    return Meter(
        region=name, region_code=code, owed=found.owed, own=found.count(MeterStanding.OWN),
        confirmed=found.count(MeterStanding.CONFIRMED), excused=found.excused, refused=found.count(MeterStanding.REFUSED),
        unreachable=found.count(MeterStanding.UNREACHABLE), late=found.collected_late,
        late_above=found.collected_late_above, standings=standings,
        rate=float(found.rate) if found.rate is not None else None,
        timeliness=float(found.timeliness) if found.timeliness is not None else None,
    )
