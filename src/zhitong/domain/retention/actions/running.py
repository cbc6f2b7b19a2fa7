"""The day's run: a batch of one kind at a time, going on where it was cut off, told in one fact when all is done."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F

from zhitong.domain.history.actions import record
from zhitong.domain.retention.actions.treating import TREATED, WORK
from zhitong.domain.retention.models import Run
from zhitong.domain.retention.queries.terms import terms_in_force
from zhitong.domain.retention.rules.terms import BATCH, cutoff_of, may_run
from zhitong.domain.retention.rules.words import KeptKind, RetentionFact
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.ids import uuid7

_DUE = "SELECT id FROM retention_due(%s, %s, %s) ORDER BY since, id LIMIT %s"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('retention', 3))"


@transaction.atomic
def carry_on(*, now: datetime, batch: int = BATCH, at_any_hour: bool = False) -> int:
    """Treat the next rows whose time is over, some hundred at most; returns how many, or 0 where today's run is done.

    For the worker. Two at once treat one after the other; the terms of the day's beginning hold until its end. The fact says
    how many rows of each kind, and nothing of anybody.
    """
    if not at_any_hour and not may_run(now.astimezone(SHANGHAI)):
        return 0
    today = day_of(now)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    for run in _of_day(today, now):
        done = _treat(run, today, now, batch)
        if not Run.objects.filter(day=today, ended_at__isnull=True).exists():
            _tell(today, now)
        if done:
            return done
    return 0


def _of_day(today: date, now: datetime) -> list[Run]:
    """The kinds of today that are not done, in the order of their declaration; the first call of a day writes them down."""
    if not Run.objects.filter(day=today).exists():
        Run.objects.bulk_create([
            Run(day=today, kind=str(one.term.kind), before=cutoff_of(now, one.months), begun_at=now) for one in terms_in_force()
        ])
    order = [str(kind) for kind in KeptKind]
    return sorted(Run.objects.filter(day=today, ended_at__isnull=True), key=lambda run: order.index(run.kind))


def _treat(run: Run, today: date, now: datetime, batch: int) -> int:
    """Treat a batch of one kind; the kind is done when there is no more."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [run.kind, run.before, today, batch])
        ids = [row[0] for row in cursor.fetchall()]
    if ids:
        TREATED[KeptKind(run.kind)](ids, now)
    Run.objects.filter(id=run.id).update(done=F("done") + len(ids), ended_at=None if len(ids) == batch else now)
    return len(ids)


def _tell(today: date, now: datetime) -> None:
    done = dict(Run.objects.filter(day=today).order_by("kind").values_list("kind", "done"))
    record(str(RetentionFact.RUN), thing_kind="retention_run", thing_id=uuid7(), actor=WORK, at=now, body={"day": today, "done": done})
