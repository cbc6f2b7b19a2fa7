"""Reminding of reports: once before they are due, then of those that are late, the unit first, then its office. For the worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.progress.models import Report
from zhitong.domain.progress.queries.rules import rules_of
from zhitong.domain.progress.rules import UNSENT, ReportFact
from zhitong.domain.progress.rules.timetable import ReportingRules, nth_workday
from zhitong.kit.clock import day_of

BATCH = 1000
_LONGEST_REST = timedelta(days=10)
"""No more days than that lie between two working days."""
_CLOCK = Actor(None, None, None, "work")


@transaction.atomic
def remind_due(now: datetime, *, limit: int = BATCH) -> int:
    """Remind of reports that are past their due moment and not locked, on working days; returns how many it looked at.

    One fact for each unit and period a day, however many reports it owes; the office is told when its own grace is over.
    Source: R-E4.
    """
    today, here = day_of(now), directory()
    wanted = Report.objects.select_for_update(of=("self",), skip_locked=True).select_related("task__plan").filter(
        Q(reminded_on__isnull=True) | Q(reminded_on__lt=today), state__in=[str(state) for state in UNSENT],
        due_at__lt=now, lock_at__gt=now,
    ).order_by("due_at", "id")
    rows = list(wanted[:limit])
    rules: dict[str, ReportingRules] = {}
    told: Counter[tuple[UUID, str, str]] = Counter()
    first: dict[tuple[UUID, str, str], UUID] = {}
    for row in rows:
        campaign = row.task.plan.campaign
        rules.setdefault(campaign, rules_of(campaign))
        works_on = calendar_of(here.calendar_owners(row.unit_id)).works_on
        if not works_on(today):
            continue
        office = here.office(row.region_id) if row.region_id in here.regions else None
        for whom, unit_id, grace in (
            ("unit", row.unit_id, rules[campaign].remind_unit), ("office", office.id if office else None, rules[campaign].remind_office),
        ):
            is_time = nth_workday(day_of(row.due_at), grace, works_on) <= today
            if unit_id is not None and is_time and not (whom == "office" and unit_id == row.unit_id):
                key = (unit_id, row.period, whom)
                told[key] += 1
                first.setdefault(key, row.id)
    Report.objects.filter(id__in=[row.id for row in rows]).update(reminded_on=today)
    record_many([Fact(str(ReportFact.REMINDED), "report", first[key], _CLOCK, now, _body(key, count)) for key, count in told.items()])
    return len(rows)


@transaction.atomic
def remind_ahead(now: datetime, *, limit: int = BATCH) -> int:
    """Remind units, on the last working day before it, of the day on which unsent reports are due; returns how many reports.

    One fact for each unit and period, and each report once. Source: R-E4.
    """
    today, here = day_of(now), directory()
    wanted = Report.objects.select_for_update(of=("self",), skip_locked=True).filter(
        reminded_on__isnull=True, state__in=[str(state) for state in UNSENT], due_at__gte=now, due_at__lt=now + _LONGEST_REST,
    ).order_by("due_at", "id")
    told: Counter[tuple[UUID, str, str]] = Counter()
    first: dict[tuple[UUID, str, str], UUID] = {}
    near = []
    for row in wanted[:limit]:
        works_on = calendar_of(here.calendar_owners(row.unit_id)).works_on
        if works_on(today) and nth_workday(today, 1, works_on) >= day_of(row.due_at):
            key = (row.unit_id, row.period, "ahead")
            told[key] += 1
            first.setdefault(key, row.id)
            near.append(row.id)
    Report.objects.filter(id__in=near).update(reminded_on=today)
    record_many([Fact(str(ReportFact.REMINDED), "report", first[key], _CLOCK, now, _body(key, count)) for key, count in told.items()])
    return len(near)


def _body(key: tuple[UUID, str, str], count: int) -> Mapping[str, object]:
    unit_id, period, whom = key
    return {"unit": unit_id, "period": period, "level": whom, "count": count}
