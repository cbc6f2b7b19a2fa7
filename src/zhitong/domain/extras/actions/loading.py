"""Loading the criteria of a package; loading the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from zhitong.domain.extras.models import Criterion
from zhitong.domain.extras.rules.weighing import Criterion as Written
from zhitong.kit.keeping import Loaded, keep


def load_criteria(campaign: str, criteria: Sequence[Written]) -> Loaded:
    """Make the kept criteria those that are written."""
    wanted = {
        (campaign, one.code): {
            "position": place, "name": one.name, "words": one.words, "weight": one.weight, "most": one.most,
        } for place, one in enumerate(criteria, 1)
    }
    return keep(Criterion.objects.filter(campaign=campaign), ("campaign", "code"), wanted)[1]
