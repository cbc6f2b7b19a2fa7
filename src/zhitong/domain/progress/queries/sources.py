"""Source systems and what they have sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max

from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import Comparator, Goal, goal_in_words
from zhitong.domain.progress.models import Source, SourceFigure
from zhitong.domain.progress.rules import Quality


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source, who answers for it, how much it has sent and when last."""

    id: UUID
    code: str
    name: str
    unit_id: UUID
    unit: str
    note: str
    figures: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class SentView:
    """A figure as it was sent; an older stand than the newest is only kept."""

    id: UUID
    indicator: str
    region: str
    period: str
    said: str
    value: Decimal
    quality: Quality
    as_of: datetime
    received_at: datetime
    is_newest: bool


def sources_known(viewer: Viewer) -> list[SourceView]:
    """Every source by name (two queries); of their figures those in the viewer's territory are counted.

    Raises NotFound: the viewer is no official.
    """
    officials_only(viewer)
    rows = SourceFigure.objects.values_list("source_id").annotate(Count("id"), Max("received_at"))
    told = {source_id: (count, last) for source_id, count, last in rows}
    here = directory()
    return [
        SourceView(row.id, row.code, row.name, row.unit_id, here.name_of(row.unit_id), row.note, *told.get(row.id, (0, None)))
        for row in Source.objects.filter(ended_at__isnull=True).order_by("name", "id")
    ]


def figures_sent(viewer: Viewer, source_id: UUID, *, limit: int = 100) -> list[SentView]:
    """The newest figures of a source in the viewer's territory, the last received first; one query."""
    officials_only(viewer)
    rows = SourceFigure.objects.filter(source_id=source_id).select_related("indicator", "region")
    return [
        SentView(
            row.id, row.indicator.full_name, row.region.name, row.period,
            goal_in_words(Goal(Comparator.EQUAL, row.value, None, row.indicator.measure)), row.value, Quality(row.quality),
            row.as_of, row.received_at, row.is_newest,
        )
        for row in rows.order_by("-received_at", "-as_of", "-id")[:limit]
    ]
