"""How many open problems are past the limit of their stage everywhere: a figure for operators, asked as the worker."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.problems.models import Problem


def count_overdue(now: datetime) -> int:
    """Open problems whose stage fell due before now; one query over the index of what falls due."""
    return Problem.objects.filter(open_spell__isnull=False, stage_due_at__lt=now).count()
