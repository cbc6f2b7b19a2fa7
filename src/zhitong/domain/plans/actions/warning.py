"""Warning those who answer for a milestone that its promised day is near, or has just gone by: once for each promised day."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.plans.models import Milestone
from zhitong.domain.plans.queries.leading import leading_in, units_leading
from zhitong.domain.plans.rules.timetable import SOON_DAYS, TimetableFact
from zhitong.kit.clock import day_of

MOST_AT_ONCE = 500
_CLOCK = Actor(None, None, None, "work")


@transaction.atomic
def warn_of_due(now: datetime) -> int:
    """Leave a fact for each open milestone that falls due within a week and of whose day nobody was warned; how many.

    For the worker, which acts for nobody. A day put off is warned of anew.
    """
    today = day_of(now)
    near = Milestone.objects.filter(
        done_on__isnull=True, dropped_reason="", due_on__range=(today - timedelta(days=1), today + timedelta(days=SOON_DAYS)),
    ).filter(Q(warned_for__isnull=True) | ~Q(warned_for=F("due_on")))
    rows = list(near.order_by("due_on", "id").select_for_update(skip_locked=True)[:MOST_AT_ONCE])
    leads = units_leading({row.task_id for row in rows})
    record_many([
        Fact(str(TimetableFact.FALLS_DUE), "milestone", row.id, _CLOCK, now, {
            "task": row.task_id, "region": row.region_id, "due_on": row.due_on, "name": row.name[:40],
            "units": _answering(row, leads.get(row.task_id, ())),
        }) for row in rows
    ])
    Milestone.objects.filter(id__in=[row.id for row in rows]).update(warned_for=F("due_on"))
    return len(rows)


def _answering(row: Milestone, leads: tuple[UUID, ...]) -> list[UUID]:
    return [row.unit_id] if row.unit_id else list(leading_in(row.region_id, leads))
