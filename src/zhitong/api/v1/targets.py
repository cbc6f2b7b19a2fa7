"""Targets of a region with every value they had, and their curves: proposed, accepted, returned."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Code, Labelled, Named, Note, OneOf, Said, Shape, Words, labelled, named, region_coded
from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.actions.curving import accept_curve, propose_curve, return_curve
from zhitong.domain.plans.queries.one_target import (
    CurveView,
    TargetFilters,
    TargetInRegion,
    TargetRow,
    TermView,
    count_targets,
    target_of_curve,
    target_seen,
    targets_for,
)
from zhitong.domain.plans.rules import CurveShape, TargetForm
from zhitong.domain.plans.rules.curves import Points
from zhitong.kit.clock import day_of

router = Router()
LISTING, MOST_COUNTED = "targets", 1000


class TargetLine(Shape):
    """A target with its newest value in words."""

    id: UUID
    code: str
    name: str
    scope: str
    task: str
    form: Labelled
    goal: str
    aspiration: str
    deadline: date | None
    is_cancelled: bool


class TargetLines(Shape):
    """One page of a region's targets in the order of the plan; `count` is exact to 1000."""

    rows: list[TargetLine]
    count: int
    next: str | None


class TargetValue(Shape):
    """A value the target had, from `since` up to, not including, `until`."""

    goal: str
    deadline: date | None
    is_cancelled: bool
    since: date
    until: date | None
    source: Labelled
    reason: str


class CurvePoint(Shape):
    """The share of the way (0 to 1) due by the end of a day."""

    on: date
    share: str


class TargetCurve(Shape):
    """A curve that was proposed or laid down."""

    id: UUID
    number: int
    shape: Labelled
    points: list[CurvePoint]
    since: date
    state: Labelled
    unit: str
    reason: str
    proposed_at: datetime
    decided_by: str
    decision: str


class CurveNow(Shape):
    """The curve that holds today; `id` is empty where the default shape does."""

    id: UUID | None
    shape: Labelled
    points: list[CurvePoint]


class TargetWhole(Shape):
    """A target with everything kept of it; the `may_…` tell of this post."""

    id: UUID
    campaign: str
    region: Named
    code: str
    name: str
    scope: str
    task: str
    form: Labelled
    goal: str
    aspiration: str
    base: str
    formula: str
    is_cancelled: bool
    begin: date
    deadline: date
    values: list[TargetValue]
    curve: CurveNow
    curves: list[TargetCurve]
    gates: list[CurvePoint]
    earliest: date
    may_propose: bool
    may_decide: bool


class TargetsWanted(Shape):
    """What the list is narrowed to."""

    campaign: Code
    region: Code | None = None
    form: OneOf[TargetForm] | None = None
    words: Words = ""
    cursor: CursorText = ""
    limit: Limit = 50


class CurveSaid(Said):
    """A curve: `months` in percent, reached by each month's end (monthly) or falling into it (seasonal)."""

    shape: OneOf[CurveShape]
    months: Annotated[list[Annotated[Decimal, Field(ge=0, le=100, decimal_places=4)]], Field(max_length=120)] = []
    since: date | None = None
    reason: Note = ""


class AnswerSaid(Said):
    """What the office above says."""

    decision: Note = ""


@reads(router, "/targets", answer=TargetLines, summary="一个地区的目标，按方案里的先后")
def all_targets(request: Request, wanted: Annotated[TargetsWanted, Query()]) -> TargetLines:
    """One page of the targets of the viewer's region or another."""
    region_id = region_coded(wanted.region).id if wanted.region else request.viewer.region_id
    filters = TargetFilters(wanted.campaign, region_id, form=wanted.form, words=wanted.words)
    listing = f"{LISTING}.{wanted.campaign}.{region_id}"
    key = opened(listing, wanted.cursor)
    after = (int(key[0]), UUID(str(key[1]))) if key else None
    rows = targets_for(request.viewer, filters, after=after, limit=wanted.limit + 1)
    shown = rows[: wanted.limit]
    last = (shown[-1].position, str(shown[-1].id)) if len(rows) > wanted.limit else None
    return TargetLines(
        rows=[_line(row) for row in shown], count=count_targets(request.viewer, filters, most=MOST_COUNTED),
        next=sealed(listing, last),
    )


@reads(router, "/targets/{target_id}", answer=TargetWhole, summary="一个目标：现行值、历次的值、进度曲线")
def one_target(request: Request, target_id: UUID) -> TargetWhole:
    """One target in full."""
    return _whole(target_seen(request.viewer, target_id, day_of(request.now)))


@writes(
    router, "/targets/{target_id}/curves", answer=TargetWhole, summary="提出进度曲线，由上一级活动办公室认可",
    status=HTTPStatus.CREATED,
)
def propose(request: Request, target_id: UUID, said: CurveSaid) -> TargetWhole:
    """Propose how progress is to come."""
    propose_curve(
        request.viewer, target_id, shape=said.shape, given=[one / 100 for one in said.months], since=said.since,
        reason=said.reason, actor=actor_of(request), now=request.now,
    )
    return one_target(request, target_id)


@writes(router, "/curves/{curve_id}/accept", answer=TargetWhole, summary="认可进度曲线，自生效日起按它评判")
def accept(request: Request, curve_id: UUID, said: AnswerSaid) -> TargetWhole:
    """Accept a curve."""
    accept_curve(request.viewer, curve_id, decision=said.decision, actor=actor_of(request), now=request.now)
    return one_target(request, target_of_curve(request.viewer, curve_id))


@writes(router, "/curves/{curve_id}/return", answer=TargetWhole, summary="退回进度曲线，写明理由")
def give_back(request: Request, curve_id: UUID, said: AnswerSaid) -> TargetWhole:
    """Return a curve."""
    return_curve(request.viewer, curve_id, decision=said.decision, actor=actor_of(request), now=request.now)
    return one_target(request, target_of_curve(request.viewer, curve_id))


def _line(row: TargetRow) -> TargetLine:
    return TargetLine(
        id=row.id, code=row.code, name=row.name, scope=row.scope, task=row.task, form=labelled(row.form), goal=row.goal,
        aspiration=row.aspiration, deadline=row.deadline, is_cancelled=row.is_cancelled,
    )


def _whole(found: TargetInRegion) -> TargetWhole:
    curve = found.curve
    return TargetWhole(
        id=found.id, campaign=found.campaign, region=named(directory().regions[found.region_id]), code=found.code,
        name=found.name, scope=found.scope, task=found.task, form=labelled(found.form), goal=found.goal,
        aspiration=found.aspiration, base=found.base, formula=found.formula, is_cancelled=found.is_cancelled,
        begin=found.begin, deadline=found.deadline, values=[_value(one) for one in found.terms],
        curve=CurveNow(id=curve.id, shape=labelled(curve.shape), points=_points(curve.points)),
        curves=[_curve(one) for one in found.curves], gates=_points(found.gates), earliest=found.earliest,
        may_propose=found.may_propose, may_decide=found.may_decide,
    )


def _value(one: TermView) -> TargetValue:
    return TargetValue(
        goal=one.goal, deadline=one.deadline, is_cancelled=one.is_cancelled, since=one.since, until=one.until,
        source=labelled(one.source), reason=one.reason,
    )


def _curve(one: CurveView) -> TargetCurve:
    return TargetCurve(
        id=one.id, number=one.number, shape=labelled(one.shape), points=_points(one.points), since=one.since,
        state=labelled(one.state), unit=one.unit, reason=one.reason, proposed_at=one.proposed_at,
        decided_by=one.decided_by, decision=one.decision,
    )


def _points(points: Points) -> list[CurvePoint]:
    return [CurvePoint(on=on, share=str(share)) for on, share in points]
