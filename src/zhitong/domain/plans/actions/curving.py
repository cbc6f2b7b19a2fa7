"""The curve of expected progress in a region: proposed there, accepted or returned by the office of the level above.

A curve is accepted before its first period; a later one speaks for later periods only, and the first stays drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.plans.models import Curve, Target
from zhitong.domain.plans.queries.rights import deciding_office, may_decide, may_propose
from zhitong.domain.plans.queries.targets import span_of
from zhitong.domain.plans.rules import CurveShape, CurveState
from zhitong.domain.plans.rules.change_facts import CurveFact
from zhitong.domain.plans.rules.curves import earliest_day, given_trouble, month_ends, points_for, written
from zhitong.kit.clock import day_of
from zhitong.kit.figures import whole_day
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written as kept_text

LONGEST = 400
"""Signs that a reason or an answer may have."""


class NoCurveNow(Refused):
    """The target is cancelled, or a curve of it waits for an answer already."""


class CurveWrong(BadInput):
    """What was typed makes no curve; `fields` says where."""


class CurveAnswered(Refused):
    """The curve has been answered already."""


@transaction.atomic
def propose_curve(
    viewer: Viewer, target_id: UUID, *, shape: CurveShape, given: Sequence[Decimal] = (), since: date | None = None,
    reason: str, actor: Actor, now: datetime,
) -> UUID:
    """Propose how progress towards a target is to come; returns the curve. At the top its own office still accepts it.

    `given` as `rules.curves.points_for` takes it; `since` is the first day it speaks for, the earliest possible if None.
    Raises NotFound: no such target, or the viewer is one of the served. Raises NotYours: neither the region's campaign
    office nor who leads there. Raises NoCurveNow. Raises CurveWrong: not rising to the whole, or since too early.
    """
    officials_only(viewer)
    target = Target.objects.select_for_update(of=("self",)).select_related("indicator").filter(id=target_id).first()
    if target is None:
        raise NotFound
    if not may_propose(viewer, target.region_id, target.indicator.task_id):
        raise NotYours("进度曲线由本地活动办公室或牵头单位提出。")
    _stop_if_closed(target)
    words = kept_text("reason", reason, LONGEST)
    begin, deadline = span_of(target.id, day_of(now))
    day = _first_day(since, begin, day_of(now))
    if trouble := given_trouble(shape, given, len(month_ends(begin, deadline))):
        raise CurveWrong(trouble, {"months": trouble})
    points = points_for(shape, begin, deadline, calendar(), given)
    curve = Curve.objects.create(
        target=target, number=_next_number(target.id), shape=shape.value, points=written(points), since=day,
        state=CurveState.PROPOSED.value, by_unit_id=viewer.unit_id, reason=words, proposed_at=now,
    )
    _record(CurveFact.PROPOSED, curve, target, actor, now)
    return curve.id


@transaction.atomic
def accept_curve(viewer: Viewer, curve_id: UUID, *, decision: str, actor: Actor, now: datetime) -> None:
    """Let a proposed curve hold: from its day, or where that has passed from the next period on.

    Raises NotFound. Raises NotYours: not the office of the level above. Raises CurveAnswered: answered already.
    """
    curve = _proposed(viewer, curve_id)
    begin, _deadline = span_of(curve.target_id, day_of(now))
    curve.since = max(curve.since, earliest_day(begin, day_of(now)))
    _answer(viewer, curve, CurveState.ACCEPTED, decision, now)
    _record(CurveFact.ACCEPTED, curve, curve.target, actor, now)


@transaction.atomic
def return_curve(viewer: Viewer, curve_id: UUID, *, decision: str, actor: Actor, now: datetime) -> None:
    """Send a proposed curve back with the reason; what held before goes on.

    Raises NotFound, NotYours, CurveAnswered as `accept_curve`. Raises BadInput: no reason.
    """
    kept_text("decision", decision, LONGEST, wanted="请写明退回的理由，例如：前三季度安排过低。")
    curve = _proposed(viewer, curve_id)
    _answer(viewer, curve, CurveState.RETURNED, decision, now)
    _record(CurveFact.RETURNED, curve, curve.target, actor, now)


def _stop_if_closed(target: Target) -> None:
    if target.is_cancelled:
        raise NoCurveNow("这个目标已经取消，不用再定进度曲线。")
    if Curve.objects.filter(target=target, state=CurveState.PROPOSED.value).exists():
        raise NoCurveNow("这个目标已有一条进度曲线在等上级认可，请等答复后再提。")


def _first_day(since: date | None, begin: date, today: date) -> date:
    earliest = earliest_day(begin, today)
    if since is not None and since < earliest:
        words = f"新的曲线只管以后：最早从{whole_day(earliest)}起。"
        raise CurveWrong(words, {"since": words})
    return since or earliest


def _next_number(target_id: UUID) -> int:
    newest: int | None = Curve.objects.filter(target=target_id).aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def _proposed(viewer: Viewer, curve_id: UUID) -> Curve:
    officials_only(viewer)
    kept = Curve.objects.select_for_update(of=("self",)).select_related("target__indicator")
    curve = kept.filter(id=curve_id).first()
    if curve is None:
        raise NotFound
    if not may_decide(viewer, curve.target.region_id):
        raise NotYours("进度曲线由上一级活动办公室认可或退回。")
    if curve.state != CurveState.PROPOSED.value:
        raise CurveAnswered("这条进度曲线已经答复过，请刷新后再看。")
    return curve


def _answer(viewer: Viewer, curve: Curve, state: CurveState, decision: str, now: datetime) -> None:
    curve.state, curve.decision = state.value, kept_text("decision", decision, LONGEST)
    curve.decided_by_id, curve.decided_at = viewer.unit_id, now
    curve.save(update_fields=["state", "decision", "decided_by", "decided_at", "since"])


def _record(fact: CurveFact, curve: Curve, target: Target, actor: Actor, now: datetime) -> None:
    """The decider is named so that it can be told, and the proposer so that it hears the answer."""
    record(
        fact.value, thing_kind="target", thing_id=target.id, actor=actor, at=now,
        body={
            "curve": curve.id, "shape": curve.shape, "since": curve.since.isoformat(), "region": target.region_id,
            "name": target.indicator.full_name, "to": deciding_office(target.region_id), "by": curve.by_unit_id,
        },
        details={"reason": curve.decision or curve.reason},
    )
