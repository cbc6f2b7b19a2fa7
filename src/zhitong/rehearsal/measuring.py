"""Measuring the stays of the story: what the worker writes by and by is there when the stage opens."""

from __future__ import annotations

from zhitong.domain.problems.actions.measuring import measure_stays
from zhitong.domain.problems.models import Problem

BATCH = 1000


def measure_every() -> int:
    """Measure every stay that has ended; returns how many were measured."""
    ids = list(Problem.objects.order_by("id").values_list("id", flat=True))
    return sum(measure_stays(ids[place : place + BATCH]) for place in range(0, len(ids), BATCH))
