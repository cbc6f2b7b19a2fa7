"""Lights on the stage: every target stands by what was reported, the gates past are frozen, a few lights are set from above."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.actions.gating import freeze_gates
from zhitong.domain.progress.actions.overriding import override
from zhitong.domain.progress.actions.standing import stand_fallen_due, stand_reports
from zhitong.domain.progress.models import Report, Standing
from zhitong.rehearsal.stage import NOBODY, require_stage

SET_FROM_ABOVE = 6
REASON = "汛期停工一个月，专题调度会已同意顺延，下月底前补齐。（演示内容）"


@transaction.atomic
def light_up(until: datetime) -> None:
    """Reckon every target from the reports that count, freeze the gates that are past, set a few lights from above.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    counted = Report.objects.filter(is_joiner=True, state__in=("approved", "accepted"))
    stand_reports(list(counted.values_list("id", flat=True)), now=until)
    stand_fallen_due(until)
    freeze_gates(until)
    _set_from_above(until)


def _set_from_above(now: datetime) -> None:
    """Let offices soften a red light here and there, one in each of several regions."""
    here = directory()
    rows = Standing.objects.filter(is_newest=True, light=Light.RED.value).order_by("region__position", "indicator__position")
    first = rows.distinct("region__position").values_list("region_id", "target_id", "period")
    for region_id, target_id, period in first[:SET_FROM_ABOVE]:
        office = here.office_above(region_id)
        if office is not None:
            actor = Actor(None, None, office.id, NOBODY.via)
            override(target_id=target_id, period=period, light=Light.AMBER, reason=REASON, actor=actor, now=now)
