"""Another light than the computed one (另定灯色): by the office of the level above, for a reason, shown beside it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.models import Override, Standing
from zhitong.domain.progress.queries.standings import may_see_standings
from zhitong.domain.progress.rules.overriding import light_trouble, reason_trouble, why_not_override
from zhitong.domain.progress.rules.standing_facts import StandingFact
from zhitong.kit.refusals import BadInput, NotFound, Refused


class NotOverridden(Refused):
    """The light cannot be set, or not by this unit."""


@transaction.atomic
def override(*, target_id: UUID, period: str, light: Light, reason: str, actor: Actor, now: datetime) -> UUID:
    """Set another light for a target and a period; the computed one stays as it is. Returns the id of what was set.

    Raises NotFound: no such standing for this viewer. Raises NotOverridden: the unit is not the office of the level
    above, or one is set already. Raises BadInput: light or reason. Source: R-G1; issue 5, point 5.
    """
    row = _standing(target_id, period)
    _stop_unless_above(row.region_id, actor)
    assert actor.unit_id is not None, "who may override acts for a unit"
    computed = Light(row.light)
    troubles = {"light": light_trouble(computed, light), "reason": reason_trouble(reason)}
    if any(troubles.values()):
        raise BadInput("灯色没有另定。", {name: trouble for name, trouble in troubles.items() if trouble})
    if Override.objects.filter(target_id=target_id, period=period, released_at__isnull=True).exists():
        raise NotOverridden("这一期已有一个另定的灯，请先撤销。")
    made = Override.objects.create(
        target_id=target_id, region_id=row.region_id, period=period, computed=computed.value, light=light.value,
        reason=reason.strip(), by_unit_id=actor.unit_id, set_at=now,
    )
    _tell(StandingFact.OVERRIDDEN, made, actor, now, {"reason": made.reason})
    return made.id


@transaction.atomic
def release(*, override_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a light back that was set; the row stays. By the office that may set it, whoever did.

    Raises NotFound: there is none for this viewer. Raises NotOverridden: not by this unit, or it is released already.
    """
    row = Override.objects.select_for_update().filter(id=override_id).first()
    if row is None or not _is_seen(row.region_id):
        raise NotFound
    _stop_unless_above(row.region_id, actor)
    if row.released_at is not None:
        raise NotOverridden("这个另定的灯已经撤销。")
    row.released_by_id, row.released_at = actor.unit_id, now
    row.save(update_fields=["released_by", "released_at"])
    _tell(StandingFact.RELEASED, row, actor, now, {})


def _standing(target_id: UUID, period: str) -> Standing:
    row = Standing.objects.filter(target_id=target_id, period=period).first()
    if row is None or not _is_seen(row.region_id):
        raise NotFound
    return row


def _is_seen(region_id: UUID) -> bool:
    viewer = scope.present()
    return viewer is None or may_see_standings(viewer, region_id)


def _stop_unless_above(region_id: UUID, actor: Actor) -> None:
    reason = why_not_override(region_id, actor.unit_id, directory())
    if reason is not None:
        raise NotOverridden(reason)
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, Permission.SUPERVISE)


def _tell(kind: StandingFact, row: Override, actor: Actor, now: datetime, details: dict[str, str]) -> None:
    record(
        kind.value, thing_kind="target", thing_id=row.target_id, actor=actor, at=now,
        body={"region": row.region_id, "period": row.period, "computed": row.computed, "light": row.light},
        details=details,
    )
