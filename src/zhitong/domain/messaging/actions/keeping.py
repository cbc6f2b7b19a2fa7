"""How one wants to be told, and which channels an office allows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.messaging.models import Allowance
from zhitong.domain.messaging.models import Habit as HabitRow
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.hours import Habit, habit_troubles
from zhitong.domain.messaging.rules.states import MessagingFact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.refusals import BadInput


class HabitNotKept(BadInput):
    """The habit contradicts itself; `fields` says where."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()), fields)


@transaction.atomic
def keep_habit(viewer: Viewer, habit: Habit, *, actor: Actor, now: datetime) -> None:
    """Keep how the viewer wants to be told; what is not sent yet goes by it. Raises HabitNotKept."""
    if troubles := habit_troubles(habit):
        raise HabitNotKept(troubles)
    HabitRow.objects.update_or_create(person_id=viewer.person_id, defaults={
        "pace": habit.pace.value, "times": sorted(habit.times), "quiet_from": habit.quiet_from, "quiet_until": habit.quiet_until,
        "on_workdays": habit.on_workdays, "urgent_at_any_hour": habit.urgent_at_any_hour,
    })
    record(
        str(MessagingFact.HABIT_KEPT), thing_kind="person", thing_id=viewer.person_id, actor=actor, at=now,
        body={"pace": habit.pace, "on_workdays": habit.on_workdays},
    )


@transaction.atomic
def allow_channels(viewer: Viewer, channels: Collection[Channel], *, actor: Actor, now: datetime) -> None:
    """Say by which channels units of the viewer's region, and of those below, may be told.

    What an office above does not allow stays closed. Raises NotYours: the post does not administer.
    """
    require(viewer, Permission.ADMINISTER)
    words = [str(channel) for channel in Channel if channel in channels]
    Allowance.objects.update_or_create(
        region_id=viewer.region_id, defaults={"channels": words, "set_by_id": viewer.unit_id, "set_at": now}
    )
    record(
        str(MessagingFact.CHANNELS_ALLOWED), thing_kind="region", thing_id=viewer.region_id, actor=actor, at=now,
        body={"channels": words},
    )
