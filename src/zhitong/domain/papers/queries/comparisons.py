"""Comparisons that a viewer may see: which there are of a paper, and one with what stands on either side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.papers.models import Comparison
from zhitong.domain.papers.queries.sight import seen_by
from zhitong.kit.refusals import NotFound
from zhitong.policy.shapes import Plan, plan_from


@dataclass(frozen=True, slots=True)
class ComparedView:
    """A comparison in a list."""

    id: UUID
    upper_id: UUID
    upper: str
    lower_id: UUID
    lower: str
    compared_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A comparison opened: `found` is the contract's, the plans are those that were compared, with their texts."""

    head: ComparedView
    found: Mapping[str, Any]
    upper: Plan
    lower: Plan


def comparisons_of(viewer: Viewer, paper_id: UUID) -> list[ComparedView]:
    """The comparisons of a paper on either side, the newest first (one query)."""
    rows = _seen(viewer).filter(Q(upper_id=paper_id) | Q(lower_id=paper_id)).order_by("-compared_at", "id")
    return [_head(row) for row in rows.defer("found", "upper_plan", "lower_plan", "upper__text", "lower__text")]


def comparison_seen(viewer: Viewer, comparison_id: UUID) -> ComparisonView:
    """One comparison (one query).

    Raises NotFound: there is none for this viewer.
    """
    row = _seen(viewer).filter(id=comparison_id).first()
    if row is None:
        raise NotFound
    upper, lower = plan_from(row.upper_plan, row.upper.text), plan_from(row.lower_plan, row.lower.text)
    return ComparisonView(_head(row), row.found, upper, lower)


def _seen(viewer: Viewer) -> QuerySet[Comparison]:
    rows = Comparison.objects.select_related("upper", "lower")
    if not first_wall_stands():
        return rows
    both = seen_by(viewer, "upper__") & seen_by(viewer, "lower__")
    return rows.filter(both & (Q(by_unit_id=viewer.unit_id) | Q(is_open=True)))


def _head(row: Comparison) -> ComparedView:
    return ComparedView(
        row.id, row.upper_id, row.upper.title, row.lower_id, row.lower.title, row.compared_at, row.is_open
    )
