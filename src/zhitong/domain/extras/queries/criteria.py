"""By what the proposals of a campaign are weighed."""

from __future__ import annotations

from zhitong.domain.extras.models import Criterion
from zhitong.domain.extras.rules.weighing import Criterion as Written


def criteria_of(campaign: str) -> list[Written]:
    """The criteria in their order; one query."""
    rows = Criterion.objects.filter(campaign=campaign).order_by("position")
    return [Written(row.code, row.name, row.words, row.weight, row.most) for row in rows]
