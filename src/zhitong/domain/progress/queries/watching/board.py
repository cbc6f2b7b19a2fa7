"""How many targets stand under which light, region by region, and a region's own place among its like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.queries.watching.seeing import may_watch

ON_COURSE = (Light.DONE, Light.GREEN)
JUDGED = (*ON_COURSE, Light.AMBER, Light.RED)


@dataclass(frozen=True, slots=True)
class LightCounts:
    """A region's own targets by their newest light."""

    by_light: Mapping[Light, int] = field(default_factory=dict)

    def of(self, *lights: Light) -> int:
        """How many stand under these lights."""
        return sum(self.by_light.get(light, 0) for light in lights)

    @property
    def every(self) -> int:
        """How many have been looked at, unreported ones included."""
        return sum(self.by_light.values())

    @property
    def on_course(self) -> Decimal | None:
        """The share that is on course of those that could be judged, 0–1; None where none could."""
        judged = self.of(*JUDGED)
        return Decimal(self.of(*ON_COURSE)) / judged if judged else None


@dataclass(frozen=True, slots=True)
class Place:
    """A region among those of its rank under the same region: its own place and the average, nothing of any other."""

    place: int
    among: int
    on_course: Decimal
    average: Decimal


_COUNTED = """
SELECT standing.region_id, standing.light, count(*) FROM progress_standing standing
WHERE standing.is_newest AND standing.region_id = ANY(%(regions)s) {narrowed}
GROUP BY standing.region_id, standing.light
"""
_OF_CAMPAIGN = """
AND standing.indicator_id IN (
    SELECT indicator.id FROM plans_indicator indicator JOIN plans_plan plan ON plan.id = indicator.plan_id
    WHERE plan.campaign = %(campaign)s)
"""


def counts_of_regions(viewer: Viewer, region_ids: Iterable[UUID], *, campaign: str = "") -> dict[UUID, LightCounts]:
    """The lights of each region's own targets; regions that may not be watched are left out (one query)."""
    seen = [one for one in region_ids if may_watch(viewer, one)]
    found: dict[UUID, dict[Light, int]] = {one: {} for one in seen}
    with connection.cursor() as cursor:
        statement = _COUNTED.format(narrowed=_OF_CAMPAIGN if campaign else "")
        cursor.execute(statement, {"regions": seen, "campaign": campaign})
        for region_id, light, number in cursor.fetchall():
            found[region_id][Light(light)] = number
    return {one: LightCounts(counted) for one, counted in found.items()}


def place_of(viewer: Viewer, region_id: UUID) -> Place | None:
    """A region's place by the share of targets on course; None where there are fewer than three of its like (one query)."""
    if not may_watch(viewer, region_id):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, among, on_course, average FROM progress_place_of(%s)", [region_id])
        row = cursor.fetchone()
    return Place(*row) if row else None
