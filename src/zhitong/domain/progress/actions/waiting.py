"""Reports that wait for those below stop waiting when the last of them is in. For the worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhitong.domain.progress.actions.writing import counts_of, write
from zhitong.domain.progress.models import Report
from zhitong.domain.progress.queries.below import below_of
from zhitong.domain.progress.rules import ReportState

BATCH = 500


@transaction.atomic
def stop_waiting(*, now: datetime, limit: int = BATCH) -> int:
    """Let reports be sent for which nobody below is missing any more; returns how many. Doing it again changes nothing."""
    waiting = Report.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=str(ReportState.WAITING_BELOW), lock_at__gt=now,
    ).order_by("due_at", "id")
    rows = list(waiting[:limit])
    below = below_of(rows)
    ready = [row for row in rows if not below[row.id].missing()]
    before = counts_of(ready)
    for row in ready:
        row.state = str(ReportState.OWED)
    if ready:
        write(ready, before, ["state"])
    return len(ready)
