"""How many targets stand under which light, region by region, and a region's own place among its like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Task
from zhitong.domain.plans.rules import Light
from zhitong.domain.plans.rules.lights import JUDGED
from zhitong.domain.progress.queries.watching.seeing import may_watch, watched_among
from zhitong.domain.progress.rules.standings import LIGHTS
from zhitong.domain.tallies.queries import counts

ON_COURSE = (Light.DONE, Light.GREEN)


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


def counts_of_regions(viewer: Viewer, region_ids: Iterable[UUID], *, campaign: str = "") -> dict[UUID, LightCounts]:
    """The lights of each region's own targets; regions that may not be watched are left out.

    From the kept counts, those of the regions below taken off: one statement, two where a campaign is named.
    """
    here = directory()
    seen = watched_among(viewer, region_ids)
    below = {one: [child.id for child in here.children(one)] for one in seen}
    nodes = list({*seen, *(child for children in below.values() for child in children)})
    tasks = Task.objects.filter(plan__campaign=campaign).values_list("id", flat=True) if campaign else ()
    where: dict[str, Sequence[str]] | None = {"task": [str(one) for one in tasks]} if campaign else None
    at: dict[UUID, dict[Light, int]] = {node: {} for node in nodes}
    for (node, light), number in counts(LIGHTS, nodes, by=("light",), where=where).items():
        at[node][Light(str(light))] = number
    return {one: LightCounts(_without(at[one], [at[child] for child in below[one]])) for one in seen}


def _without(whole: Mapping[Light, int], parts: Sequence[Mapping[Light, int]]) -> dict[Light, int]:
    left = {light: whole.get(light, 0) - sum(part.get(light, 0) for part in parts) for light in Light}
    return {light: number for light, number in left.items() if number}


def place_of(viewer: Viewer, region_id: UUID) -> Place | None:
    """A region's place by the share of targets on course; None where there are fewer than three of its like (one query)."""
    if not may_watch(viewer, region_id):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, among, on_course, average FROM progress_place_of(%s)", [region_id])
        row = cursor.fetchone()
    return Place(*row) if row else None
