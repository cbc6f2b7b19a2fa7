"""Verifying night by night, a few seals at a time, so that nothing else waits; what came of it is kept for the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from zhitong.domain.history.models import Check
from zhitong.domain.history.queries.verifying import last_number, loose_ends, readings
from zhitong.domain.history.rules.faults import Fault, row_of
from zhitong.kit.clock import SHANGHAI

AT_A_TIME = 5
NIGHT_HOUR = 2
NAMED_MOST = 50


@transaction.atomic
def check_on(*, now: datetime) -> int:
    """Read the next seals of the verifying under way, or begin the night's; returns 1 while there is more to do.

    One begins when none has begun since two o'clock in the night, or ever. For the worker.
    """
    under_way = Check.objects.select_for_update(skip_locked=True).filter(ended_at__isnull=True).order_by("id").first()
    if under_way is not None:
        _read_on(under_way, now)
        return 1
    if Check.objects.filter(ended_at__isnull=True).exists() or _is_done(now):
        return 0
    Check.objects.create(started_at=now, until=last_number())
    return 1


def _is_done(now: datetime) -> bool:
    local = now.astimezone(SHANGHAI)
    night = local.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    since = night if local >= night else night - timedelta(days=1)
    return Check.objects.filter(started_at__gte=since).exists()


def _read_on(check: Check, now: datetime) -> None:
    until = min(check.until, check.last_number + AT_A_TIME)
    for head, read in readings(after=check.last_number, until=until):
        check.facts += read.facts
        check.details += read.details
        _name(check, read.faults)
        check.last_number = head.number
    if until >= check.until:
        _name(check, loose_ends())
        check.ended_at = now
    check.last_number = until
    check.save()


def _name(check: Check, faults: Sequence[Fault]) -> None:
    check.faults += len(faults)
    check.named = [*check.named, *map(row_of, faults)][:NAMED_MOST]
