"""Curves and amendments on the stage: roads are built by season, one curve and one amendment wait, two were approved.

Values are left as they were divided, so that sums stay exact: what was approved changes a deadline and who supports.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import PostKind, Rank
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.actions.amending.deciding import approve_amendment
from zhitong.domain.plans.actions.amending.drafting import AmendmentAsked, draft_amendment, submit_amendment
from zhitong.domain.plans.actions.curving import accept_curve, propose_curve
from zhitong.domain.plans.models import Plan, Target, Task, TaskUnit
from zhitong.domain.plans.queries.amended import stands_of
from zhitong.domain.plans.rules import Changed, CurveShape, IndicatorClass, IndicatorKind, Role
from zhitong.domain.plans.rules.amending import ItemAsked
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.rehearsal.stage import require_stage
from zhitong.rehearsal.story.actors import Cast

SEASON = [Decimal(part) / 100 for part in (0, 1, 6, 11, 14, 14, 12, 10, 12, 11, 6, 3)]
"""What falls into each month of a year in which the ground is frozen until March."""
BUILT = "公里"
ASKS, SAYS = "冬季停工，主要工程量在4至10月。（演示内容）", "同意。（演示内容）"
PAPER = "冀双办〔2018〕演示5号"


@transaction.atomic
def change_course(campaign: str, year: int) -> None:
    """Let cities propose seasonal curves for what is built by the kilometre, and two levels amend the plan.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    cast = Cast()
    root = directory().root()
    built = Target.objects.filter(
        indicator__plan__campaign=campaign, indicator__measure=BUILT, region__in=_cities(), is_cancelled=False
    ).order_by("indicator__position", "region__position")
    proposed, accepted = _at(year, 3, 6), _at(year, 3, 12)
    above = _office(root.id, cast)
    for target in built:
        curve = _propose(target, CurveShape.SEASONAL, cast, proposed)
        accept_curve(above, curve, decision=SAYS, actor=cast.actor(above.unit_id), now=accepted)
    _amend_units(campaign, above, cast, _at(year, 7, 10))
    own = _own_of_a_seated_city(campaign, cast)
    if len(own) > 2:
        _amend_deadline(own[0], above, cast, _at(year, 8, 6))
        _ask_for_less(own[1], cast, _at(year, 9, 12))
        _propose(own[2], CurveShape.S_CURVE, cast, _at(year, 9, 14))


def _propose(target: Target, shape: CurveShape, cast: Cast, now: datetime) -> UUID:
    office = _office(target.region_id, cast)
    given = SEASON if shape is CurveShape.SEASONAL else []
    return propose_curve(office, target.id, shape=shape, given=given, reason=ASKS, actor=cast.actor(office.unit_id), now=now)


def _amend_units(campaign: str, office: Viewer, cast: Cast, now: datetime) -> None:
    """Give a road-building task one more supporting unit."""
    target = Target.objects.filter(indicator__plan__campaign=campaign, indicator__measure=BUILT, indicator__task__isnull=False)
    task = Task.objects.get(id=target.order_by("indicator__position").values("indicator__task")[:1])
    [stand] = stands_of([ItemAsked(Changed.UNITS, task.id, {})])
    assert stand is not None, "the task is kept"
    known = [one["unit"] for one in stand["units"] if one["unit"]]
    others = TaskUnit.objects.filter(task__plan=task.plan, role=Role.LEAD.value, unit__isnull=False).exclude(unit__in=known)
    helper = others.order_by("task__position").first()
    assert helper is not None, "a plan has more than one lead"
    more = {"unit": str(helper.unit_id), "role": str(Role.SUPPORT), "part": "项目前期", "name": helper.as_printed}
    line = ItemAsked(Changed.UNITS, task.id, {"units": [*stand["units"], more]})
    _approved(task.plan, f"关于调整“{task.title}”责任单位的通知（演示）", line, office, office, cast, now)


def _amend_deadline(target: Target, above: Viewer, cast: Cast, now: datetime) -> None:
    office = _office(target.region_id, cast)
    line = ItemAsked(Changed.DEADLINE, target.id, {"deadline": f"{now.year}-11-30"})
    title = f"关于提前完成“{target.indicator.full_name}”的通知（演示）"
    _approved(target.indicator.plan, title, line, office, above, cast, now)


def _ask_for_less(target: Target, cast: Cast, now: datetime) -> None:
    office = _office(target.region_id, cast)
    less = {"comparator": target.comparator, "value": str(target.value - 1), "upper": ""}
    title = f"关于调整“{target.indicator.full_name}”目标的请示（演示）"
    _submitted(target.indicator.plan, title, ItemAsked(Changed.VALUE, target.id, less), office, cast, now)


def _approved(
    plan: Plan, title: str, line: ItemAsked, by: Viewer, above: Viewer, cast: Cast, now: datetime
) -> None:
    approve_amendment(
        above, _submitted(plan, title, line, by, cast, now), decision="省领导小组会议研究同意。（演示内容）",
        document_number=PAPER, actor=cast.actor(above.unit_id), now=now,
    )


def _submitted(plan: Plan, title: str, line: ItemAsked, by: Viewer, cast: Cast, now: datetime) -> UUID:
    actor = cast.actor(by.unit_id)
    asked = AmendmentAsked(title, "根据工程实际进展调整。（演示内容）", "", day_of(now), [line])
    amendment = draft_amendment(by, plan.id, asked, actor=actor, now=now)
    submit_amendment(by, amendment, version=1, actor=actor, now=now)
    return amendment


def _own_of_a_seated_city(campaign: str, cast: Cast) -> list[Target]:
    """Some counted targets of a city to whose office people sign in, none of them built by the kilometre."""
    here = directory()
    offices = {one: here.office(one) for one in _cities()}
    seated = [region for region, office in offices.items() if office and cast.actor(office.id).person_id]
    kept = Target.objects.filter(
        indicator__plan__campaign=campaign, region__in=seated[:1], indicator__kind=str(IndicatorKind.COUNT), value__gte=2,
        indicator__reading_class=str(IndicatorClass.TARGET), indicator__task__isnull=False,
    ).exclude(indicator__measure=BUILT)
    return list(kept.select_related("indicator__plan").order_by("indicator__position")[:3])


def _cities() -> list[UUID]:
    here = directory()
    return [one.id for one in here.children(here.root().id) if one.rank is Rank.CITY and here.office(one.id)]


def _office(region_id: UUID, cast: Cast) -> Viewer:
    """The office of a region, acting as whoever is seated there."""
    office = directory().office(region_id)
    assert office is not None, "every region of the demonstration has an office or stands under one"
    actor, nobody = cast.actor(office.id), UUID(int=0)
    return Viewer(
        actor.person_id or nobody, actor.post_id or nobody, office.id, office.kind, region_id, reach_of(office.kind), (),
        permissions_of(office.kind, PostKind.OFFICER),
    )


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=SHANGHAI)
