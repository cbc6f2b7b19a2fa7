"""Where progress reports that moved are felt, for screens that stay open."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from zhitong.domain.organisations.rules.touched import Touched, touched_by
from zhitong.domain.progress.models import Report


def touched_by_reports(report_ids: Sequence[UUID]) -> Touched:
    """The regions of reports and the units that send, approve or accept them; one query, for the worker's login."""
    rows = Report.objects.filter(id__in=report_ids).values_list("region_id", "unit_id", "approved_by_id", "accepted_by_id")
    return touched_by((row[0], row[1:]) for row in rows)
