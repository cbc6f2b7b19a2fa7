"""The weights that targets are divided by, and where they come from."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.v1.divisions import campaign_asked
from zhitong.api.words import Code, Shape
from zhitong.domain.plans.queries.dividing.weights import weight_sets

router = Router()


class WeightSetShape(Shape):
    """A set of weights."""

    id: UUID
    name: str
    measure: str
    source: str
    regions: int


class WeightSets(Shape):
    """The sets of a campaign."""

    rows: list[WeightSetShape]


@reads(router, "/weight-sets", answer=WeightSets, summary="分解用的权数及其来源")
def all_weight_sets(request: Request, campaign: Code | None = None) -> WeightSets:
    """The sets of a campaign."""
    found = weight_sets(request.viewer, campaign_asked(campaign))
    return WeightSets(rows=[
        WeightSetShape(id=one.id, name=one.name, measure=one.measure, source=one.source, regions=one.regions) for one in found
    ])
