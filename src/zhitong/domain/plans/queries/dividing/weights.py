"""The weights by which targets can be divided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Weight, WeightSet
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class WeightSetView:
    """A set of weights: what is counted, where it is from, and of how many regions."""

    id: UUID
    code: str
    name: str
    measure: str
    source: str
    regions: int


def weight_sets(viewer: Viewer, campaign: str) -> list[WeightSetView]:
    """The sets of a campaign by name (one query): statistics, open to whoever may look at plans."""
    rows = WeightSet.objects.filter(campaign=campaign).annotate(regions=Count("rows")).order_by("name")
    return [WeightSetView(row.id, row.code, row.name, row.measure, row.source, row.regions) for row in rows]


def weight_set(viewer: Viewer, campaign: str, weights_id: UUID) -> WeightSetView:
    """One set of a campaign. Raises NotFound: it has none such."""
    found = next((one for one in weight_sets(viewer, campaign) if one.id == weights_id), None)
    if found is None:
        raise NotFound
    return found


def weights_in(weights_id: UUID, region_ids: Collection[UUID]) -> dict[UUID, Decimal]:
    """The weights of regions in a set (one query); a region that the set leaves out is not in it."""
    return dict(Weight.objects.filter(weights_id=weights_id, region_id__in=region_ids).values_list("region_id", "value"))
