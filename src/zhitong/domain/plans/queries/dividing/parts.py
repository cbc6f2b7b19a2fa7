"""Which of several targets are the parts of another of them."""

from __future__ import annotations

from collections.abc import Sequence

from zhitong.domain.plans.models import IndicatorLink
from zhitong.domain.plans.queries.dividing.heads import TargetHead
from zhitong.domain.plans.rules import Relation
from zhitong.domain.plans.rules.coherence import Key


def parts_among(named: Sequence[tuple[Key, TargetHead]]) -> dict[Key, tuple[Key, ...]]:
    """The parts of each of these targets that is a whole, by the keys given (one query).

    A whole with a part that is not among them, or with one that is part of several wholes, is left out.
    """
    keys = {(head.indicator_id, head.region_id): key for key, head in named}
    links = list(
        IndicatorLink.objects.filter(
            relation=Relation.PART_OF.value, other__in=[head.indicator_id for _key, head in named],
        ).order_by("indicator__position").values_list("indicator_id", "other_id")
    )
    whole_parts: dict[Key, list[Key | None]] = {}
    shared = {part for part, _whole in links if sum(one == part for one, _other in links) > 1}
    for _key, head in named:
        for part, whole in links:
            if whole == head.indicator_id:
                part_key = None if part in shared else keys.get((part, head.region_id))
                whole_parts.setdefault(keys[whole, head.region_id], []).append(part_key)
    return {
        key: tuple(one for one in parts if one is not None) for key, parts in whole_parts.items() if None not in parts
    }
