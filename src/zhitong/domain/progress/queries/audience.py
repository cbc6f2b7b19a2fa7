"""Whom a fact of a report concerns; for the worker, which acts for nobody."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.progress.models import Report
from zhitong.domain.progress.queries.deciders import deciders_of


def decider_of(report_id: UUID) -> UUID | None:
    """Who decides a correction of a report: the level above, where there is one; three queries."""
    rows = list(Report.objects.filter(id=report_id).select_related("task__plan"))
    if not rows:
        return None
    one = deciders_of(rows)[report_id]
    return one.acceptor_id or one.approver_id
